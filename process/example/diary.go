package example

import (
	"math"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/sales"
)

// recorder is how one deal is written down by those who have it.
type recorder struct {
	*company
	*deal
	d      *rng
	opens  int      // day of recording
	shut   [][2]int // from which day to which it is recorded as closed; the second is past all days where it stays so
	passes int      // the seller who takes over, from the day handed
	handed int
	minute map[int]int // the last minute used by a day's milestones
}

const never = 1 << 20

// recorded writes down a deal from its opening to its end.
func (c *company) recorded(one *deal) {
	w := &recorder{company: c, deal: one, d: c.dice.fork("diary", one.number), handed: never, minute: map[int]int{}}
	w.opens = c.workday(one.opened + min(w.habits(one.opened).notes(w.d), 4))
	if w.d.chance(0.025) && !one.customer.foreign {
		w.handed = one.opened + w.d.between(20, 60)
		w.passes = (one.seller + 1) % norway
	}
	w.open()
	w.milestones()
	w.dates()
	w.values()
	w.ourOwn()
	w.roles()
	w.handOver()
}

// habits are those of the seller who has the deal on the day.
func (w *recorder) habits(day int) *seller {
	if day >= w.handed {
		return &sellers[w.passes]
	}
	return &sellers[w.seller]
}

// by writes an entry in the name of who has the deal on the day.
func (w *recorder) by(day, minute int, do decision) {
	w.write(day, minute, w.habits(day).name, do)
}

// isOpen tells whether the deal stands as open all of the day.
func (w *recorder) isOpen(day int) bool {
	for _, s := range w.shut {
		if day >= s[0] && day <= s[1] {
			return false
		}
	}
	return day > w.opens
}

// closes is the first day on which the deal is recorded as closed for good.
func (w *recorder) closes() int { return w.shut[len(w.shut)-1][0] }

func (w *recorder) open() {
	s := w.habits(w.opened)
	expected := w.first.AddDays(w.workday(w.opened + w.d.days(w.course.length()*s.firstDate, 0.22)))
	value := w.amount(w.worth * w.d.around(s.overValue, 0.1))
	if w.d.chance(0.05) {
		value = nil // not known yet
	}
	one := w.deal
	w.by(w.opens, 9*60+w.d.between(0, 90), one.opening(w.t.Region, func() sales.NewDeal {
		p := w.newBusiness
		if one.renewal {
			p = w.renewals
		}
		return sales.NewDeal{
			Name: one.name, Customer: one.customer.name, Seller: s.name, Process: p, Value: value, ExpectedClose: expected,
			On: w.first.AddDays(one.opened),
		}
	}))
	if who := one.customer.contacts[0]; w.d.chance(0.7) {
		w.by(w.opens, 10*60+35, one.onDeal(func(d *sales.Deal, m sales.Env) ([]process.Fact, error) {
			_, facts, err := d.AddContact(sales.ContactForm{Name: who.name, Role: who.role, Email: who.email, Phone: who.phone}, m)
			return facts, err
		}))
	}
}

// dates moves the expected close when it has come too close, each seller in their own way.
func (w *recorder) dates() {
	d := w.d
	s := w.habits(w.opened)
	day := w.opened + int(w.course.length()*s.firstDate*d.around(0.95, 0.15))
	for range 9 {
		day = w.workday(day + d.between(-4, 6))
		if day >= min(w.closes(), w.company.last+1) {
			return
		}
		s = w.habits(day)
		ahead := d.days(float64(s.push), 0.25)
		if w.isOpen(day) {
			to := w.first.AddDays(w.workday(day + ahead))
			w.by(day, 11*60+d.between(0, 90), w.changing(func(f *sales.DealForm) { f.ExpectedClose = to }))
		}
		day += ahead
	}
}

// values brings the value to what it turns out to be, at the milestone where that becomes clear.
func (w *recorder) values() {
	d := w.d
	for _, t := range w.turns {
		clear := t.key == "solution_approved" || t.key == "need_confirmed"
		if t.what == closed || !clear && t.key != w.course.stages[0].key {
			continue
		}
		day := w.workday(t.day + d.between(0, 6))
		if !w.isOpen(day) {
			continue
		}
		final := w.amount(w.worth * math.Max(1, d.around(1.01, 0.03)))
		certain := clear && d.chance(0.6)
		w.by(day, 13*60+d.between(0, 60), w.changing(func(f *sales.DealForm) {
			if f.Value == nil || certain {
				f.Value = final
			}
		}))
	}
}

// ourOwn writes the journal and the next step, which move nothing.
func (w *recorder) ourOwn() {
	d := w.d
	until := min(w.closes(), w.company.last+1)
	for day := w.opens + d.between(1, 20); day < until; day += d.days(30/w.habits(day).journal, 0.5) {
		on := w.workday(day)
		text := about(pick(d, w.t.Journal), w.customer.contacts[d.between(0, 1)])
		if w.isOpen(on) {
			w.by(on, 14*60+d.between(0, 50), w.onDeal(func(deal *sales.Deal, m sales.Env) ([]process.Fact, error) {
				return deal.WriteJournal(text, m.Today, m.Today)
			}))
		}
	}
	for day := w.opens; day < until; day += d.between(16, 32) {
		w.doneBy(w.planNext(w.workday(day+1), d.between(3, 14)))
	}
	if until > w.company.last && d.chance(0.85) {
		day := w.workday(w.company.last - d.between(2, 8))
		w.done(day, 12*60+20, 0.6, nil)
		w.planNext(day, d.between(5, 18))
	}
}

func (w *recorder) planNext(day, ahead int) (text string, due int) {
	text = about(pick(w.d, w.t.NextSteps), w.customer.contacts[w.d.between(0, 1)])
	due = w.workday(day + ahead)
	at := w.clock(day)
	if w.isOpen(day) {
		w.by(day, 12*60+30+w.d.between(0, 25), w.onDeal(func(deal *sales.Deal, m sales.Env) ([]process.Fact, error) {
			return deal.PlanNext(activities.Activity{Text: text, Due: w.first.AddDays(due), Time: at}, nil, m.Today)
		}))
	}
	return text, due
}

// doneBy says that an activity was done, as two of three are in time.
func (w *recorder) doneBy(text string, due int) {
	d := w.company.dice.fork("done", 1000*w.number+due)
	w.done(w.workday(due-d.between(0, 2)), 14*60+55, 0.65, &text)
}

// done says that the next activity was done, as is likely: the one that is named, or whichever it is.
func (w *recorder) done(day, minute int, likely float64, text *string) {
	if !w.company.dice.fork("likely", 1000*w.number+day).chance(likely) || !w.isOpen(day) || day >= w.closes() {
		return
	}
	w.by(day, minute, w.onDeal(func(deal *sales.Deal, m sales.Env) ([]process.Fact, error) {
		if now := deal.Now.NextStep.Text; now == "" || text != nil && now != *text {
			return nil, nil
		}
		facts, err := deal.WriteJournal(deal.Now.NextStep.Text, m.Today, m.Today)
		if err != nil {
			return nil, err
		}
		cleared, err := deal.PlanNext(activities.Activity{}, nil, m.Today)
		return append(facts, cleared...), err
	}))
}

// clock is the time of day of a meeting or a call that has one: two in five have.
func (w *recorder) clock(day int) process.TimeOfDay {
	d := w.company.dice.fork("clock", 1000*w.number+day)
	if !d.chance(0.4) {
		return ""
	}
	return pick(d, []process.TimeOfDay{"09:00", "09:30", "10:00", "13:00", "13:30", "15:00"})
}

func (w *recorder) handOver() {
	if day := w.workday(w.handed); w.handed != never && w.isOpen(day) && day < w.closes() {
		to := sellers[w.passes].name
		w.write(day, 8*60, manager, w.changing(func(f *sales.DealForm) { f.Seller = to }))
	}
}
