package dealindex

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
	"milstolpe/process/search"
)

// Line is an open deal with what lists sort and group by. Names are empty where there are none.
type Line struct {
	forecast.DealToday
	Customer, Name, Seller string
	Changed                process.Date
	Group                  Group
}

// Group is a place in a process where deals wait for the same required milestone. Groups are in the order of the processes, and within
// one those that have passed most milestones first.
type Group struct {
	Process process.ProcessID
	Next    process.MilestoneID // empty when all are passed
	Unknown bool                // what the deal has passed is not known
	Order   int                 // orders groups, smallest first
}

// ClosedLine is a closed deal with what lists sort by.
type ClosedLine struct {
	Deal                   *sales.Deal
	Customer, Name, Seller string
	Value                  float64 // minor units of the reporting currency, with the rate on the day of the close
}

// Index keeps the lines of all deals, because a page of fifty deals needs the totals of them all. It may be used concurrently.
type Index struct {
	mu    sync.Mutex
	model *forecast.Model
	at    sales.Position // of the team's changes that the lines have followed
	today process.Date
	read  []*forecast.Calibration // with which the open lines were made

	open      []Line
	closed    []ClosedLine
	conflicts *conflictCount
	ended     map[process.Date][]*sales.Deal // by the day since when
}

// Open are the open deals, those with the highest values first. The slice is shared and may be used only while the model may be read.
func (c *Index) Open(m *forecast.Model) []Line {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew(m)
	if c.open == nil {
		c.open = openLines(m)
	}
	return c.open
}

// Closed are the closed deals, latest closed first. The slice is shared and may be used only while the model may be read.
func (c *Index) Closed(m *forecast.Model) []ClosedLine {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew(m)
	if c.closed == nil {
		c.closed = closedLines(m)
	}
	return c.closed
}

// Sellers are those who have deals among the open, or else the closed, ones, in the order of their ids.
func (c *Index) Sellers(m *forecast.Model, open bool) []process.PersonID {
	seen := map[process.PersonID]bool{}
	if open {
		lines := c.Open(m)
		for i := range lines {
			seen[lines[i].Deal.Now.Seller] = true
		}
	} else {
		lines := c.Closed(m)
		for i := range lines {
			seen[lines[i].Deal.Now.Seller] = true
		}
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen))
}

// Conflicts counts the conflicts that wait to be resolved.
func (c *Index) Conflicts(m *forecast.Model) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew(m)
	if c.conflicts == nil {
		c.conflicts = countConflicts(m.Team())
	}
	return c.conflicts.sum
}

func openLines(m *forecast.Model) []Line {
	order := groupOrder(m.Team().Processes())
	deals := m.DealsToday()
	lines := make([]Line, len(deals))
	for i := range deals {
		lines[i] = openLine(m.Team(), &deals[i], order)
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(b.Value, a.Value) })
	return lines
}

func openLine(names wording.Names, today *forecast.DealToday, order map[process.ProcessID]int) Line {
	d := today.Deal
	l := Line{
		DealToday: *today, Customer: names.Customer(d.Now.Customer), Name: d.Now.Name, Seller: names.Person(d.Now.Seller),
		Changed: d.ChangedOn(), Group: Group{Process: d.Process(), Unknown: !today.StandingKnown, Next: today.Next},
	}
	l.Group.Order = order[d.Process()] - today.Passed
	if l.Group.Unknown {
		l.Group.Order = order[d.Process()] + 1
	}
	return l
}

func closedLines(m *forecast.Model) []ClosedLine {
	closed := closedDeals(m.Team().Deals())
	lines := make([]ClosedLine, 0, len(closed))
	for _, d := range closed {
		lines = append(lines, closedLine(m, d))
	}
	return lines
}

func closedLine(m *forecast.Model, d *sales.Deal) ClosedLine {
	team := m.Team()
	return ClosedLine{
		Deal: d, Customer: team.Customer(d.Now.Customer), Name: d.Now.Name, Seller: team.Person(d.Now.Seller), Value: team.ClosingValue(d),
	}
}

// Ended are the deals whose close was recorded on the day or later, latest closed first. The slice is shared.
func (c *Index) Ended(m *forecast.Model, since process.Date) []*sales.Deal {
	lines := c.Closed(m)
	c.mu.Lock()
	defer c.mu.Unlock()
	list, ok := c.ended[since]
	if ok {
		return list
	}
	for i := range lines {
		if lines[i].Deal.Now.Close.Known >= since {
			list = append(list, lines[i].Deal)
		}
	}
	if c.ended == nil || len(c.ended) >= 64 {
		c.ended = map[process.Date][]*sales.Deal{}
	}
	c.ended[since] = list
	return list
}

func closedDeals(all []*sales.Deal) []*sales.Deal {
	closed := slices.DeleteFunc(all, func(d *sales.Deal) bool { return d.Now.Close == nil })
	slices.SortStableFunc(closed, func(a, b *sales.Deal) int { return b.Now.Close.On.Sub(a.Now.Close.On) })
	return closed
}

// groupOrder gives every process a range of a hundred numbers of its own, for the order of groups.
func groupOrder(processes []*sales.Process) map[process.ProcessID]int {
	order := map[process.ProcessID]int{}
	for i, p := range processes {
		order[p.ID] = (i + 1) * 100
	}
	return order
}

// Matches reports whether every word of a search is in a name. Both must have been folded.
func Matches(words, search string) bool {
	for _, w := range strings.Fields(search) {
		if !strings.Contains(words, w) {
			return false
		}
	}
	return true
}

// Get is the index of the file that the request is about. It is made at the first call and kept with the file.
func Get(v *web.Request) *Index {
	x, _ := v.Open.Slots.LoadOrStore("lines", &Index{})
	c, _ := x.(*Index)
	return c
}

// Written is the index of what was written in the file that the request is about. What it finds may be used only while the team may be read.
func Written(v *web.Request) *search.Index {
	x, _ := v.Open.Slots.LoadOrStore("written", &search.Index{})
	index, _ := x.(*search.Index)
	return index
}

// SellerOptions are choices for the sellers with these ids, by name in the order of the language.
func SellerOptions(t *i18n.Text, names wording.Names, ids []process.PersonID) []parts.Option {
	list := make([]parts.Option, len(ids))
	for i, id := range ids {
		list[i] = parts.OptionOf(string(id), names.Person(id))
	}
	byName(t, list)
	return list
}

// byName puts choices in the order of the language's alphabet.
func byName(t *i18n.Text, list []parts.Option) {
	c := collate.New(t.Tag, collate.IgnoreCase)
	slices.SortStableFunc(list, func(a, b parts.Option) int { return c.CompareString(a.Text, b.Text) })
}

// Title is what a deal is called in a line of its own.
func (l *Line) Title() string {
	if l.Customer != "" && l.Name != "" && l.Customer != l.Name {
		return l.Customer + ", " + l.Name
	}
	return cmp.Or(l.Customer, l.Name, l.Deal.Now.Ref, string(l.Deal.ID))
}

// Link is the title, leading to the page of the deal.
func (l *Line) Link() i18n.Piece {
	return i18n.Piece{Text: l.Title(), Href: urls.DealPath(l.Deal.ID)}
}

// WaitsFor says in words which milestone comes next, or that all are passed.
func (l *Line) WaitsFor(t *i18n.Text, m *forecast.Model) string {
	if l.Next == "" {
		return t.T("home.all_passed")
	}
	return t.T("home.next_is", i18n.LowerFirst(wording.MilestoneName(m.Team(), l.Deal.Process(), l.Next)))
}

// ValueText writes a deal's value in the reporting currency; it is empty where none is recorded.
func ValueText(v *web.Request, l *Line) string {
	if l.Deal.Now.Value == nil {
		return ""
	}
	return v.Text.Whole(figures.Minor(l.Value, v.FileInfo.Currency))
}
