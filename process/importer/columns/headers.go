package columns

import (
	"strings"

	"milstolpe/process/importer/cells"
)

// crm is a system whose exports we know by their column names.
type crm struct {
	name    string
	shape   Shape
	telling []string           // headers that only its lists have together
	columns map[string]Meaning // header -> meaning
}

// crms are looked through in this order; a list is of the first one whose telling headers are all there, and a history only if its deals
// come back. Headers are compared by their keys.
var crms = byKeys([]crm{
	{"HubSpot", Wide, []string{"deal name", "deal stage"}, map[string]Meaning{
		"record id": MeansID, "deal name": MeansName, "deal stage": MeansOutcome, "amount": MeansValue, "close date": MeansClosed,
		"deal owner": MeansSeller, "create date": MeansOpened, "associated company": MeansCustomer, "associated company (primary)": MeansCustomer,
		"associated contact": MeansContact, "currency": MeansCurrency, "closed lost reason": MeansLostReason,
		"deal probability": MeansProbability, "deal description": MeansNote,
		"is closed won": MeansIsWon, "is deal closed": MeansIsClosed,
	}},
	{"Pipedrive", Wide, []string{"deal - id", "deal - status"}, pipedrive},
	{"Pipedrive", Wide, []string{"deal - title", "deal - status"}, pipedrive},
	{"Salesforce", Long, []string{"opportunityid", "stagename", "createddate"}, map[string]Meaning{
		"opportunityid": MeansID, "stagename": MeansStage, "createddate": MeansStageOn, "amount": MeansValue,
		"closedate": MeansClosed, "probability": MeansProbability, "currencyisocode": MeansCurrency, "isdeleted": MeansIsDeleted,
	}},
	{"Salesforce", Long, []string{"from stage", "to stage", "last modified"}, map[string]Meaning{
		"opportunity id": MeansID, "opportunity name": MeansName, "deal name": MeansName, "account name": MeansCustomer, "owner": MeansSeller,
		"opportunity owner": MeansSeller, "created date": MeansOpened, "to stage": MeansStage, "last modified": MeansStageOn,
		"amount": MeansValue, "amount currency": MeansCurrency, "close date": MeansClosed, "probability (%)": MeansProbability,
	}},
	{"Salesforce", Wide, []string{"id", "stagename", "iswon", "createddate"}, salesforce},
	{"Salesforce", Wide, []string{"opportunityid", "stagename", "closedate"}, salesforce},
	{"Bitrix24", Wide, []string{"title", "opportunity", "stage id"}, map[string]Meaning{
		"id": MeansID, "title": MeansName, "opportunity": MeansValue, "currency id": MeansCurrency, "stage id": MeansOutcome, "company id": MeansCustomer,
		"company": MeansCustomer, "company title": MeansCustomer, "contact id": MeansContact, "assigned by id": MeansSeller, "assigned by": MeansSeller,
		"begindate": MeansNothing, "date create": MeansOpened, "closedate": MeansClosed, "probability": MeansProbability, "comments": MeansNote, "closed": MeansIsClosed,
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
		"active": MeansIsActive,
	}},
	{"Zoho CRM", Wide, []string{"deal name", "closing date"}, map[string]Meaning{
		"record id": MeansID, "deal id": MeansID, "deal owner": MeansSeller, "deal name": MeansName, "account name": MeansCustomer,
		"contact name": MeansContact, "amount": MeansValue, "currency": MeansCurrency, "closing date": MeansClosed, "stage": MeansOutcome, "potential name": MeansName, "potential owner": MeansSeller,
		"probability": MeansProbability, "probability (%)": MeansProbability, "created time": MeansOpened, "description": MeansNote,
		"reason for loss": MeansLostReason,
	}},
	{"Zoho CRM", Wide, []string{"potential name", "stage"}, map[string]Meaning{
		"record id": MeansID, "potential id": MeansID, "potential name": MeansName, "potential owner": MeansSeller, "account name": MeansCustomer,
		"contact name": MeansContact, "amount": MeansValue, "currency": MeansCurrency, "closing date": MeansClosed, "stage": MeansOutcome,
		"probability": MeansProbability, "created time": MeansOpened, "description": MeansNote, "reason for loss": MeansLostReason,
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
})

func byKeys(systems []crm) []crm {
	for i := range systems {
		s := &systems[i]
		columns := map[string]Meaning{}
		for header, m := range s.columns {
			columns[cells.Key(header)] = m
		}
		for at, header := range s.telling {
			s.telling[at] = cells.Key(header)
		}
		s.columns = columns
	}
	return systems
}

var salesforce = map[string]Meaning{
	"id": MeansID, "opportunityid": MeansID, "name": MeansName, "opportunityname": MeansName, "stagename": MeansOutcome, "amount": MeansValue,
	"probability": MeansProbability, "closedate": MeansClosed, "ownerid": MeansSeller, "ownername": MeansSeller, "createddate": MeansOpened,
	"currencyisocode": MeansCurrency, "description": MeansNote, "accountid": MeansCustomer, "accountname": MeansCustomer,
	"iswon": MeansIsWon, "isclosed": MeansIsClosed, "isdeleted": MeansIsDeleted,
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
	"closed date": MeansClosed, "created on": MeansOpened, "stage": MeansOutcome, "lost reason": MeansLostReason, "active": MeansIsActive,
}

// systemOf is the system whose export a list is; nil for one that we do not know.
func systemOf(list List) *crm {
	keys := map[string]bool{}
	for _, h := range list.Headers {
		keys[cells.Key(h)] = true
	}
	for i := range crms {
		if c := &crms[i]; hasAll(keys, c.telling) && (c.shape == Wide || list.comesBack(c.keyColumn(list))) {
			return c
		}
	}
	return nil
}

func hasAll(keys map[string]bool, telling []string) bool {
	for _, want := range telling {
		if !keys[want] {
			return false
		}
	}
	return true
}

// keyColumn is the column by which a list of that system knows its deals; -1 for none.
func (c *crm) keyColumn(list List) int {
	for _, key := range []Meaning{MeansID, MeansName} {
		for i, h := range list.Headers {
			if c.columns[cells.Key(h)] == key {
				return i
			}
		}
	}
	return -1
}

// comesBack tells whether something in a column stands in several rows: only then can the rows be the history of deals.
func (l List) comesBack(at int) bool {
	seen := map[string]bool{}
	for _, r := range l.Rows {
		if at < 0 || at >= len(r.Cells) || r.Cells[at].Text == "" {
			continue
		}
		if seen[r.Cells[at].Text] {
			return true
		}
		seen[r.Cells[at].Text] = true
	}
	return false
}

// generalMeaning is what a column of that name is in most lists.
func generalMeaning(header string) Meaning { return Meaning(cells.ColumnMeaning(header)) }

// mayBeCalled tells whether a column may be called that for a meaning.
func (m Meaning) mayBeCalled(header string) bool { return cells.MayBeCalled(string(m), header) }

// KnownHeader tells whether a column is called that in a list that we know, or in many that people keep themselves.
func KnownHeader(header string) bool {
	if cells.NameOrNumber(header) || cells.IsOfferDay(header) || generalMeaning(header) != MeansNothing {
		return true
	}
	if _, ok := EnteredStage(header); ok || strings.HasPrefix(header, milestoneMeaning) {
		return true
	}
	key := cells.Key(header)
	for i := range crms {
		if m := crms[i].columns[key]; m != MeansNothing {
			return true
		}
	}
	return false
}
