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
	"milstolpe/process/activities"
)

// How much of each list stands on the page at once.
const (
	showFirstDue      = 5
	showFirstStalling = 4
	showFirstStalled  = 4
	showFirstPassed   = 3
	dueWithin         = 7 // days
)

// due are the next activities of the person who uses this computer; of everybody, where that person sells nothing.
func (v homeView) due() homeSection {
	lines := dealindex.Get(v.Request).Open(v.m)
	me, mine := v.seller()
	type planned struct {
		*dealindex.Line
		step activities.Activity
	}
	var list []planned
	for i := range lines {
		l := &lines[i]
		if l.Deal.Now.NextStep.Text == "" || mine && l.Deal.Now.Seller != me {
			continue
		}
		for _, p := range l.Deal.Activities().Planned() {
			if !p.Due.IsZero() && p.Due <= v.Today.AddDays(dueWithin) {
				list = append(list, planned{l, p.Activity})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b planned) int {
		return cmp.Or(cmp.Compare(a.step.Due, b.step.Due), cmp.Compare(a.step.Time, b.step.Time))
	})
	section := homeSection{ID: "due", Heading: v.T("home.due_all")}
	if mine {
		section.Heading = v.T("home.due_mine")
	}
	for i, l := range list {
		line := homeLine{
			What: []i18n.Piece{{Text: l.step.Text, Href: urls.DealPath(l.Deal.ID)}}, Small: []i18n.Piece{{Text: l.Title()}}, Side: dueShort(v.Text, l.step, v.Today),
			Red: l.step.Due <= v.Today,
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

// seller is the person who uses this computer, and whether that person has open deals.
func (v homeView) seller() (me process.PersonID, sells bool) {
	me = v.FileInfo.Me()
	lines := dealindex.Get(v.Request).Open(v.m)
	return me, slices.ContainsFunc(lines, func(l dealindex.Line) bool { return me != "" && l.Deal.Now.Seller == me })
}

// open are the open deals, those of the person who uses this computer first.
func (v homeView) open() []*dealindex.Line {
	lines := dealindex.Get(v.Request).Open(v.m)
	list := make([]*dealindex.Line, len(lines))
	for i := range lines {
		list[i] = &lines[i]
	}
	me, _ := v.seller()
	slices.SortStableFunc(list, func(a, b *dealindex.Line) int { return ownFirst(me, a, b) })
	return list
}

func ownFirst(me process.PersonID, a, b *dealindex.Line) int {
	return web.CompareBool(a.Deal.Now.Seller != me, b.Deal.Now.Seller != me)
}

// closePassed are the deals whose expected close has gone by, the oldest day first.
func (v homeView) closePassed() homeSection {
	section := homeSection{ID: "passed", Heading: v.T("home.passed"), Intro: v.Text.Sentence("home.passed_intro"), Muted: true}
	list := slices.DeleteFunc(v.open(), func(l *dealindex.Line) bool {
		return l.Deal.Now.ExpectedClose.IsZero() || l.Deal.Now.ExpectedClose >= v.Today
	})
	me, _ := v.seller()
	slices.SortStableFunc(list, func(a, b *dealindex.Line) int {
		return cmp.Or(ownFirst(me, a, b), cmp.Compare(a.Deal.Now.ExpectedClose, b.Deal.Now.ExpectedClose))
	})
	for _, l := range list[:min(len(list), showFirstPassed)] {
		section.Lines = append(section.Lines, homeLine{
			What: []i18n.Piece{l.Link()}, Small: []i18n.Piece{{Text: parts.JoinDots([]string{dealindex.ValueText(v.Request, l), l.Seller})}},
			Side: v.Text.DayNear(l.Deal.Now.ExpectedClose, v.Today), Red: true,
		})
	}
	if len(list) > showFirstPassed {
		section.All = parts.Cell{Text: v.T("home.all", len(list)), Href: urls.DealsQuery{}.Href("closes", urls.ClosePassed)}
	}
	return section
}

// unplanned are the deals for which nothing is planned, those with the highest values first.
func (v homeView) unplanned() homeSection {
	section := homeSection{ID: "unplanned", Heading: v.T("home.unplanned")}
	list := slices.DeleteFunc(v.open(), func(l *dealindex.Line) bool { return l.Deal.Now.NextStep.Text != "" })
	for _, l := range list[:min(len(list), showFirstPassed)] {
		section.Lines = append(section.Lines, homeLine{
			What: []i18n.Piece{l.Link()}, Small: []i18n.Piece{{Text: parts.JoinDots([]string{l.WaitsFor(v.Text, v.m), l.Seller})}}, Side: dealindex.ValueText(v.Request, l),
		})
	}
	if len(list) > showFirstPassed {
		section.All = parts.Cell{Text: v.T("home.all", len(list)), Href: urls.DealsQuery{}.Href("planned", urls.NonePlanned)}
	}
	return section
}

// dueShort is the day at the side of a line: i dag, i morgon, 3 juli.
func dueShort(t *i18n.Text, step activities.Activity, today process.Date) string {
	day := t.DayNear(step.Due, today)
	switch step.Due.Sub(today) {
	case 0:
		day = t.T("home.today")
	case 1:
		day = t.T("home.tomorrow")
	}
	if clock := t.TimeOfDay(step.Time); clock != "" {
		day += " " + clock
	}
	return day
}

// promises are the milestones whose day, as the buyer named it, has passed.
func (v homeView) promises() homeSection {
	section := homeSection{ID: "promised", Heading: v.T("home.promised"), Intro: v.Text.Sentence("home.promised_intro"), Muted: true}
	for _, l := range v.open() {
		for _, broken := range l.Deal.PromisesPassed(v.Today) {
			line := homeLine{
				What: []i18n.Piece{l.Link()}, Side: v.Text.DayNear(broken.Day, v.Today),
				Small: v.Text.Sentence("home.small_promise", i18n.LowerFirst(wording.MilestoneName(v.m.Team(), l.Deal.Process(), broken.Milestone)), l.Seller),
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
func (v homeView) stallingSoon() homeSection {
	section := homeSection{ID: "soon", Heading: v.T("home.soon"), Intro: v.Text.Sentence("home.soon_intro"), Muted: true}
	list := slices.DeleteFunc(v.open(), func(l *dealindex.Line) bool { return !l.StallsSoon() })
	me, _ := v.seller()
	slices.SortStableFunc(list, func(a, b *dealindex.Line) int { return cmp.Or(ownFirst(me, a, b), cmp.Compare(a.StallsIn, b.StallsIn)) })
	for _, l := range list[:min(len(list), showFirstStalling)] {
		small := []string{l.WaitsFor(v.Text, v.m), dealindex.ValueText(v.Request, l), l.Seller}
		line := homeLine{
			What: []i18n.Piece{l.Link()}, Side: figures.FromTo(v.Text, l.Chance.Chance, l.IfStalled),
			Small: []i18n.Piece{{Text: parts.JoinDots(small) + " · "}, {Text: inDays(v.Text, l.StallsIn), Strong: l.StallsIn == 1}},
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

func inDays(t *i18n.Text, n int) string {
	if n == 1 {
		return t.T("home.tomorrow")
	}
	return t.T("home.in_days", n)
}

// stalledLong are the deals that have waited more than twice as long as is normal, those with the highest values first.
func (v homeView) stalledLong() homeSection {
	section := homeSection{ID: "stalled", Heading: v.T("home.stalled")}
	n, worth := 0, 0.0
	for _, l := range v.open() {
		if !l.LongStalled() {
			continue
		}
		n++
		worth += l.Value
		if n <= showFirstStalled {
			section.Lines = append(section.Lines, homeLine{
				What: []i18n.Piece{l.Link()}, Small: []i18n.Piece{{Text: parts.JoinDots([]string{v.T("home.waited", l.Waited, l.Patience.Days), l.Seller})}}, Side: dealindex.ValueText(v.Request, l),
			})
		}
	}
	section.Intro = v.Text.Sentence("home.stalled_intro", n, v.Text.Whole(figures.Minor(worth, v.FileInfo.Currency)))
	if n > showFirstStalled {
		section.All = parts.Cell{Text: v.T("home.all", n), Href: urls.DealsQuery{}.Href("stalled", urls.LongStalled)}
	}
	return section
}
