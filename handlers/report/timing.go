package report

import (
	"io"

	"milstolpe/process"
	"milstolpe/process/winloss"
)

// Timing is when won deals closed against when they were said to.
func (p Reports) Timing(names Names, timing *winloss.Timing) Report {
	document := newTimingJSON(names, timing)
	g := newGrid(p.Text, document.Deals, timingColumns())
	return Report{
		JSON:   func() any { return document },
		Tables: p.tables(p.Text.T("timing.tab"), g),
		Show:   func(out io.Writer) error { return p.showTiming(out, document, g) },
	}
}

// timingJSON sums up the won deals of some days, and lists them.
type timingJSON struct {
	Seller dateMissesJSON `json:"seller"` // against the expected close as first recorded
	Likely dateMissesJSON `json:"likely"` // against the likely date as it stood at the first milestone
	Dated  int            `json:"dated"`
	Moved  int            `json:"moved"`
	Moves  int            `json:"moves"`
	Deals  []dealTimeJSON `json:"deals"`
}

// dateMissesJSON is how far dates were off, in days; positive is later than said.
type dateMissesJSON struct {
	Deals  int `json:"deals"`
	Median int `json:"median"`
	Usual  int `json:"usual"`
	Later  int `json:"later"`
	OnTime int `json:"on_time"`
}

type dealTimeJSON struct {
	ID         process.DealID `json:"id"`
	Name       *string        `json:"name"`
	Customer   *string        `json:"customer"`
	Closed     process.Date   `json:"closed"`
	Expected   *process.Date  `json:"expected"`
	Late       *int           `json:"late"`
	Moves      int            `json:"moves"`
	MovedDays  int            `json:"moved_days"`
	Likely     *process.Date  `json:"likely"`
	LikelyLate *int           `json:"likely_late"`

	ref string // the other system's id
}

func newTimingJSON(names Names, timing *winloss.Timing) timingJSON {
	out := timingJSON{
		Seller: dateMissesJSON(timing.Seller), Likely: dateMissesJSON(timing.Likely),
		Dated: timing.Dated, Moved: timing.Moved, Moves: timing.Moves, Deals: []dealTimeJSON{},
	}
	for i := range timing.Deals {
		d := &timing.Deals[i]
		line := dealTimeJSON{
			ID: d.Deal.ID, Name: knownText(d.Deal.Now.Name), Customer: knownText(names.Customer(d.Deal.Now.Customer)), Closed: d.Closed,
			Expected: knownDay(d.Expected), Moves: d.Moves, MovedDays: d.MovedDays, Likely: knownDay(d.Likely), ref: d.Deal.Now.Ref,
		}
		if line.Expected != nil {
			line.Late = &d.Late
		}
		if line.Likely != nil {
			line.LikelyLate = &d.LikelyLate
		}
		out.Deals = append(out.Deals, line)
	}
	return out
}

func timingColumns() []column[dealTimeJSON] {
	type line = dealTimeJSON
	return []column[line]{
		{"cli.col.deal", func(l line) cell {
			return textCell(openDealJSON{ID: l.ID, Name: l.Name, Customer: l.Customer, ref: l.ref}.called())
		}},
		{"cli.col.closed", func(l line) cell { return dayCell(l.Closed) }},
		{"cli.col.expected_close", func(l line) cell { return given(l.Expected, dayCell) }},
		{"cli.col.date_days", func(l line) cell { return given(l.Late, countCell) }},
		{"cli.col.date_moves", func(l line) cell { return countCell(l.Moves) }},
		{"cli.col.likely_close", func(l line) cell { return given(l.Likely, dayCell) }},
		{"cli.col.likely_days", func(l line) cell { return given(l.LikelyLate, countCell) }},
	}
}

// showTiming says how far off the dates usually were, and of which deals that is.
func (p Reports) showTiming(out io.Writer, t timingJSON, g grid) error {
	for _, line := range []string{
		p.timingLine("cli.timing.seller", t.Seller), p.timingLine("cli.timing.likely", t.Likely),
		p.Text.T("cli.timing.moved", t.Dated, t.Moved, t.Moves),
	} {
		if _, err := io.WriteString(out, line+"\n"); err != nil {
			return err
		}
	}
	if _, err := io.WriteString(out, "\n"); err != nil {
		return err
	}
	return g.table(out, p.Text)
}

func (p Reports) timingLine(key string, m dateMissesJSON) string {
	return p.Text.T(key, m.Deals, p.Text.Int(int64(m.Median)), p.Text.Int(int64(m.Usual)), p.Text.Int(int64(m.OnTime)))
}
