package sheet

import (
	"cmp"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// dealColumns stand before the milestones, endColumns after them.
var (
	dealColumns = []columns.Meaning{
		columns.MeansID, columns.MeansName, columns.MeansCustomer, columns.MeansContact, columns.MeansSeller, columns.MeansValue,
		columns.MeansCurrency, columns.MeansOpened, columns.MeansExpectedClose,
	}
	endColumns = []columns.Meaning{
		columns.MeansOutcome, columns.MeansClosed, columns.MeansLostReason, columns.MeansCompetitor, columns.MeansProbability, columns.MeansActivities,
	}
)

// Export makes tables of what a team knows now, in the words of a language.
type Export struct {
	team  *sales.Team
	words Vocabulary
}

// NewExport makes tables of what the team knows.
func NewExport(team *sales.Team, words Vocabulary) Export { return Export{team, words} }

// Deals is the table of all deals of some processes, as they are known now, in the columns that an import reads: taken into a new file
// with the same processes it gives the same deals, milestones, days and, as far as nothing was recorded late or taken back, chances. With
// several processes a column says which one each deal follows, and an import of one of them leaves the others aside.
func (x Export) Deals(ids ...process.ProcessID) Table {
	deals := dealExport{Export: x, several: len(ids) > 1, processes: map[process.ProcessID]*sales.Process{}}
	for _, id := range ids {
		if p, ok := x.team.Process(id); ok && p.Current() != nil {
			deals.addProcess(p)
		}
	}
	deals.addLists()
	t := Table{Headers: deals.headers()}
	for _, d := range x.team.Deals() {
		if _, ok := deals.processes[d.Process()]; ok {
			t.Rows = append(t.Rows, deals.row(d))
		}
	}
	return t
}

type dealExport struct {
	Export
	several   bool
	processes map[process.ProcessID]*sales.Process
	columns   []milestoneColumn
	lists     []listColumn
}

// listColumn is the column of one of the team's own lists.
type listColumn struct {
	header string
	id     process.ListID
}

// milestoneColumn is the column of a milestone, or of milestones of several processes that are called the same.
type milestoneColumn struct {
	header string
	keys   map[process.ProcessID]process.MilestoneID
}

func (x *dealExport) addProcess(p *sales.Process) {
	x.processes[p.ID] = p
	used := map[string]bool{}
	for _, m := range p.Current().Definition.Milestones {
		header := m.Name
		if used[process.FoldName(header)] || columns.KnownHeader(header) { // it means something else already
			header = string(columns.MilestoneMeaning(m.Key))
		}
		used[process.FoldName(header)] = true
		x.addColumn(header, p.ID, m.Key)
	}
}

func (x *dealExport) addColumn(header string, id process.ProcessID, key process.MilestoneID) {
	for i := range x.columns {
		if c := &x.columns[i]; process.FoldName(c.header) == process.FoldName(header) && c.keys[id] == "" {
			c.keys[id] = key
			return
		}
	}
	x.columns = append(x.columns, milestoneColumn{header, map[process.ProcessID]process.MilestoneID{id: key}})
}

// addLists adds the team's own lists, after everything that a column of theirs could be taken for.
func (x *dealExport) addLists() {
	used := map[string]bool{}
	for _, h := range x.headers() {
		used[process.FoldName(h)] = true
	}
	for _, l := range x.team.Lists().Lists() {
		header := l.Name
		if used[process.FoldName(header)] || columns.KnownHeader(header) {
			header = string(columns.ListMeaning(l.ID))
		}
		used[process.FoldName(header)] = true
		x.lists = append(x.lists, listColumn{header, l.ID})
	}
}

func (x *dealExport) headers() []string {
	var all []string
	if x.several {
		all = append(all, x.words.Columns[columns.MeansProcess])
	}
	for _, m := range dealColumns {
		all = append(all, x.words.Columns[m])
	}
	for _, c := range x.columns {
		all = append(all, c.header)
	}
	for _, m := range endColumns {
		all = append(all, x.words.Columns[m])
	}
	for _, l := range x.lists {
		all = append(all, l.header)
	}
	return all
}

func (x *dealExport) row(d *sales.Deal) []Value {
	now := &d.Now
	var row []Value
	if x.several {
		row = append(row, Text(x.processes[d.Process()].Name()))
	}
	value := now.Value
	if now.Close != nil && now.Close.Value != nil {
		value = now.Close.Value
	}
	currency := ""
	if value != nil {
		currency = value.Currency
	}
	row = append(
		row, Text(cmp.Or(now.Ref, string(d.ID))), Text(now.Name), Text(x.team.Customer(now.Customer)), x.contact(d),
		Text(x.team.Person(now.Seller)), Amount(value), Text(currency), Day(now.Opened), Day(now.ExpectedClose),
	)
	for _, c := range x.columns {
		row = append(row, x.milestone(d, c.keys[d.Process()]))
	}
	row = append(row, x.end(d)...)
	for _, l := range x.lists {
		row = append(row, Text(x.team.Lists().ChoiceName(l.id, d.Choices().Of(l.id))))
	}
	return row
}

// contact is the first of the people at the buyer; the others are in the sheet of contacts.
func (x *dealExport) contact(d *sales.Deal) Value {
	for _, id := range d.Contacts() {
		if c, ok := x.team.Contact(id); ok && !c.Erased {
			return Text(c.Name)
		}
	}
	return Value{}
}

func (x *dealExport) milestone(d *sales.Deal, key process.MilestoneID) Value {
	if key == "" {
		return Value{}
	}
	if d.StandingUnknown() {
		return Text(columns.UnknownMark)
	}
	mark, ok := d.MarkOn(key, process.FarFuture)
	switch {
	case !ok:
		return Value{}
	case mark.Waived:
		return Text(x.words.Waived + " " + mark.Stamp.Known.String() + ": " + mark.Reason)
	}
	return Day(mark.On)
}

func (x *dealExport) end(d *sales.Deal) []Value {
	row := []Value{Text(x.words.Outcomes[columns.StillOpen]), {}, {}, {}, {}, {}}
	if c := d.Now.Close; c != nil {
		row[0], row[1], row[2], row[3] = Text(x.words.Outcomes[c.Outcome]), Day(c.On), Text(c.Reason), Text(c.Competitor)
	}
	if d.Now.Close == nil {
		row[5] = Text(activities.Lines(d.Activities().Planned()))
	}
	if o := d.Now.Opinion; o != nil {
		row[4] = Percent(*o, -1)
	}
	return row
}
