package report

import (
	"io"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/changes"
)

// changesJSON is how a forecast went from one day to another. From and the changes add up to to.
type changesJSON struct {
	Currency string       `json:"currency"`
	Period   string       `json:"period"`
	FromDay  process.Date `json:"from_day"`
	ToDay    process.Date `json:"to_day"`
	From     amount       `json:"from"`
	To       amount       `json:"to"`
	Changes  []changeJSON `json:"changes"`
}

type changeJSON struct {
	Kind   changes.Kind  `json:"kind"`
	Amount amount        `json:"amount"`
	Deals  []changedJSON `json:"deals"`
}

type changedJSON struct {
	ID       process.DealID `json:"id"`
	Name     *string        `json:"name"`
	Customer *string        `json:"customer"`
	Seller   *string        `json:"seller"`
	Amount   amount         `json:"amount"`
	Known    *process.Date  `json:"known"` // where it was recorded
	By       *string        `json:"by"`
}

// changedLine is a row of the table: the forecast on a day, a deal, or what is expected of deals not yet opened.
type changedLine struct {
	kind changes.Kind
	name string
	deal changedJSON
}

// Changes is what changed in the forecast of a period between two days. Kinds are named by name.
func (p Reports) Changes(names Names, currency string, c *changes.Comparison, name func(changes.Kind) string) Report {
	money := amountsOf(currency)
	document := changesJSON{
		Currency: currency, Period: c.From.Period.Label(), FromDay: c.From.AsOf, ToDay: c.To.AsOf,
		From: money.of(c.From.Forecast), To: money.of(c.To.Forecast), Changes: []changeJSON{},
	}
	lines := []changedLine{{name: document.FromDay.String(), deal: changedJSON{Amount: document.From}}}
	for i := range c.Rows {
		row := &c.Rows[i]
		change := changeJSON{Kind: row.Kind, Amount: money.of(row.Amount), Deals: []changedJSON{}}
		for j := range row.Deals {
			d := &row.Deals[j]
			one := changedJSON{
				ID: d.Deal.ID, Name: knownText(d.Deal.Now.Name), Customer: knownText(names.Customer(d.Deal.Now.Customer)),
				Seller: knownText(names.Person(d.Deal.SellerOn(c.To.AsOf))), Amount: money.of(d.Amount),
			}
			if !d.Event.IsZero() {
				one.Known, one.By = knownDay(d.Day), knownText(names.RecordedBy(d.Event))
			}
			change.Deals = append(change.Deals, one)
			lines = append(lines, changedLine{row.Kind, name(row.Kind), one})
		}
		if len(row.Deals) == 0 {
			lines = append(lines, changedLine{row.Kind, name(row.Kind), changedJSON{Amount: change.Amount}})
		}
		document.Changes = append(document.Changes, change)
	}
	lines = append(lines, changedLine{name: document.ToDay.String(), deal: changedJSON{Amount: document.To}})
	g := newGrid(p.Text, lines, changeColumns())
	return Report{
		JSON:   func() any { return document },
		Tables: func() []sheet.Table { return []sheet.Table{g.sheet(document.Period)} },
		Show:   func(out io.Writer) error { return g.table(out, p.Text) },
	}
}

func changeColumns() []column[changedLine] {
	return []column[changedLine]{
		{"cli.col.change", func(l changedLine) cell { return textCell(l.name) }},
		{"cli.col.customer", func(l changedLine) cell { return given(l.deal.Customer, textCell) }},
		{"cli.col.deal", func(l changedLine) cell { return given(l.deal.Name, textCell) }},
		{"cli.col.seller", func(l changedLine) cell { return given(l.deal.Seller, textCell) }},
		{"cli.col.by", func(l changedLine) cell { return given(l.deal.By, textCell) }},
		{"cli.col.known", func(l changedLine) cell { return given(l.deal.Known, dayCell) }},
		{"cli.col.amount", func(l changedLine) cell { return sumCell(l.deal.Amount) }},
	}
}
