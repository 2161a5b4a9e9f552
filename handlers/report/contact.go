package report

import (
	"fmt"
	"io"

	"milstolpe/process"
	"milstolpe/process/extract"
	"milstolpe/process/sales"
)

// Contact is what is recorded about a person at a buyer: each detail, each tie to a deal and each line that names them, with where it
// came from.
func (p Reports) Contact(names Names, x *extract.Extract) Report {
	document := contactJSON{ID: x.Contact.ID, Name: x.Contact.Name, Records: []recordJSON{}}
	for _, d := range x.Details {
		record := newRecordJSON("detail", d.Origin)
		record.What, record.Value, record.Current = string(d.Field), d.Value, d.Current
		document.Records = append(document.Records, record)
	}
	for i := range x.Ties {
		tie := &x.Ties[i]
		record := newRecordJSON("deal", tie.Origin)
		record.What, record.Current, record.On = string(tie.What), !tie.Gone, knownDay(tie.On)
		record.Value = p.join(string(tie.Role), string(tie.Milestone), tie.Evidence.Text, tie.Evidence.Link)
		record.inDeal(names, tie.Deal)
		document.Records = append(document.Records, record)
	}
	for i := range x.Mentions {
		m := &x.Mentions[i]
		record := recordJSON{Section: "mention", What: string(m.Line.Kind), Value: m.Line.Text, Current: true, On: knownDay(m.Line.Day)}
		record.inDeal(names, m.Deal)
		document.Records = append(document.Records, record)
	}
	g := newGrid(p.Text, document.Records, []column[recordJSON]{
		{"cli.col.what", func(r recordJSON) cell { return textCell(p.Text.T("extract.what_" + r.Section + "_" + r.What)) }},
		{"cli.col.text", func(r recordJSON) cell { return textCell(r.Value) }},
		{"cli.col.deal", func(r recordJSON) cell { return given(r.Deal, textCell) }},
		{"cli.col.on", func(r recordJSON) cell { return given(r.On, dayCell) }},
		{"cli.col.still", func(r recordJSON) cell { return boolCell(r.Current) }},
		{"cli.col.recorded", func(r recordJSON) cell { return given(r.Recorded, dayCell) }},
		{"cli.col.recorded_by", func(r recordJSON) cell { return given(r.By, textCell) }},
		{"cli.col.list", func(r recordJSON) cell { return given(r.List, textCell) }},
	})
	return Report{
		JSON:   func() any { return document },
		Tables: p.tables(p.Text.T("extract.file"), g),
		Show: func(out io.Writer) error {
			if err := heading(out, p.Text.T("extract.title", x.Contact.Name)); err != nil {
				return err
			}
			return g.table(out, p.Text)
		},
	}
}

// join is a row of texts without those that are empty.
func (p Reports) join(texts ...string) (joined string) {
	for _, text := range texts {
		switch {
		case text == "":
		case joined == "":
			joined = text
		default:
			joined = fmt.Sprintf("%s · %s", joined, text)
		}
	}
	return joined
}

// contactJSON is the report for other programs.
type contactJSON struct {
	ID      process.ContactID `json:"id"`
	Name    string            `json:"name"`
	Records []recordJSON      `json:"records"`
}

// recordJSON is one thing that is recorded. Section is detail, deal or mention; what says which detail, tie or kind of text.
type recordJSON struct {
	Section  string          `json:"section"`
	What     string          `json:"what"`
	Value    string          `json:"value"`
	DealID   *process.DealID `json:"deal_id"`
	Deal     *string         `json:"deal"`
	On       *process.Date   `json:"on"`
	Current  bool            `json:"current"`
	Recorded *process.Date   `json:"recorded"`
	By       *string         `json:"recorded_by"`
	List     *string         `json:"imported_from"`
}

func newRecordJSON(section string, o extract.Origin) recordJSON {
	return recordJSON{Section: section, Recorded: knownDay(o.Day), By: knownText(o.By), List: knownText(o.List)}
}

func (r *recordJSON) inDeal(names Names, d *sales.Deal) {
	name := openDealJSON{ID: d.ID, Name: knownText(d.Now.Name), Customer: knownText(names.Customer(d.Now.Customer)), ref: d.Now.Ref}.called()
	r.DealID, r.Deal = &d.ID, &name
}
