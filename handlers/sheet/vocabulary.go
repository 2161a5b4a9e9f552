package sheet

import (
	"milstolpe/process"
	"milstolpe/process/importer/columns"
)

// Vocabulary is what columns and outcomes are called in an export. The words are part of the format and not of the pages: an import
// recognises them in both languages, whatever language it runs in, so they are as stable as the names in JSON.
type Vocabulary struct {
	Columns  map[columns.Meaning]string
	Outcomes map[process.Outcome]string
	Waived   string // begins a cell that says when and why a milestone was waived
	Layers   map[process.Layer]string
	Tables   map[string]string // name and headers of the tables beside the deals, separated by bars
}

// English and Swedish are the vocabularies of exports.
var (
	English = Vocabulary{
		Columns: map[columns.Meaning]string{
			columns.MeansID: "Id", columns.MeansName: "Name", columns.MeansCustomer: "Customer", columns.MeansContact: "Contact",
			columns.MeansSeller: "Seller", columns.MeansValue: "Value", columns.MeansCurrency: "Currency", columns.MeansOpened: "Opened",
			columns.MeansExpectedClose: "Expected close", columns.MeansProbability: "Probability", columns.MeansOutcome: "Outcome",
			columns.MeansClosed: "Closed", columns.MeansLostReason: "Lost reason", columns.MeansCompetitor: "Competitor",
			columns.MeansProcess: "Process", columns.MeansActivities: "Planned activities",
		},
		Outcomes: map[process.Outcome]string{
			process.Won: "Won", process.Lost: "Lost", process.NoDecision: "No decision", process.Withdrew: "We withdrew",
			process.Void: "Invalid", columns.StillOpen: "Open",
		},
		Waived: "waived",
		Layers: map[process.Layer]string{process.SellerLayer: "Seller", process.ManagerLayer: "Manager", process.DirectorLayer: "Director"},
		Tables: map[string]string{
			"milestones": "Milestones|Deal|Name|Customer|Key|Milestone|Reached|Recorded|Who at the buyer|Evidence|Link|Waived because|Recorded by",
			"activities": "Coming|Deal|Name|Our next activity|Milestone that the buyer has named a day for|Date|Time",
			"roles":      "Roles|Deal|Name|Key|Role at the buyer|Who|Met",
			"plans":      "Plans|Deal|Name|How it begins|How it ends|Key|What is in place|Who at the buyer|What we do meanwhile|Left out",
			"meetings":   "Meetings|Held|Whose deals|Deal|Name|Our activity|Milestone that the buyer had named a day for|Date|Time|Happened|Recorded by",
			"journal":    "Journal|Deal|Name|Date|Text|Recorded by",
			"customers":  "Customers|Id|Name",
			"contacts":   "Contacts|Id|Customer|Name|Role|E-mail|Phone",
			"people":     "People|Id|Name",
			"rates":      "Rates|Currency|One is worth|In|From",
			"targets":    "Targets|Period|Seller|Amount|Currency",
			"lists":      "Lists|Key|List|List is retired|Key of the choice|Choice|Choice is retired",
			"choices":    "Sorting|Deal|Name|Key|List|Key of the choice|Choice",
			"calls":      "Calls|Period|Layer|Whose deals|Amount|Currency|Reason|Recorded|Recorded by",
		},
	}
	Swedish = Vocabulary{
		Columns: map[columns.Meaning]string{
			columns.MeansID: "Id", columns.MeansName: "Namn", columns.MeansCustomer: "Kund", columns.MeansContact: "Kontaktperson",
			columns.MeansSeller: "Säljare", columns.MeansValue: "Värde", columns.MeansCurrency: "Valuta", columns.MeansOpened: "Startad",
			columns.MeansExpectedClose: "Förväntat avslut", columns.MeansProbability: "Sannolikhet", columns.MeansOutcome: "Utfall",
			columns.MeansClosed: "Avslutad", columns.MeansLostReason: "Förlustorsak", columns.MeansCompetitor: "Konkurrent",
			columns.MeansProcess: "Säljprocess", columns.MeansActivities: "Planerade aktiviteter",
		},
		Outcomes: map[process.Outcome]string{
			process.Won: "Vunnen", process.Lost: "Förlorad", process.NoDecision: "Inget beslut", process.Withdrew: "Vi drog oss ur",
			process.Void: "Ogiltig", columns.StillOpen: "Öppen",
		},
		Waived: "överhoppad",
		Layers: map[process.Layer]string{process.SellerLayer: "Säljare", process.ManagerLayer: "Säljchef", process.DirectorLayer: "Ledning"},
		Tables: map[string]string{
			"milestones": "Milstolpar|Affär|Namn|Kund|Nyckel|Milstolpe|Uppnådd|Noterad|Vem hos kunden|Belägg|Länk|Överhoppad eftersom|Noterad av",
			"activities": "Kommande|Affär|Namn|Vår nästa aktivitet|Milstolpe som kunden har sagt en dag för|Datum|Klockslag",
			"roles":      "Roller|Affär|Namn|Nyckel|Roll hos kunden|Vem|Träffad",
			"plans":      "Planer|Affär|Namn|Så börjar den|Så slutar den|Nyckel|Vad som är på plats|Vem hos kunden|Vad vi gör under tiden|Utelämnad",
			"meetings":   "Säljmöten|Hållet|Vems affärer|Affär|Namn|Vår aktivitet|Milstolpe som kunden hade sagt en dag för|Datum|Klockslag|Blev av|Noterad av",
			"journal":    "Journal|Affär|Namn|Datum|Text|Noterad av",
			"customers":  "Kunder|Id|Namn",
			"contacts":   "Kontaktpersoner|Id|Kund|Namn|Roll|E-post|Telefon",
			"people":     "Personer|Id|Namn",
			"rates":      "Kurser|Valuta|En är värd|I|Från",
			"targets":    "Säljmål|Period|Säljare|Belopp|Valuta",
			"lists":      "Listor|Nyckel|Lista|Listan används inte längre|Alternativets nyckel|Alternativ|Alternativet används inte längre",
			"choices":    "Sortering|Affär|Namn|Nyckel|Lista|Alternativets nyckel|Alternativ",
			"calls":      "Bedömningar|Period|Nivå|Vems affärer|Belopp|Valuta|Orsak|Noterad|Noterad av",
		},
	}
)
