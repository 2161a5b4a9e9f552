package importer

import (
	"strings"

	"milstolpe/process"
)

// crm is a system whose exports we know by their column names.
type crm struct {
	name    string
	shape   Shape
	telling []string           // headers that only its lists have together
	columns map[string]Meaning // folded header -> meaning
}

// crms are looked through in this order; a list is of the first one whose telling headers are all there.
var crms = []crm{
	{"HubSpot", Wide, []string{"deal name", "deal stage"}, map[string]Meaning{
		"record id": MeansID, "deal name": MeansName, "deal stage": MeansOutcome, "amount": MeansValue, "close date": MeansClosed,
		"deal owner": MeansSeller, "create date": MeansOpened, "associated company": MeansCustomer, "associated company (primary)": MeansCustomer,
		"associated contact": MeansContact, "currency": MeansCurrency, "closed lost reason": MeansLostReason,
		"deal probability": MeansProbability, "deal description": MeansNote,
	}},
	{"Pipedrive", Wide, []string{"deal - id", "deal - status"}, pipedrive},
	{"Pipedrive", Wide, []string{"deal - title", "deal - status"}, pipedrive},
	{"Salesforce", Long, []string{"opportunityid", "stagename", "createddate"}, map[string]Meaning{
		"opportunityid": MeansID, "stagename": MeansStage, "createddate": MeansStageOn, "amount": MeansValue,
		"closedate": MeansExpectedClose, "probability": MeansProbability, "currencyisocode": MeansCurrency,
	}},
	{"Salesforce", Long, []string{"from stage", "to stage", "last modified"}, map[string]Meaning{
		"opportunity id": MeansID, "opportunity name": MeansName, "deal name": MeansName, "account name": MeansCustomer, "owner": MeansSeller,
		"opportunity owner": MeansSeller, "created date": MeansOpened, "to stage": MeansStage, "last modified": MeansStageOn,
		"amount": MeansValue, "amount currency": MeansCurrency, "close date": MeansExpectedClose, "probability (%)": MeansProbability,
	}},
	{"Salesforce", Wide, []string{"id", "stagename", "iswon", "createddate"}, map[string]Meaning{
		"id": MeansID, "name": MeansName, "stagename": MeansOutcome, "amount": MeansValue, "probability": MeansProbability,
		"closedate": MeansClosed, "ownerid": MeansSeller, "createddate": MeansOpened, "currencyisocode": MeansCurrency,
		"description": MeansNote, "accountid": MeansCustomer,
	}},
	{"Salesforce", Wide, []string{"opportunity name", "opportunity owner"}, map[string]Meaning{
		"opportunity id": MeansID, "opportunity name": MeansName, "opportunity owner": MeansSeller, "account name": MeansCustomer,
		"stage": MeansOutcome, "amount": MeansValue, "amount currency": MeansCurrency, "opportunity currency": MeansCurrency,
		"close date": MeansClosed, "created date": MeansOpened, "probability (%)": MeansProbability, "probability": MeansProbability,
		"description": MeansNote, "primary contact": MeansContact, "loss reason": MeansLostReason,
	}},
	{"SuiteCRM", Wide, []string{"opportunity name", "sales stage"}, map[string]Meaning{
		"id": MeansID, "opportunity name": MeansName, "account name": MeansCustomer, "opportunity amount": MeansValue, "amount": MeansValue,
		"currency": MeansCurrency, "expected close date": MeansClosed, "sales stage": MeansOutcome, "probability (%)": MeansProbability,
		"description": MeansNote, "assigned to": MeansSeller, "assigned user": MeansSeller, "date created": MeansOpened,
	}},
	{"Odoo", Wide, []string{"opportunity", "salesperson"}, odoo},
	{"Odoo", Wide, []string{"opportunity", "sales person"}, odoo},
	{"Odoo", Wide, []string{"partner_id", "stage_id"}, map[string]Meaning{
		"id": MeansID, "name": MeansName, "partner_id": MeansCustomer, "user_id": MeansSeller, "stage_id": MeansOutcome,
		"expected_revenue": MeansValue, "probability": MeansProbability, "date_deadline": MeansExpectedClose, "date_closed": MeansClosed,
		"create_date": MeansOpened, "lost_reason_id": MeansLostReason, "contact_name": MeansContact, "company_currency": MeansCurrency,
	}},
	{"Zoho CRM", Wide, []string{"deal name", "closing date"}, map[string]Meaning{
		"record id": MeansID, "deal id": MeansID, "deal owner": MeansSeller, "deal name": MeansName, "account name": MeansCustomer,
		"contact name": MeansContact, "amount": MeansValue, "currency": MeansCurrency, "closing date": MeansClosed, "stage": MeansOutcome,
		"probability": MeansProbability, "probability (%)": MeansProbability, "created time": MeansOpened, "description": MeansNote,
		"reason for loss": MeansLostReason,
	}},
	{"EspoCRM", Wide, []string{"name", "account", "stage", "close date"}, map[string]Meaning{
		"id": MeansID, "name": MeansName, "account": MeansCustomer, "stage": MeansOutcome, "amount": MeansValue,
		"amount currency": MeansCurrency, "probability": MeansProbability, "probability, %": MeansProbability, "close date": MeansClosed,
		"description": MeansNote, "assigned user": MeansSeller, "created at": MeansOpened, "contact": MeansContact,
	}},
	{"EspoCRM", Wide, []string{"namn", "konto", "fas", "stoppdatum"}, map[string]Meaning{
		"id": MeansID, "namn": MeansName, "konto": MeansCustomer, "fas": MeansOutcome, "antal": MeansValue, "belopp": MeansValue,
		"beloppsvaluta": MeansCurrency, "trolighet %": MeansProbability, "stoppdatum": MeansClosed, "beskrivning": MeansNote,
		"tilldelad användare": MeansSeller, "skapad": MeansOpened, "skapad den": MeansOpened, "kontakt": MeansContact,
	}},
}

var pipedrive = map[string]Meaning{
	"deal - id": MeansID, "deal - title": MeansName, "deal - owner": MeansSeller, "deal - value": MeansValue,
	"deal - currency of value": MeansCurrency, "deal - probability": MeansProbability, "deal - organization": MeansCustomer,
	"deal - contact person": MeansContact, "deal - status": MeansOutcome, "deal - deal created": MeansOpened,
	"deal - creation date": MeansOpened, "deal - deal closed on": MeansClosed, "deal - closed on": MeansClosed,
	"deal - expected close date": MeansExpectedClose, "deal - lost reason": MeansLostReason,
}

var odoo = map[string]Meaning{
	"id": MeansID, "external id": MeansID, "opportunity": MeansName, "customer": MeansCustomer, "company name": MeansCustomer,
	"contact name": MeansContact, "salesperson": MeansSeller, "sales person": MeansSeller, "expected revenue": MeansValue,
	"currency": MeansCurrency, "probability": MeansProbability, "expected closing": MeansExpectedClose, "deadline": MeansExpectedClose,
	"closed date": MeansClosed, "created on": MeansOpened, "stage": MeansOutcome, "lost reason": MeansLostReason,
}

// generalHeaders are what columns are called in lists that people keep themselves, and in our own exports.
var generalHeaders = map[Meaning]string{
	MeansID:            "id, deal, deal id, deal no, deal number, ref, reference, key, affär, affärs-id, affärsid, affärsnummer, affärsnr, affärsnr., affär nr., offertnr, ordernr, nr., affär nr, nr, nummer, ärende, offertnummer, opportunity id, record id",
	MeansName:          "name, deal name, deal title, title, opportunity, opportunity name, project, subject, namn, affärsnamn, rubrik, titel, projekt, benämning, affär/projekt, vad, uppdrag",
	MeansCustomer:      "customer, client, company, account, account name, organization, organisation, buyer, kund, kundnamn, företag, bolag, köpare, konto, kund/företag",
	MeansContact:       "contact, contact name, contact person, kontakt, kontaktperson, beställare",
	MeansSeller:        "seller, owner, deal owner, opportunity owner, account owner, lead owner, account manager, sales owner, sales rep, salesperson, rep, responsible, assigned to, assigned user, säljare, ansvarig, ansvarig säljare, ägare, handläggare, resurs",
	MeansValue:         "value, amount, deal value, sum, price, revenue, order value, värde, belopp, summa, ordervärde, affärsvärde, pris, offertbelopp, offertsumma, offertvärde, ordersumma, intäkt",
	MeansCurrency:      "currency, valuta, beloppsvaluta, amount currency",
	MeansOpened:        "opened, open date, opened on, date opened, created, created at, created on, created date, date created, create date, start, start date, startad, öppnad, skapad, skapad den, startdatum, inkom, inkommen, datum in, registrerad",
	MeansExpectedClose: "expected close, expected close date, expected closing, expected, forecast date, close forecast, förväntat avslut, förväntad order, förväntat datum, beräknat avslut, planerat avslut, prognosdatum, orderdatum (prognos), beräknad order, beräknat orderdatum, trolig order, planerad order",
	MeansProbability:   "probability, probability (%), probability %, chance, likelihood, sannolikhet, sannolikhet %, sannolikhet (%), chans, trolighet, trolighet %",
	MeansOutcome:       "outcome, status, result, state, utfall, resultat, läge",
	MeansClosed:        "closed, closed on, date closed, close date, closing date, closed date, end date, avslutad, avslutsdatum, avslut, stängd, beslutsdatum, slutdatum, beslut, beslutad, decided, decision date",
	MeansLostReason:    "lost reason, loss reason, reason lost, reason, why lost, förlustorsak, orsak, anledning, varför förlorad, skäl",
	MeansCompetitor:    "competitor, lost to, konkurrent, förlorad till",
	MeansNote:          "note, notes, comment, comments, description, remark, anteckning, anteckningar, kommentar, kommentarer, beskrivning, notering, noteringar, anm, anm., anmärkning, övrigt",
	MeansProcess:       "process, sales process, säljprocess",
	MeansStage:         "stage, new stage, to stage, deal stage, phase, fas, steg, nytt steg, status",
	MeansStageOn:       "date, stage date, changed, changed on, moved on, date of change, entered, entered on, datum, ändrad, ändrad den, flyttad",
}

var generalMeanings = func() map[string]Meaning {
	meanings := map[string]Meaning{}
	for _, m := range Meanings {
		for name := range strings.SplitSeq(generalHeaders[m], ", ") {
			if _, taken := meanings[name]; !taken && m != MeansStage && m != MeansStageOn {
				meanings[name] = m
			}
		}
	}
	return meanings
}()

// generalMeaning is what a column of that name is in most lists; names of programs, like lost_reason, are read as words.
func generalMeaning(folded string) Meaning {
	if m, ok := generalMeanings[folded]; ok {
		return m
	}
	return generalMeanings[strings.ReplaceAll(folded, "_", " ")]
}

// mayBeCalled tells whether a column may be called that for a meaning.
func (m Meaning) mayBeCalled(header string) bool {
	for name := range strings.SplitSeq(generalHeaders[m], ", ") {
		if name == header {
			return true
		}
	}
	return false
}

// KnownHeader tells whether a column is called that in a list that we know, or in many that people keep themselves.
func KnownHeader(header string) bool {
	folded := process.FoldName(header)
	if generalMeaning(folded) != MeansNothing {
		return true
	}
	if _, ok := EnteredStage(folded); ok {
		return true
	}
	for i := range crms {
		if _, ok := crms[i].columns[folded]; ok {
			return true
		}
	}
	return false
}
