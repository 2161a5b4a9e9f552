package importer

import (
	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// record is what one row says, or in the long shape all rows of a deal.
type record struct {
	rows                             []int
	ref, name, customer              string
	contact, seller                  string
	value                            *money.Amount
	opened, expected, closed         process.Date
	closedLast                       process.Date // the last day of the month, where only that is named
	months                           []monthCell
	opinion                          *float64
	outcome                          process.Outcome
	outcomeSaid                      bool
	reason, competitor, note         string
	steps                            []step
	journal                          []sales.JournalEntry
	unknownSteps                     bool   // the list says that it does not know
	moves                            []move // in the long shape
	turns                            []turn // what the moves come down to
	stage                            string
	stageOn                          process.Date
	first                            string // first cell with something in it
	filled                           int
	faults, notes                    []CellError
	skip                             *process.Error
	valueText, currencyText, closeAt string
	valueColumn, closeColumn         string
	valueExact                       bool
}

// monthCell is a cell that names only a month.
type monthCell struct {
	header, text string
	meaning      Meaning
}

// step is a milestone that the list says was reached, or waived.
type step struct {
	key    process.MilestoneID
	on     process.Date
	last   process.Date // the last day of the month, where only that is named
	waived string       // the reason
}

func (r *record) text(to *string, text string, most int) error {
	*to = text
	return process.CheckText("", text, 0, most)
}

func (r *record) row() int { return r.rows[len(r.rows)-1] }

func (r *record) fault(column, value string, err error) {
	e, ok := err.(*process.Error) //nolint:errorlint // readers of cells make no other
	if !ok {
		e = &process.Error{Kind: process.Invalid, Msg: "import.unreadable", Err: err}
	}
	r.faults = append(r.faults, CellError{r.row(), column, shortened(value), e})
}

func (r *record) noteAbout(column, value, msg string, args ...any) {
	r.notes = append(r.notes, CellError{r.row(), column, shortened(value), &process.Error{Kind: process.Invalid, Msg: msg, Args: args}})
}
