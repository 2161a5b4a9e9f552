package example

import (
	"strconv"
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// milestones writes down what the buyer does, as late as the seller does that, in the order in which it happened.
func (w *recorder) milestones() {
	day := w.opens
	for i, t := range w.turns {
		late := w.habits(t.day).notes(w.d)
		if t.what == closed {
			late = min(late, 5)
		}
		day = w.workday(max(day, t.day+late))
		switch t.what {
		case reached:
			w.slip(i, day)
			w.reach(t, day)
			w.promise(i, day)
			w.plan(t, day)
		case waived:
			w.waive(t, day)
		case mistaken:
			w.reach(t, day)
			day = w.workday(day + 1)
			w.withdraw(t, day, true)
		case withdrawn:
			w.withdraw(t, day, false)
		case closed:
			w.end(i, day)
			w.shut = append(w.shut, [2]int{day, never})
		case reopened:
			w.shut[len(w.shut)-1][1] = day
			w.reopen(day)
		}
	}
}

// next is the minute after the last milestone of the day.
func (w *recorder) next(day int) int {
	at := w.minute[day]
	if at == 0 {
		at = 15*60 + w.d.between(0, 60)
	}
	w.minute[day] = at + 2
	return at
}

// who is the person at the buyer who has to do with a milestone.
func (w *recorder) who(key process.MilestoneID) contact {
	switch key {
	case "budget_set_aside", "terms_accepted", "renewal_terms_accepted":
		return w.customer.contacts[1]
	case "solution_approved", "own_people_named", "colleague_brought":
		return w.customer.contacts[w.d.between(0, 1)*2]
	}
	return w.customer.contacts[0]
}

func (w *recorder) reach(t turn, day int) {
	who := w.who(t.key)
	texts := w.t.Evidence[string(t.key)]
	evidence := process.Evidence{Text: about(pick(w.d, texts), who)}
	if w.d.chance(0.08) {
		evidence.Link = "https://arkiv.hedlunda.example/" + string(t.key)
	}
	if d := w.company.dice.fork("mail", 1000*w.number+day); d.chance(0.3) && len(w.t.Mails[string(t.key)]) > 0 {
		evidence = process.Evidence{Text: w.mailed(pick(d, w.t.Mails[string(t.key)]), t.day)}
	}
	bare := !w.d.chance(w.habits(day).evidence)
	on := w.first.AddDays(t.day)
	again := w.d.chance(0.03)
	w.by(day, w.next(day), w.onDeal(func(d *sales.Deal, m sales.Env) ([]process.Fact, error) {
		given := evidence
		if ms, ok := d.Version().Definition.Milestone(t.key); !ok {
			return nil, nil // the version that the deal follows does not ask for it yet
		} else if bare && ms.Evidence != process.EvidenceRequired {
			given = process.Evidence{}
		}
		return reaching(d, sales.ReachInput{Milestone: t.key, On: on, Evidence: given}, who, m)
	}))
	if again { // looked at it once more and found where it lies
		w.by(day, w.next(day), w.onDeal(func(d *sales.Deal, m sales.Env) ([]process.Fact, error) {
			mark, ok := d.MarkOn(t.key, m.Today)
			if !ok {
				return nil, nil
			}
			found := process.Evidence{Text: evidence.Text, Link: "https://arkiv.hedlunda.example/" + string(d.ID)}
			return d.Correct(sales.ReachInput{Milestone: t.key, On: mark.On, Contact: mark.Contact, Evidence: found}, m.Today)
		}))
	}
}

// mailed is what is kept of a mail that somebody dropped on the deal.
func (w *recorder) mailed(mail string, day int) string {
	subject, line, _ := strings.Cut(mail, "|")
	on := w.first.AddDays(day)
	return strings.NewReplacer(
		"{day}", strconv.Itoa(on.Day()), "{month}", w.t.Months[on.Month()-1], "{year}", strconv.Itoa(on.Year()), "{subject}", subject, "{line}", line,
	).Replace(w.t.Mail)
}

// reaching marks a milestone and, where they are new, the person at the buyer.
func reaching(d *sales.Deal, r sales.ReachInput, who contact, m sales.Env) ([]process.Fact, error) {
	id, facts, err := d.AddContact(sales.ContactForm{Name: who.name, Role: who.role, Email: who.email, Phone: who.phone}, m)
	if err != nil {
		return nil, err
	}
	r.Contact = id
	more, err := d.Reach(r, m.Today)
	return append(facts, more...), err
}

// slip marks the milestone after this one by mistake, and takes that back at once.
func (w *recorder) slip(i, day int) {
	if !w.d.chance(0.008) || i+1 >= len(w.turns) || w.turns[i+1].what != reached || isOptional(w.turns[i+1].key) {
		return
	}
	key, who := w.turns[i+1].key, w.customer.contacts[0]
	w.by(day, w.next(day), w.onDeal(func(d *sales.Deal, m sales.Env) ([]process.Fact, error) {
		return reaching(d, sales.ReachInput{Milestone: key, On: m.Today, Evidence: process.Evidence{Text: who.name}}, who, m)
	}))
	w.by(day, w.next(day), w.undoing(func(d *sales.Deal, m sales.Env) (marked []process.Event) {
		for _, id := range d.MarkIDs(key, m.Today) {
			marked = append(marked, process.Event{ID: id, Fact: &process.MilestoneReached{Stamp: process.Stamp{Known: m.Today}, Deal: d.ID, Milestone: key}})
		}
		return marked
	}))
}

// promise notes the day that the buyer has named for what comes next.
func (w *recorder) promise(i, day int) {
	next, named := process.MilestoneID(""), false
	for g, s := range w.course.stages[:len(w.course.stages)-1] {
		if s.key == w.turns[i].key {
			next, named = w.course.stages[g+1].key, w.course.stages[g+1].named
		}
	}
	if next == "" || !named || !w.d.chance(0.45) {
		return
	}
	promised := day + w.d.between(10, 30)
	for _, t := range w.turns[i+1:] {
		if t.what == reached && t.key == next {
			promised = max(day+2, t.day+w.d.between(-8, 2))
			break
		}
	}
	to := w.first.AddDays(w.workday(promised))
	w.by(day, w.next(day), w.onDeal(func(d *sales.Deal, m sales.Env) ([]process.Fact, error) {
		return d.Promise(next, to, nil, m.Today)
	}))
}

func (w *recorder) waive(t turn, day int) {
	reasons := w.t.Waived[string(t.key)]
	reason := about(pick(w.d, reasons), w.customer.contacts[0])
	w.by(day, w.next(day), w.onDeal(func(d *sales.Deal, m sales.Env) ([]process.Fact, error) {
		return d.Waive(t.key, reason, m.Today)
	}))
}

func (w *recorder) withdraw(t turn, day int, mistake bool) {
	reasons := w.t.Withdrawn
	if mistake {
		reasons = w.t.Mistaken
	}
	reason := about(pick(w.d, reasons), w.customer.contacts[0])
	w.by(day, w.next(day), w.onDeal(func(d *sales.Deal, m sales.Env) ([]process.Fact, error) {
		return d.Withdraw(t.key, process.EventID{}, mistake, reason, m.Today)
	}))
}

func (w *recorder) reopen(day int) {
	reason := about(pick(w.d, w.t.Reopened), w.customer.contacts[0])
	w.by(day, w.next(day), w.onDeal(func(d *sales.Deal, m sales.Env) ([]process.Fact, error) {
		return d.Reopen(reason, m.Today)
	}))
}
