package importer

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// record is what one row says, or in the long shape all rows of a deal.
type record struct {
	rows                             []int
	ref, name, customer              string
	listed                           string // the customer as the list has it, whoever that is
	contact, seller                  string
	value                            *money.Amount
	opened, expected, closed         process.Date
	closedLast                       process.Date // the last day of the month, where only that is named
	months                           []monthCell
	opinion                          *float64
	outcome                          process.Outcome
	outcomeSaid                      bool
	outcomeText, outcomeColumn       string
	isWon, isClosed, isDeleted       *bool
	isActive                         *bool
	openingAssumed                   bool // the list has no day of the opening, and another one stands in
	unopened                         bool // it has no day of the opening, and nothing stands in
	openingDerived                   bool // the first move is taken for the opening
	closeYearAssumed                 bool
	order                            int // place in the list
	reason, competitor, note         string
	steps                            []step
	journal                          []sales.JournalEntry
	planned                          []activities.Activity
	unknownSteps                     bool   // the list says that it does not know
	moves                            []move // in the long shape
	turns                            []turn // what the moves come down to
	stage                            string
	stageOn                          process.Date
	first                            string // first cell with something in it
	filled, read                     int    // cells with something in them: all, and those that are read
	stageTime                        time.Duration
	stageTimed                       bool
	faults, notes                    []CellError
	skip                             *process.Error
	choices                          []cellChoice                        // as the cells say it
	chosen                           map[process.ListID]process.ChoiceID // what that means
	valueText, currencyText, closeAt string
	valueColumn, closeColumn         string
	valueExact                       bool
}

// monthCell is a cell that names only a month.
type monthCell struct {
	header, text string
	meaning      columns.Meaning
}

// step is a milestone that the list says was reached, or waived.
type step struct {
	key    process.MilestoneID
	on     process.Date
	last   process.Date // the last day of the month, where only that is named
	waived string       // the reason
}

// text takes a cell as it is, but for letters in parts, signs that nobody can see, and line breaks where a name has none.
func (r *record) text(to *string, text string, most int) error {
	if strings.ContainsRune(text, utf8.RuneError) {
		return process.Wrong("", "import.letters_lost")
	}
	*to = visible(text, most > process.MaxName)
	return process.CheckText("", *to, 0, most)
}

// activities takes what is planned, a line each.
func (r *record) activities(text string) (err error) {
	var lines string
	if err := r.text(&lines, text, process.MaxText); err != nil {
		return err
	}
	r.planned, err = activities.ParseLines(lines)
	return err
}

// visible leaves out what cannot be seen. Word's and Excel's soft line breaks are lines in a long text, and blanks in a name.
func visible(text string, lines bool) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\v' || c == '\f' || c == '\u2028' || c == '\u2029':
			if lines {
				return '\n'
			}
			return ' '
		case c == '\n' || c == '\t' || c == '\r':
			return c
		case c < ' ' || c >= 0x7f && c < 0xa0 || c == '\ufeff' || c == '\u200b':
			return -1
		}
		return c
	}, norm.NFC.String(text)))
}

func (r *record) row() int { return r.rows[len(r.rows)-1] }

func (r *record) fault(column, value string, err error) {
	e, ok := err.(*process.Error) //nolint:errorlint // readers of cells make no other
	if !ok {
		e = &process.Error{Kind: process.Invalid, Msg: "import.unreadable", Err: err}
	}
	r.faults = append(r.faults, CellError{r.row(), column, cells.Shortened(value), e})
}

func (r *record) noteAbout(column, value, msg string, args ...any) {
	r.notes = append(r.notes, CellError{r.row(), column, cells.Shortened(value), &process.Error{Kind: process.Invalid, Msg: msg, Args: args}})
}

// reach adds a milestone. Two columns may be the same one, as stages of two pipelines are; then it was reached on the earlier day.
func (r *record) reach(column, text string, s step) {
	for i := range r.steps {
		have := &r.steps[i]
		if have.key != s.key || have.waived != "" {
			continue
		}
		if have.on != s.on {
			r.noteAbout(column, text, "import.two_days", min(have.on, s.on))
		}
		if s.on < have.on {
			*have = s
		}
		return
	}
	r.steps = append(r.steps, s)
}
