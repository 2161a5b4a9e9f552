package deals

import (
	"cmp"
	"slices"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// meanwhile finds the latest thing that a form about the end of a deal did not show, and refuses the form with who did what and when. Where
// that cannot be told, as for what was taken back, it says that something was changed.
type meanwhile struct {
	v      *web.Request
	team   *sales.Team
	seen   []process.EventID
	latest process.EventID
	said   *process.Error
}

func sinceForm(v *web.Request, team *sales.Team, base string) *meanwhile {
	return &meanwhile{v: v, team: team, seen: web.DecodeBase(base), said: &process.Error{Kind: process.Conflict, Msg: "deal.changed_meanwhile"}}
}

func (m *meanwhile) tell(id process.EventID, key, what string) {
	if slices.Contains(m.seen, id) || id.Before(m.latest) {
		return
	}
	m.latest, m.said.Msg = id, key
	m.said.Args = []any{cmp.Or(m.team.RecordedBy(id), m.v.T("dealclose.somebody")), m.v.Text.Stamp(id.At().In(m.v.FileInfo.Location)), what}
}

// ended looks for those who closed the deal, told with the key that says what to do about it, and for those who opened it again.
func (m *meanwhile) ended(d *sales.Deal, closed string) {
	end := d.EndBase()
	if d.Now.Close == nil {
		for _, e := range d.Reopenings() {
			if slices.Contains(end, e.ID) {
				m.tell(e.ID, "dealclose.reopened_meanwhile", e.Value)
			}
		}
	}
	for _, e := range d.Closings() {
		if slices.Contains(end, e.ID) && !d.CloseWithdrawn(e.ID, process.FarFuture) {
			m.tell(e.ID, closed, wording.EndText(m.v.Text, e.Value))
		}
	}
}

// value looks for those who gave the deal another value.
func (m *meanwhile) value(d *sales.Deal) {
	worth := i18n.LowerFirst(m.v.T("deal.no_value"))
	if d.Now.Value != nil {
		worth = m.v.Text.Money(*d.Now.Value)
	}
	if heads := d.Heads()["value"]; len(heads) > 0 {
		m.tell(heads[len(heads)-1], "dealclose.value_meanwhile", worth)
	}
}

// checkEnd refuses a form that closes a deal where what it was made from has changed.
func (f *dealCloseForm) checkEnd(v *web.Request, team *sales.Team, d *sales.Deal) error {
	if d.Now.Close == nil && f.Base == closeBase(d) {
		return nil
	}
	m := sinceForm(v, team, f.Base)
	m.ended(d, "dealclose.closed_meanwhile")
	if d.Now.Close == nil {
		m.value(d)
	}
	return m.said
}

// freshen makes a form that came back stale anew from what stands now, and leaves in it what somebody typed.
func (f *dealCloseForm) freshen(now *dealCloseForm) {
	if f.Value == f.WasValue && f.Currency == f.WasCurrency {
		f.Value, f.Currency = now.Value, now.Currency
	}
	f.Base, f.WasValue, f.WasCurrency = now.Base, now.WasValue, now.WasCurrency
}

// checkEnd refuses a form that opens a deal again where how it ended has changed.
func (f *reopenForm) checkEnd(v *web.Request, team *sales.Team, d *sales.Deal) error {
	if web.CheckUnchanged(f.Base, d.EndBase()) == nil {
		return nil
	}
	m := sinceForm(v, team, f.Base)
	m.ended(d, "deal.closed_meanwhile")
	return m.said
}
