package importer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
)

// complete puts together what several cells of a row say, and finds what is missing or does not go together.
func (k *planner) complete(r *record) {
	if r.skip != nil { // what is no deal of this import is not asked about
		return
	}
	k.readValue(r)
	k.readFlags(r)
	if r.opened == 0 && isSum(r.first) {
		r.skip = &process.Error{Kind: process.Invalid, Msg: "import.sum"}
		return
	}
	if r.opened == 0 {
		k.readOpening(r)
	}
	k.readClose(r)
	k.readMonths(r)
	if r.ref == "" && r.name == "" && r.customer == "" {
		k.missing(r, columns.MeansID, "import.id_missing")
	}
}

// missing faults a row for a cell with nothing in it, unless that cell has a fault already.
func (k *planner) missing(r *record, what columns.Meaning, msg string, args ...any) {
	header := k.header(what)
	if !slices.ContainsFunc(r.faults, func(f CellError) bool { return f.Column == header }) {
		r.fault(header, "", process.Wrong("", msg, args...))
	}
}

func (k *planner) header(what columns.Meaning) string {
	for _, c := range k.columns {
		if c.meaning == what {
			return c.header
		}
	}
	return ""
}

func (k *planner) readValue(r *record) {
	currency, ok := cells.CurrencyNamed(r.currencyText, k.currency)
	if !ok {
		r.fault(k.header(columns.MeansCurrency), r.currencyText, process.Wrong("", "setting.bad_currency", cells.Shortened(r.currencyText)))
		return
	}
	if cells.IsNothing(r.valueText) {
		return
	}
	reading, err := cells.ParseAmount(r.valueText, k.decimal(columns.Cell{Exact: r.valueExact}))
	if err != nil {
		r.fault(r.valueColumn, r.valueText, err)
		return
	}
	if _, unit, in, zeros := cells.HeaderUnit(r.valueColumn); unit != "" && !strings.HasSuffix(r.valueText, "%") {
		reading = reading.Times(zeros, in)
	}
	a, rounded, err := reading.In(currency)
	switch {
	case err != nil:
		r.fault(r.valueColumn, r.valueText, err)
	case r.currencyText != "" && a.Currency != currency:
		r.fault(r.valueColumn, r.valueText, process.Wrong("", "amount.other_currency", a.Currency, currency))
	case a.Minor < 0:
		r.fault(r.valueColumn, r.valueText, process.Wrong("", "amount.negative"))
	default:
		r.value = &a
		k.currencies[a.Currency] = true
		if rounded {
			r.noteAbout(r.valueColumn, r.valueText, "import.rounded", a.Decimal()+" "+a.Currency)
		}
	}
}

// readClose puts outcome and day of the close together. On an open deal the day of the close is the expected one: that is what other
// systems mean by it when they have one date for both.
func (k *planner) readClose(r *record) {
	ended := r.outcome != "" && r.outcome != columns.StillOpen
	if ended && r.closeYearAssumed {
		r.fault(r.closeColumn, r.closeAt, process.Wrong("", "date.no_year", cells.Shortened(r.closeAt)))
		return
	}
	if ended && r.closed <= k.Today && r.closedLast > r.closed {
		r.closed = min(r.closedLast, k.Today)
	}
	if r.outcome == columns.StillOpen {
		r.outcome = ""
	}
	switch {
	case ended && r.closed == 0:
		k.missing(r, columns.MeansClosed, "import.closed_missing")
	case ended && r.closed > k.Today:
		r.fault(r.closeColumn, r.closeAt, process.Wrong("", "date.in_the_future", r.closed))
	case ended && r.closed < r.opened && k.Mapping.Early == columns.OpenedOnClose:
		r.noteAbout(k.header(columns.MeansOpened), r.opened.String(), "import.opened_on_close", r.closed)
		r.opened = r.closed
	case ended && r.closed < r.opened:
		k.plan.Early++
		r.fault(r.closeColumn, r.closeAt, process.Wrong("", "deal.closed_before_opening", r.opened))
	case ended || r.closed == 0:
	case r.outcomeSaid && k.header(columns.MeansExpectedClose) != "":
		r.fault(r.closeColumn, r.closeAt, process.Wrong("", "import.open_with_close"))
	case !r.outcomeSaid && r.closed <= k.Today:
		k.missing(r, columns.MeansOutcome, "import.outcome_missing", r.closed)
	default:
		r.expected = max(r.closedLast, r.expected)
	}
	if !ended {
		r.closed = 0
	}
}

// readMonths settles milestones of which only the month is known: they count from its last day, so that nothing is known before it can
// have happened, but not after the close.
func (k *planner) readMonths(r *record) {
	for i := range r.steps {
		s := &r.steps[i]
		if s.last > s.on {
			if first := s.on; r.closed >= first {
				s.last = min(s.last, r.closed)
			}
			s.on = min(s.last, k.Today)
		}
	}
	for _, cell := range r.months {
		if day := r.dayFor(cell.meaning); day != 0 {
			r.noteAbout(cell.header, cell.text, "import.only_a_month", day)
		}
	}
}

// dayFor is the day that a record has come to for what a column means.
func (r *record) dayFor(m columns.Meaning) process.Date {
	switch m {
	case columns.MeansOpened:
		return r.opened
	case columns.MeansClosed:
		return cmp.Or(r.closed, r.expected)
	case columns.MeansExpectedClose:
		return r.expected
	case columns.MeansStageOn:
		return r.stageOn
	}
	for _, s := range r.steps {
		if columns.MilestoneMeaning(s.key) == m {
			return s.on
		}
	}
	return 0
}

// outcome reads how a deal ended, in the words of the mapping or in those that everybody uses. What nobody knows is only wrong where
// nothing beside it says how the deal ended.
func (k *planner) outcome(r *record, c *column, text string) {
	r.outcomeText, r.outcomeColumn = text, c.header
	r.outcome, r.outcomeSaid = k.outcomeOf(text)
}

func (k *planner) outcomeOf(text string) (process.Outcome, bool) {
	if o, ok := k.outcomes[cells.Key(text)]; ok {
		return o, true
	}
	return cells.OutcomeOf(text)
}

func (k *planner) probability(r *record, cell columns.Cell) error {
	if cells.IsNothing(cell.Text) {
		return nil
	}
	v, err := cells.ParsePercent(cell.Text, k.decimal(cell))
	if err != nil {
		return err
	}
	if k.share {
		v, _ = strconv.ParseFloat(strconv.FormatFloat(v*100, 'f', 6, 64), 64) // 0.07·100 is 7 and not 7.000000000000001
	}
	r.opinion = &v
	return nil
}

var sumWords = []string{"total", "totals", "totalt", "grand", "summa", "sum", "subtotal", "delsumma", "totalsumma", "varav", "snitt", "average", "count", "antal"}

// isSum tells the first cell of a line with sums.
func isSum(first string) bool {
	words := strings.FieldsFunc(strings.ToLower(first), func(c rune) bool { return !unicode.IsLetter(c) })
	return len(words) > 0 && slices.Contains(sumWords, words[0])
}

// waiverWords begin a cell that says when and why a milestone was waived: "waived 2026-03-04: the board has decided already".
var waiverWords = []string{"waived", "överhoppad"}

func cutWaiver(text string) (day, reason string, ok bool) {
	word, rest, _ := strings.Cut(text, " ")
	if !slices.Contains(waiverWords, strings.ToLower(word)) {
		return "", "", false
	}
	day, reason, ok = strings.Cut(rest, ":")
	reason = strings.TrimSpace(reason)
	return strings.TrimSpace(day), reason, ok && reason != ""
}
