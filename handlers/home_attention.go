package handlers

import (
	"cmp"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// How much of each list stands on the page at once.
const (
	fewDue     = 8
	fewStalls  = 6
	fewStalled = 5
	dueWithin  = 7 // days
)

// name is what a deal is called in a line of its own.
func (l *dealLine) title() string {
	if l.customer != "" && l.name != "" && l.customer != l.name {
		return l.customer + ", " + l.name
	}
	return cmp.Or(l.customer, l.name, l.Deal.Now.Ref, string(l.Deal.ID))
}

func (l *dealLine) link() Piece { return Piece{Text: l.title(), Href: dealPath(l.Deal.ID)} }

// due are the next activities of the person who uses this computer; of everybody, where that person sells nothing.
func due(v *visit, m *forecast.Model) homeSection {
	lines := v.open.lines.ofOpen(m)
	me, _ := m.Team().PersonByName(v.open.person)
	mine := slices.ContainsFunc(lines, func(l dealLine) bool { return me != "" && l.Deal.Now.Seller == me })
	var list []*dealLine
	for i := range lines {
		l := &lines[i]
		step := l.Deal.Now.NextStep
		if step.Text != "" && !step.Due.IsZero() && step.Due <= v.today.AddDays(dueWithin) && (!mine || l.Deal.Now.Seller == me) {
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(a, b *dealLine) int { return cmp.Compare(a.Deal.Now.NextStep.Due, b.Deal.Now.NextStep.Due) })
	section := homeSection{ID: "due", Heading: v.t("home.due_all")}
	if mine {
		section.Heading = v.t("home.due_mine")
	}
	for i, l := range list {
		step := l.Deal.Now.NextStep
		line := homeLine{
			What: []Piece{{Text: step.Text, Href: dealPath(l.Deal.ID)}}, Small: []Piece{{Text: l.title()}}, Side: dueShort(v.text, step.Due, v.today),
			Red: step.Due <= v.today,
		}
		if !mine && l.seller != "" {
			line.Small = append(line.Small, Piece{Text: " · " + l.seller})
		}
		if i < fewDue {
			section.Lines = append(section.Lines, line)
		} else {
			section.More = append(section.More, line)
		}
	}
	section.MoreSay = v.t("deals.more", len(section.More))
	return section
}

// dueShort is the day at the side of a line: i dag, i morgon, 3 juli.
func dueShort(t *Text, due, today process.Date) string {
	switch due.Sub(today) {
	case 0:
		return t.T("home.today")
	case 1:
		return t.T("home.tomorrow")
	}
	return t.DayNear(due, today)
}

// promises are the milestones whose day, as the buyer named it, has passed.
func promises(v *visit, m *forecast.Model) homeSection {
	section := homeSection{ID: "promised", Heading: v.t("home.promised"), Intro: v.text.Sentence("home.promised_intro"), Muted: true}
	lines := v.open.lines.ofOpen(m)
	for i := range lines {
		l := &lines[i]
		for _, broken := range l.Deal.PromisesPassed(v.today) {
			line := homeLine{
				What: []Piece{l.link()}, Side: v.text.DayNear(broken.Day, v.today),
				Small: v.text.Sentence("home.small_promise", lowerFirst(milestoneName(m.Team(), l.Deal.Process(), broken.Milestone)), l.seller),
			}
			if len(section.Lines) < fewStalls {
				section.Lines = append(section.Lines, line)
			} else {
				section.More = append(section.More, line)
			}
		}
	}
	section.MoreSay = v.t("deals.more", len(section.More))
	return section
}

// stallingSoon are the deals whose normal wait ends within a week, with the chance before and after.
func stallingSoon(v *visit, m *forecast.Model) homeSection {
	section := homeSection{ID: "soon", Heading: v.t("home.soon"), Intro: v.text.Sentence("home.soon_intro"), Muted: true}
	lines := v.open.lines.ofOpen(m)
	var list []*dealLine
	for i := range lines {
		if lines[i].StallsSoon() {
			list = append(list, &lines[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *dealLine) int { return cmp.Compare(a.StallsIn, b.StallsIn) })
	for _, l := range list[:min(len(list), fewStalls)] {
		small := []string{l.waitsFor(v, m), v.worth(l), l.seller}
		line := homeLine{
			What: []Piece{l.link()}, Side: fromTo(v.text, l.Chance.Chance, l.IfStalled),
			Small: []Piece{{Text: dots(small) + " · "}, {Text: v.inDays(l.StallsIn), Strong: l.StallsIn == 1}},
		}
		section.Lines = append(section.Lines, line)
	}
	// Standing still may, in a team's own deals, not have made a difference yet: then the sentence promises none.
	if slices.ContainsFunc(list, func(l *dealLine) bool { return l.IfStalled >= l.Chance.Chance }) {
		section.Intro = v.text.Sentence("home.soon_counts")
	}
	if len(list) > fewStalls {
		section.All = Cell{Text: v.t("home.all", len(list)), Href: dealsAsk{}.href("stalled", stallsSoon)}
	}
	return section
}

// waitsFor says which milestone comes next.
func (l *dealLine) waitsFor(v *visit, m *forecast.Model) string {
	if l.Next == "" {
		return v.t("home.all_passed")
	}
	return v.t("home.next_is", lowerFirst(milestoneName(m.Team(), l.Deal.Process(), l.Next)))
}

// worth is a deal's value in words.
func (v *visit) worth(l *dealLine) string {
	if l.Deal.Now.Value == nil {
		return ""
	}
	return v.text.Whole(minor(l.Value, v.brief.currency))
}

func (v *visit) inDays(n int) string {
	if n == 1 {
		return v.t("home.tomorrow")
	}
	return v.t("home.in_days", n)
}

// dots puts small remarks into a line; empty ones are left out.
func dots(words []string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " · ")
}

// stalledLong are the deals that have waited more than twice as long as is normal, those with the highest values first.
func stalledLong(v *visit, m *forecast.Model) homeSection {
	section := homeSection{ID: "stalled", Heading: v.t("home.stalled")}
	lines := v.open.lines.ofOpen(m)
	n, worth := 0, 0.0
	for i := range lines {
		l := &lines[i]
		if !l.LongStalled() {
			continue
		}
		n++
		worth += l.Value
		if n <= fewStalled {
			section.Lines = append(section.Lines, homeLine{
				What: []Piece{l.link()}, Small: []Piece{{Text: dots([]string{v.t("home.waited", l.Waited, l.Patience.Days), l.seller})}}, Side: v.worth(l),
			})
		}
	}
	section.Intro = v.text.Sentence("home.stalled_intro", n, v.text.Whole(minor(worth, v.brief.currency)))
	if n > fewStalled {
		section.All = Cell{Text: v.t("home.all", n), Href: dealsAsk{}.href("stalled", longStalled)}
	}
	return section
}
