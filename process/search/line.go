package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Kind is where a text stands.
type Kind string

// The kinds of texts of a deal, and of what is known about a person at the buyer.
const (
	Name       Kind = "name"
	Reference  Kind = "reference" // another system's name for the deal
	Source     Kind = "source"
	Contact    Kind = "contact"
	Activity   Kind = "activity" // that is planned
	Journal    Kind = "journal"
	Evidence   Kind = "evidence"
	Reason     Kind = "reason" // of the end
	Competitor Kind = "competitor"
	Waived     Kind = "waived"    // why a milestone was
	Withdrawn  Kind = "withdrawn" // why a milestone was
	Reopened   Kind = "reopened"  // why the deal was
	Plan       Kind = "plan"      // for the customer
)

// Kinds are all of them.
var Kinds = []Kind{Name, Reference, Source, Contact, Activity, Journal, Evidence, Reason, Competitor, Waived, Withdrawn, Reopened, Plan}

// Line is a text that can be found.
type Line struct {
	Kind      Kind
	Day       process.Date // on which it happened or became known; zero where that says nothing
	Milestone process.MilestoneID
	Text      string

	folded string
}

func newLine(kind Kind, day process.Date, text string) Line {
	return Line{Kind: kind, Day: day, Text: text, folded: fold(text)}
}

// linesOf are the texts of a deal itself; names of customers and people are looked up where they stand.
func linesOf(d *sales.Deal) []Line {
	var lines []Line
	add := func(kind Kind, day process.Date, key process.MilestoneID, texts ...string) {
		texts = slices.DeleteFunc(texts, func(s string) bool { return strings.TrimSpace(s) == "" })
		if len(texts) > 0 {
			l := newLine(kind, day, strings.Join(texts, " · "))
			l.Milestone = key
			lines = append(lines, l)
		}
	}
	now := &d.Now
	add(Name, 0, "", now.Name)
	add(Reference, 0, "", now.Ref)
	add(Source, 0, "", now.Source)
	for _, p := range d.Activities().Planned() {
		add(Activity, p.Due, "", p.Text)
	}
	for _, e := range d.Journal() {
		add(Journal, e.Value.On, "", e.Value.Text)
	}
	for _, m := range d.MarksOn(process.FarFuture) {
		if m.Waived {
			add(Waived, m.Stamp.Known, m.Milestone, m.Reason)
			continue
		}
		for _, report := range d.ReportsOn(m.Milestone, process.FarFuture) {
			add(Evidence, report.On, m.Milestone, report.Evidence.Text, report.Evidence.Link)
		}
	}
	for _, e := range d.WithdrawalsOn(process.FarFuture) {
		add(Withdrawn, e.Stamp.Known, e.Value.Milestone, e.Value.Reason)
	}
	for _, e := range d.Reopenings() {
		if e.EffectiveOn(process.FarFuture, d.Retractions()) {
			add(Reopened, e.Stamp.Known, "", e.Value)
		}
	}
	if end := now.Close; end != nil {
		add(Reason, end.On, "", end.Reason)
		add(Competitor, end.On, "", end.Competitor)
	}
	plan, _ := d.Plan()
	add(Plan, 0, "", plan.Intro, plan.Closing)
	for _, l := range plan.Lines {
		add(Plan, 0, l.Milestone, l.What, l.Who, l.Ours)
	}
	// What was written last is read first.
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(b.Day, a.Day) })
	return lines
}

// Piece is a part of an excerpt; Match marks what was asked for.
type Piece struct {
	Text  string
	Match bool
}

// Excerpt is a text around the first of the words that stands in it, about so many letters long. Blanks and new lines become one blank.
func Excerpt(text, question string, about int) []Piece {
	text = strings.Join(strings.Fields(text), " ")
	folded, at := foldAt(text, true)
	var spans [][2]int
	for _, w := range words(question) {
		for from := 0; from < len(folded); {
			i := strings.Index(folded[from:], w.folded)
			if i < 0 {
				break
			}
			span := [2]int{at[from+i], at[from+i+len(w.folded)]}
			from += i + len(w.folded)
			if !w.marked() || strings.Contains(strings.ToLower(text[span[0]:span[1]]), w.text) {
				spans = append(spans, span)
			}
		}
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], b[1]-a[1]) })
	start, least := 0, 0
	if len(spans) > 0 {
		start, least = boundary(text, spans[0][0]-about/3), spans[0][1]
	}
	end := max(least, boundary(text, start+about))
	if end < len(text) && end > start {
		end = start + len(strings.TrimRight(text[start:end], " "))
	}
	var pieces []Piece
	put := func(to int, match bool) {
		if to = min(to, end); to > start {
			pieces = append(pieces, Piece{text[start:to], match})
			start = to
		}
	}
	if start > 0 {
		pieces = append(pieces, Piece{"… ", false})
	}
	for _, s := range spans {
		put(s[0], false)
		put(s[1], true)
	}
	put(end, false)
	if end < len(text) {
		pieces = append(pieces, Piece{" …", false})
	}
	return pieces
}

// boundary is the beginning of the word in which a position lies; the ends of the text stay.
func boundary(text string, at int) int {
	if at <= 0 || at >= len(text) {
		return max(0, min(at, len(text)))
	}
	for !utf8.RuneStart(text[at]) {
		at--
	}
	if i := strings.LastIndexByte(text[:at], ' '); i >= 0 && at-i < 30 {
		return i + 1
	}
	return at
}
