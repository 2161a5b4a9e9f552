package outcomes

import (
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// advice is what can be done about the chosen period: what most of what was lost or slipped waited for, and how many deals wait for that
// now; deals that slipped and are open still; and the reason that cost most deals.
func (o *outcomeView) advice() [][]i18n.Piece {
	a := &o.chosen
	if !a.HasForecast || !a.Complete || a.OpenDeals == 0 {
		return nil
	}
	var list [][]i18n.Piece
	for _, sentence := range [][]i18n.Piece{o.mostWaited(), o.stillSlipping(), o.mostFrequentReason()} {
		if len(sentence) > 0 {
			list = append(list, sentence)
		}
	}
	return list
}

// mostWaited names what most of the money that was lost or slipped waited for.
func (o *outcomeView) mostWaited() []i18n.Piece {
	var most *forecast.NextBars
	for i := range o.chosen.Next {
		if b := &o.chosen.Next[i]; b.Gone() > 0 && (most == nil || b.Gone() > most.Gone()) {
			most = b
		}
	}
	if most == nil {
		return nil
	}
	gone := i18n.Unbroken(o.ShortCode(o.MoneyOf(most.Gone())))
	all := i18n.Unbroken(o.ShortCode(o.MoneyOf(-(o.chosen.Bars.Lost + o.chosen.Bars.Slipped))))
	switch most.Next {
	case "":
		return o.Sentence("outcome.advice.passed", gone, all, string(urls.ProcessPages))
	case forecast.NextUnknown:
		return o.Sentence("outcome.advice.unknown", gone, all, o.openWaiting(most, urls.UnknownNext))
	}
	return o.Sentence("outcome.advice.next", i18n.Strong(o.milestone(most)), gone, all, o.openWaiting(most, string(most.Next)))
}

// openWaiting counts the deals that are open today and wait for the same, and leads to them.
func (o *outcomeView) openWaiting(b *forecast.NextBars, next string) i18n.Piece {
	n := 0
	for _, d := range o.model.DealsToday() {
		waits := d.Next
		if !d.StandingKnown {
			waits = forecast.NextUnknown
		}
		if waits == b.Next && o.concerns(d.Deal) {
			n++
		}
	}
	if n == 0 {
		return i18n.Piece{Text: o.T("outcome.advice.none_now")}
	}
	return i18n.Link(o.T("outcome.advice.now", n), urls.DealsQuery{Seller: o.ask.Seller, Customer: o.ask.Customer, Pick: o.ask.Pick}.Href("next", next))
}

// concerns tells whether a deal of today belongs to the seller, the customer and the choices that are asked about.
func (o *outcomeView) concerns(d *sales.Deal) bool {
	return (o.ask.Seller == "" || string(d.Now.Seller) == o.ask.Seller) && (o.ask.Customer == "" || string(d.Now.Customer) == o.ask.Customer) && d.Choices().Has(process.Picks(o.ask.Pick))
}

// stillSlipping counts the deals that slipped from the period and are open still.
func (o *outcomeView) stillSlipping() []i18n.Piece {
	n := 0
	for _, p := range o.chosen.In(forecast.BarSlipped) {
		if p.Deal.CloseOn(process.FarFuture) == nil {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return o.Sentence("outcome.advice.slipped", n, o.dealsOf(string(forecast.BarSlipped)))
}

// mostFrequentReason is why most deals were lost, where it was not only one.
func (o *outcomeView) mostFrequentReason() []i18n.Piece {
	for _, r := range o.lostReasons() {
		if r.reason != "" && len(r.parts) > 1 {
			return o.Sentence("outcome.advice.reason", r.reason, i18n.Link(o.T("outcome.deals", len(r.parts)), o.lostReason(r).Amount.Href))
		}
	}
	return nil
}
