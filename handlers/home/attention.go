package home

import (
	"cmp"
	"slices"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// How much of each list stands on the page at once.
const (
	showFirstDue      = 8
	showFirstStalling = 6
	showFirstStalled  = 5
	dueWithin         = 7 // days
)

// due are the next activities of the person who uses this computer; of everybody, where that person sells nothing.
func due(v *web.Request, m *forecast.Model) homeSection {
	lines := dealindex.Get(v).Open(m)
	me, _ := m.Team().PersonByName(v.Open.Person)
	mine := slices.ContainsFunc(lines, func(l dealindex.Line) bool { return me != "" && l.Deal.Now.Seller == me })
	var list []*dealindex.Line
	for i := range lines {
		l := &lines[i]
		step := l.Deal.Now.NextStep
		if step.Text != "" && !step.Due.IsZero() && step.Due <= v.Today.AddDays(dueWithin) && (!mine || l.Deal.Now.Seller == me) {
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(a, b *dealindex.Line) int {
		return cmp.Compare(a.Deal.Now.NextStep.Due, b.Deal.Now.NextStep.Due)
	})
	section := homeSection{ID: "due", Heading: v.T("home.due_all")}
	if mine {
		section.Heading = v.T("home.due_mine")
	}
	for i, l := range list {
		step := l.Deal.Now.NextStep
		line := homeLine{
			What: []i18n.Piece{{Text: step.Text, Href: urls.DealPath(l.Deal.ID)}}, Small: []i18n.Piece{{Text: l.Title()}}, Side: dueShort(v.Text, step.Due, v.Today),
			Red: step.Due <= v.Today,
		}
		if !mine && l.Seller != "" {
			line.Small = append(line.Small, i18n.Piece{Text: " · " + l.Seller})
		}
		if i < showFirstDue {
			section.Lines = append(section.Lines, line)
		} else {
			section.More = append(section.More, line)
		}
	}
	section.MoreSay = v.T("deals.more", len(section.More))
	return section
}

// dueShort is the day at the side of a line: i dag, i morgon, 3 juli.
func dueShort(t *i18n.Text, due, today process.Date) string {
	switch due.Sub(today) {
	case 0:
		return t.T("home.today")
	case 1:
		return t.T("home.tomorrow")
	}
	return t.DayNear(due, today)
}

// promises are the milestones whose day, as the buyer named it, has passed.
func promises(v *web.Request, m *forecast.Model) homeSection {
	section := homeSection{ID: "promised", Heading: v.T("home.promised"), Intro: v.Text.Sentence("home.promised_intro"), Muted: true}
	lines := dealindex.Get(v).Open(m)
	for i := range lines {
		l := &lines[i]
		for _, broken := range l.Deal.PromisesPassed(v.Today) {
			line := homeLine{
				What: []i18n.Piece{l.Link()}, Side: v.Text.DayNear(broken.Day, v.Today),
				Small: v.Text.Sentence("home.small_promise", i18n.LowerFirst(wording.MilestoneName(m.Team(), l.Deal.Process(), broken.Milestone)), l.Seller),
			}
			if len(section.Lines) < showFirstStalling {
				section.Lines = append(section.Lines, line)
			} else {
				section.More = append(section.More, line)
			}
		}
	}
	section.MoreSay = v.T("deals.more", len(section.More))
	return section
}

// stallingSoon are the deals whose normal wait ends within a week, with the chance before and after.
func stallingSoon(v *web.Request, m *forecast.Model) homeSection {
	section := homeSection{ID: "soon", Heading: v.T("home.soon"), Intro: v.Text.Sentence("home.soon_intro"), Muted: true}
	lines := dealindex.Get(v).Open(m)
	var list []*dealindex.Line
	for i := range lines {
		if lines[i].StallsSoon() {
			list = append(list, &lines[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *dealindex.Line) int { return cmp.Compare(a.StallsIn, b.StallsIn) })
	for _, l := range list[:min(len(list), showFirstStalling)] {
		small := []string{l.WaitsFor(v, m), dealindex.ValueText(v, l), l.Seller}
		line := homeLine{
			What: []i18n.Piece{l.Link()}, Side: figures.FromTo(v.Text, l.Chance.Chance, l.IfStalled),
			Small: []i18n.Piece{{Text: parts.JoinDots(small) + " · "}, {Text: inDays(v, l.StallsIn), Strong: l.StallsIn == 1}},
		}
		section.Lines = append(section.Lines, line)
	}
	// Standing still may, in a team's own deals, not have made a difference yet: then the sentence promises none.
	if slices.ContainsFunc(list, func(l *dealindex.Line) bool { return l.IfStalled >= l.Chance.Chance }) {
		section.Intro = v.Text.Sentence("home.soon_counts")
	}
	if len(list) > showFirstStalling {
		section.All = parts.Cell{Text: v.T("home.all", len(list)), Href: urls.DealsQuery{}.Href("stalled", urls.StallsSoon)}
	}
	return section
}

func inDays(v *web.Request, n int) string {
	if n == 1 {
		return v.T("home.tomorrow")
	}
	return v.T("home.in_days", n)
}

// stalledLong are the deals that have waited more than twice as long as is normal, those with the highest values first.
func stalledLong(v *web.Request, m *forecast.Model) homeSection {
	section := homeSection{ID: "stalled", Heading: v.T("home.stalled")}
	lines := dealindex.Get(v).Open(m)
	n, worth := 0, 0.0
	for i := range lines {
		l := &lines[i]
		if !l.LongStalled() {
			continue
		}
		n++
		worth += l.Value
		if n <= showFirstStalled {
			section.Lines = append(section.Lines, homeLine{
				What: []i18n.Piece{l.Link()}, Small: []i18n.Piece{{Text: parts.JoinDots([]string{v.T("home.waited", l.Waited, l.Patience.Days), l.Seller})}}, Side: dealindex.ValueText(v, l),
			})
		}
	}
	section.Intro = v.Text.Sentence("home.stalled_intro", n, v.Text.Whole(figures.Minor(worth, v.FileInfo.Currency)))
	if n > showFirstStalled {
		section.All = parts.Cell{Text: v.T("home.all", n), Href: urls.DealsQuery{}.Href("stalled", urls.LongStalled)}
	}
	return section
}
