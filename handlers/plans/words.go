package plans

import (
	"slices"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

// wordsForm changes how the plan is worded, and takes the days that the buyer has answered with. The lists have a value for each milestone
// that remains, in the same order.
type wordsForm struct {
	Intro   string   `form:"intro" validate:"max=10000" label:"plan.intro_label"`
	Closing string   `form:"closing" validate:"max=10000" label:"plan.closing_label"`
	Key     []string `form:"key"`
	What    []string `form:"what"`
	Who     []string `form:"who"`
	Ours    []string `form:"ours"`
	Day     []string `form:"day"`
	DayBase []string `form:"day_base"`
	LeaveIn []string `form:"leave_in"` // keys
	Base    string   `form:"base"`

	Rows   []wordsRow
	Faults parts.FieldErrors
}

// wordsRow is the part of the form about one milestone.
type wordsRow struct {
	Key, Legend          string
	What, Who, Ours, Day string
	DayBase              string
	LeaveIn              bool
	DayFault             string
}

// newWordsForm is the form with the plan as it stands.
func newWordsForm(w planView) *wordsForm {
	plan, heads := w.d.Plan()
	doc := w.document()
	f := &wordsForm{Intro: doc.Intro, Closing: plan.Closing, Base: web.EncodeBase(heads)}
	for _, l := range doc.Lines {
		_, days := w.d.Promised(l.Milestone)
		f.Rows = append(f.Rows, wordsRow{
			Key: string(l.Milestone), What: l.What, Who: l.Who, Ours: l.Ours, Day: l.on.String(), DayBase: web.EncodeBase(days), LeaveIn: !l.LeftOut,
		})
	}
	return f
}

// name says for each part of the form which milestone it is about.
func (f *wordsForm) name(doc document) {
	for i := range f.Rows {
		for _, l := range doc.Lines {
			if string(l.Milestone) == f.Rows[i].Key {
				f.Rows[i].Legend = l.byProcess.What
			}
		}
	}
}

// rows puts the lists of the form together again.
func (f *wordsForm) rows() (rows []wordsRow) {
	at := func(list []string, i int) string {
		if i < len(list) {
			return strings.TrimSpace(strings.ReplaceAll(list[i], "\r\n", "\n"))
		}
		return ""
	}
	for i, key := range f.Key {
		rows = append(rows, wordsRow{
			Key: key, What: at(f.What, i), Who: at(f.Who, i), Ours: at(f.Ours, i), Day: at(f.Day, i), DayBase: at(f.DayBase, i),
			LeaveIn: slices.Contains(f.LeaveIn, key),
		})
	}
	return rows
}

func saveWords(v *web.Request) error {
	f := &wordsForm{}
	err := v.Read(f)
	f.Rows = f.rows()
	var events []process.Event
	if err == nil {
		events, err = act(v, f.decide)
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults = faults
		page, err := newPlanPage(v, f)
		if err != nil {
			return err
		}
		return v.Reject(faults, "plan", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.PlanPath(v.DealID()), events, v.T("plan.saved"))
}

// decide records the wording where it differs from the process, and the days that are new.
func (f *wordsForm) decide(w planView) ([]process.Fact, error) {
	d, doc := w.d, w.document()
	have, _ := d.Plan()
	plan := process.Plan{Closing: f.Closing}
	if have.Intro != "" || f.Intro != doc.Intro {
		plan.Intro = f.Intro
	}
	plan.Lines = slices.DeleteFunc(slices.Clone(have.Lines), func(l process.PlanLine) bool {
		return slices.Contains(f.Key, string(l.Milestone)) // the form says it anew; what was reached meanwhile keeps its words
	})
	var days []process.Fact
	var faults process.Problems
	for i, row := range f.Rows {
		at := slices.IndexFunc(doc.Lines, func(l docLine) bool { return string(l.Milestone) == row.Key })
		if at < 0 {
			continue // reached meanwhile
		}
		plan.Lines = append(plan.Lines, row.differing(doc.Lines[at].byProcess))
		day, err := web.ReadDay("day", row.Day)
		if err != nil {
			f.Rows[i].DayFault = w.T("form.day")
			faults.Add("day-"+row.Key, "form.day")
			continue
		}
		facts, err := d.Promise(process.MilestoneID(row.Key), day, web.DecodeBase(row.DayBase), w.Today)
		if err != nil {
			return nil, err
		}
		days = append(days, facts...)
	}
	if err := faults.OrNil(); err != nil {
		return nil, err
	}
	facts, err := d.WordPlan(plan, web.DecodeBase(f.Base), w.Today)
	return append(facts, days...), err
}

// differing is what of the row is not as the process has it.
func (r wordsRow) differing(usual process.PlanLine) process.PlanLine {
	l := process.PlanLine{Milestone: usual.Milestone, Who: r.Who, LeftOut: !r.LeaveIn}
	if r.What != usual.What {
		l.What = r.What
	}
	if r.Ours != usual.Ours {
		l.Ours = r.Ours
	}
	return l
}
