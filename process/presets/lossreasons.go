package presets

import (
	"slices"

	"milstolpe/process"
)

// LossReason is a reason that the form for the end of a deal suggests. What is recorded is its text, because people may also write their
// own; the key is what tells that the Swedish and the English text are the same reason.
type LossReason struct {
	Key  string
	Text string
}

// Why a deal was lost is asked apart from whether a competitor won it and from who says so (SaidBy): sellers name the price more often
// than buyers do. Invalid deals and doubles are an outcome (Void), not a reason.
var lossReasons = []struct{ key, sv, en string }{
	{"price_over_value", "För högt pris i förhållande till nyttan", "Price too high for the value seen"},
	{"no_budget", "Ingen budget, eller pengarna drogs in", "No budget, or the money was withdrawn"},
	{"project_cancelled", "Projektet lades ner", "Project cancelled"},
	{"project_postponed", "Projektet sköts upp utan nytt datum", "Project postponed with no new date"},
	{"other_priorities", "Annat prioriterades", "Other things came first"},
	{"no_agreement", "Kunden kunde inte enas internt", "No agreement inside the customer"},
	{"fear_of_choosing", "Kunden vågade inte besluta", "Fear of making the wrong choice"},
	{"contact_left", "Vår kontaktperson slutade eller bytte roll", "Our contact left or changed role"},
	{"never_met_decision_maker", "Vi nådde aldrig beslutsfattaren", "We never reached the decision maker"},
	{"missing_capability", "Saknad funktion eller kompetens", "Missing function or competence"},
	{"requirements_not_met", "Uppfyllde inte krav eller certifiering", "Requirements or certification not met"},
	{"delivery_time", "Leveranstid eller kapacitet", "Delivery time or capacity"},
	{"contract_terms", "Avtalsvillkor, juridik eller säkerhet", "Contract terms, legal or security"},
	{"stayed_with_supplier", "Stannade hos nuvarande leverantör", "Stayed with the present supplier"},
	{"solved_in_house", "Löste det själva", "Solved it themselves"},
	{"trust", "Relation eller förtroende", "Relationship or trust"},
	{"references_lacking", "Saknade referenser eller erfarenhet", "References or experience lacking"},
	{"lower_score", "Upphandling: lägre poäng", "Formal tender: lower score"},
	{"came_too_late", "Vi kom in för sent", "We came in too late"},
	{"stopped_answering", "Kunden slutade svara", "The customer stopped answering"},
	{"not_for_us", "Passade inte oss, vi tackade nej", "Not a fit for us, we declined"},
	{"reorganisation", "Uppköp, konkurs eller omorganisation", "Acquisition, bankruptcy or reorganisation"},
}

// LossReasons are the reasons that the form suggests, in a language ("sv" or "en"; English for any other), in the order of the form.
func LossReasons(lang string) []LossReason {
	list := make([]LossReason, len(lossReasons))
	for i, r := range lossReasons {
		list[i] = LossReason{r.key, r.en}
		if lang == "sv" {
			list[i].Text = r.sv
		}
	}
	return list
}

// What tipped a won deal, in a word. The form suggests them and takes any other.
var winReasons = []struct{ key, sv, en string }{
	{"best_fit", "Passade behovet bäst", "Best fit for the need"},
	{"clear_value", "Tydlig nytta för pengarna", "Clear value for the money"},
	{"price", "Priset", "Price"},
	{"trust", "Relation eller förtroende", "Relationship or trust"},
	{"references", "Referenser eller erfarenhet", "References or experience"},
	{"decision_maker", "Vi hade beslutsfattaren med oss", "The decision maker was with us"},
	{"delivery_time", "Leveranstid eller kapacitet", "Delivery time or capacity"},
	{"service", "Service och närhet", "Service and being close"},
	{"present_supplier", "Vi var redan leverantör", "We were the supplier already"},
}

// WinReasons are the reasons that the form suggests for a won deal, likewise.
func WinReasons(lang string) []LossReason {
	list := make([]LossReason, len(winReasons))
	for i, r := range winReasons {
		list[i] = LossReason{r.key, r.en}
		if lang == "sv" {
			list[i].Text = r.sv
		}
	}
	return list
}

// LossReasonKey tells which of the suggested reasons a recorded text is, in whatever language it was recorded; false for people's own
// words. With it a team that works in two languages can count its reasons together.
func LossReasonKey(text string) (string, bool) {
	text = process.FoldName(text)
	i := slices.IndexFunc(lossReasons, func(r struct{ key, sv, en string }) bool {
		return process.FoldName(r.sv) == text || process.FoldName(r.en) == text
	})
	if i < 0 {
		return "", false
	}
	return lossReasons[i].key, true
}
