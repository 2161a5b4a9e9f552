package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Everything is the tables of all that the team knows now: the deals of each process, their milestones with evidence, what comes,
// who has which role, how plans are worded, what meetings agreed, the journal, customers, contacts, people, rates, targets, calls,
// the team's own lists and what each deal has of them. How things came to be as they are is in the events.
func (x Export) Everything() []Table {
	var tables []Table
	for _, p := range x.team.Processes() {
		if p.Current() == nil {
			continue
		}
		t := x.Deals(p.ID)
		t.Name = p.Name()
		tables = append(tables, t)
	}
	for _, t := range []Table{
		x.milestones(), x.activities(), x.roles(), x.plans(), x.meetings(), x.journal(), x.customers(), x.contacts(), x.people(), x.rates(),
		x.targets(), x.calls(), x.lists(), x.choices(),
	} {
		if len(t.Rows) > 0 {
			tables = append(tables, t)
		}
	}
	return tables
}

// table begins a table whose name and headers stand in the vocabulary, separated by bars.
func (v Vocabulary) table(what string) Table {
	parts := strings.Split(v.Tables[what], "|")
	return Table{Name: parts[0], Headers: parts[1:]}
}

func idOf(d *sales.Deal) Value {
	if d.Now.Ref != "" {
		return Text(d.Now.Ref)
	}
	return Text(string(d.ID))
}

// milestones is one row for each milestone that a deal has reached, or that was waived for it.
func (x Export) milestones() Table {
	t := x.words.table("milestones")
	for _, d := range x.team.Deals() {
		for _, m := range d.MarksOn(process.FarFuture) {
			name, waived, on := string(m.Milestone), Value{}, Day(m.On)
			if v := d.Version(); v != nil {
				if ms, ok := v.Definition.Milestone(m.Milestone); ok {
					name = ms.Name
				}
			}
			if m.Waived {
				waived, on = Text(m.Reason), Value{}
			}
			contact, _ := x.team.Contact(m.Contact)
			t.Rows = append(t.Rows, []Value{
				idOf(d), Text(d.Now.Name), Text(x.team.Customer(d.Now.Customer)), Text(string(m.Milestone)), Text(name), on, Day(m.Stamp.Known),
				Text(contact.Name), Text(m.Evidence.Text), Text(m.Evidence.Link), waived, Text(x.team.RecordedBy(m.ID)),
			})
		}
	}
	return t
}

// activities are the next ones of ours, and the days that buyers have named.
func (x Export) activities() Table {
	t := x.words.table("activities")
	for _, d := range x.team.Deals() {
		if d.Now.Close != nil {
			continue
		}
		for _, step := range d.Activities().Planned() {
			t.Rows = append(t.Rows, []Value{idOf(d), Text(d.Now.Name), Text(step.Text), {}, Day(step.Due), Text(string(step.Time))})
		}
		for _, key := range d.PromisedMilestones() {
			if day, _ := d.Promised(key); !day.IsZero() {
				t.Rows = append(t.Rows, []Value{idOf(d), Text(d.Now.Name), {}, Text(string(key)), Day(day), {}})
			}
		}
	}
	return t
}

func (x Export) journal() Table {
	t := x.words.table("journal")
	for _, d := range x.team.Deals() {
		for _, e := range d.Journal() {
			t.Rows = append(t.Rows, []Value{idOf(d), Text(d.Now.Name), Day(e.Value.On), Text(e.Value.Text), Text(x.team.RecordedBy(e.ID))})
		}
	}
	return t
}

func (x Export) customers() Table {
	t := x.words.table("customers")
	for _, id := range x.team.Customers() {
		if name := x.team.Customer(id); name != "" {
			t.Rows = append(t.Rows, []Value{Text(string(id)), Text(name)})
		}
	}
	return t
}

func (x Export) contacts() Table {
	t := x.words.table("contacts")
	for _, customer := range append([]process.CustomerID{""}, x.team.Customers()...) {
		for _, c := range x.team.ContactsOf(customer) {
			t.Rows = append(t.Rows, []Value{Text(string(c.ID)), Text(x.team.Customer(customer)), Text(c.Name), Text(c.Role), Text(c.Email), Text(c.Phone)})
		}
	}
	return t
}

func (x Export) people() Table {
	t := x.words.table("people")
	for _, id := range x.team.People() {
		if name := x.team.Person(id); name != "" {
			t.Rows = append(t.Rows, []Value{Text(string(id)), Text(name)})
		}
	}
	return t
}

func (x Export) rates() Table {
	t := x.words.table("rates")
	for _, currency := range x.team.Rates().Currencies() {
		for _, e := range x.team.Rates().Entries(currency) {
			t.Rows = append(t.Rows, []Value{Text(currency), Number(e.Value, -1), Text(x.team.Currency()), Day(e.Stamp.Known)})
		}
	}
	return t
}

// WriteTables writes tables as CSV files in a zip, each named as its table, together with what extra files write into it.
func WriteTables(out io.Writer, tables []Table, d Dialect, extra map[string]func(io.Writer) error) error {
	z := zip.NewWriter(out)
	used := map[string]bool{}
	for i, t := range tables {
		w, err := z.Create(sheetName(t.Name, i, used) + ".csv")
		if err != nil {
			return err
		}
		if err := WriteCSV(w, t, d); err != nil {
			return err
		}
	}
	names := make([]string, 0, len(extra))
	for name := range extra {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		if err := extra[name](w); err != nil {
			return err
		}
	}
	return z.Close()
}

// WriteJSON writes tables as one object: for each table a list of rows, each an object by header. Empty cells are left out; amounts and
// percentages are numbers, days are texts like 2026-11-23.
func WriteJSON(out io.Writer, tables ...Table) error {
	b := bufio.NewWriter(out)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	all := map[string][]map[string]any{}
	for _, t := range tables {
		rows := make([]map[string]any, 0, len(t.Rows))
		for _, row := range t.Rows {
			cells := map[string]any{}
			for i, v := range row {
				if x := v.json(); x != nil && i < len(t.Headers) {
					cells[t.Headers[i]] = x
				}
			}
			rows = append(rows, cells)
		}
		all[t.Name] = rows
	}
	if err := e.Encode(all); err != nil {
		return err
	}
	return b.Flush()
}

// json is the cell as a value of JSON; nil for an empty one.
func (v Value) json() any {
	switch v.kind {
	case words:
		return v.text
	case date:
		return v.day.String()
	case figure, percent:
		if math.IsNaN(v.number) {
			return nil
		}
		return json.Number(v.digits)
	case nothing:
	}
	return nil
}
