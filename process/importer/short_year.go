package importer

import (
	"regexp"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
)

// yearStyle is how a column writes the years of its days.
type yearStyle uint8

const (
	yearsUnknown yearStyle = iota
	yearsFull              // some with four digits
	yearsShort
)

var (
	shortYearShape = regexp.MustCompile(`^\s*\d\d[-./ ]\d\d[-./ ]\d\d(\D|$)`)
	fullYearShape  = regexp.MustCompile(`(^|\D)(19|20)\d\d(\D|$)`)
)

// farYears is how far from today a day has to lie before a nearer reading of it is asked about.
const farYears = 5 * 365

// inDoubt refuses a day like 26-05-11 in a list of 11.5.2026 and 12/5 2026: read in the order of the list it is the 26th of May 2011, and
// whoever wrote it meant the 11th of May 2026. Where a column writes no years in full, the order of the list settles it.
func (k *planner) inDoubt(c *column, cell columns.Cell, read process.Date) error {
	if cell.Exact || !shortYearShape.MatchString(cell.Text) || distance(read, k.Today) <= farYears || k.yearsOf(c) != yearsFull {
		return nil
	}
	for _, order := range []cells.DateOrder{cells.YearMonthDay, cells.DayMonthYear} {
		other, err := cells.ParseDay(cell.Text, order, k.team.Location())
		if err == nil && order != k.Mapping.DateOrder && distance(other.Day, k.Today) <= farYears {
			return process.Wrong("", "date.short_year", read, other.Day)
		}
	}
	return nil
}

func distance(a, b process.Date) int { return max(a.Sub(b), b.Sub(a)) }

// yearsOf looks through a column once.
func (k *planner) yearsOf(c *column) yearStyle {
	if c.years != yearsUnknown {
		return c.years
	}
	c.years = yearsShort
	for _, r := range k.rows {
		if c.at < len(r.Cells) && (r.Cells[c.at].Exact || fullYearShape.MatchString(r.Cells[c.at].Text)) {
			c.years = yearsFull
			break
		}
	}
	return c.years
}
