package sheet

import "milstolpe/process"

// Vocabulary is what columns and outcomes are called in an export. The words are part of the format and not of the pages: an import
// recognises them in both languages, whatever language it runs in, so they are as stable as the names in JSON.
type Vocabulary struct {
	Columns  map[process.Meaning]string
	Outcomes map[process.Outcome]string
	Waived   string // begins a cell that says when and why a milestone was waived
	Layers   map[process.Layer]string
	Tables   map[string]string // name and headers of the tables beside the deals, separated by bars
}

// English and Swedish are the vocabularies of exports.
var (
	English = Vocabulary{
		Columns: map[process.Meaning]string{
			process.MeansID: "Id", process.MeansName: "Name", process.MeansCustomer: "Customer", process.MeansContact: "Contact",
			process.MeansSeller: "Seller", process.MeansValue: "Value", process.MeansCurrency: "Currency", process.MeansOpened: "Opened",
			process.MeansExpectedClose: "Expected close", process.MeansProbability: "Probability", process.MeansOutcome: "Outcome",
			process.MeansClosed: "Closed", process.MeansLostReason: "Lost reason", process.MeansCompetitor: "Competitor",
			process.MeansProcess: "Process",
		},
		Outcomes: map[process.Outcome]string{
			process.Won: "Won", process.Lost: "Lost", process.NoDecision: "No decision", process.Withdrew: "We withdrew",
			process.Void: "Invalid", process.StillOpen: "Open",
		},
		Waived: "waived",
		Layers: map[process.Layer]string{process.SellerLayer: "Seller", process.ManagerLayer: "Manager", process.DirectorLayer: "Director"},
		Tables: map[string]string{
			"milestones": "Milestones|Deal|Name|Customer|Key|Milestone|Reached|Recorded|Who at the buyer|Evidence|Link|Waived because|Recorded by",
			"journal":    "Journal|Deal|Name|Date|Text|Recorded by",
			"customers":  "Customers|Id|Name",
			"contacts":   "Contacts|Id|Customer|Name|Role|E-mail|Phone",
			"people":     "People|Id|Name",
			"rates":      "Rates|Currency|One is worth|In|From",
			"targets":    "Targets|Period|Seller|Amount|Currency",
			"calls":      "Calls|Period|Layer|Whose deals|Amount|Currency|Reason|Recorded|Recorded by",
		},
	}
	Swedish = Vocabulary{
		Columns: map[process.Meaning]string{
			process.MeansID: "Id", process.MeansName: "Namn", process.MeansCustomer: "Kund", process.MeansContact: "Kontaktperson",
			process.MeansSeller: "Säljare", process.MeansValue: "Värde", process.MeansCurrency: "Valuta", process.MeansOpened: "Startad",
			process.MeansExpectedClose: "Förväntat avslut", process.MeansProbability: "Sannolikhet", process.MeansOutcome: "Utfall",
			process.MeansClosed: "Avslutad", process.MeansLostReason: "Förlustorsak", process.MeansCompetitor: "Konkurrent",
			process.MeansProcess: "Säljprocess",
		},
		Outcomes: map[process.Outcome]string{
			process.Won: "Vunnen", process.Lost: "Förlorad", process.NoDecision: "Inget beslut", process.Withdrew: "Vi drog oss ur",
			process.Void: "Ogiltig", process.StillOpen: "Öppen",
		},
		Waived: "överhoppad",
		Layers: map[process.Layer]string{process.SellerLayer: "Säljare", process.ManagerLayer: "Säljchef", process.DirectorLayer: "Ledning"},
		Tables: map[string]string{
			"milestones": "Milstolpar|Affär|Namn|Kund|Nyckel|Milstolpe|Uppnådd|Noterad|Vem hos kunden|Belägg|Länk|Överhoppad eftersom|Noterad av",
			"journal":    "Journal|Affär|Namn|Datum|Text|Noterad av",
			"customers":  "Kunder|Id|Namn",
			"contacts":   "Kontaktpersoner|Id|Kund|Namn|Roll|E-post|Telefon",
			"people":     "Personer|Id|Namn",
			"rates":      "Kurser|Valuta|En är värd|I|Från",
			"targets":    "Säljmål|Period|Säljare|Belopp|Valuta",
			"calls":      "Bedömningar|Period|Nivå|Vems affärer|Belopp|Valuta|Orsak|Noterad|Noterad av",
		},
	}
)
