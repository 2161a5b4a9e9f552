package sales

import (
	"strings"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/register"
)

// CorrectOpening says anew on which day the deal was opened. The day from which it counts stays, but for history: what is history already,
// and in the first days of a file what is older than it, counts from the day on which it happened (model, section 1). A zero day leaves it.
func (d *Deal) CorrectOpening(on process.Date, base []process.EventID, today process.Date) ([]process.Fact, error) {
	heads := d.openedOn.HeadIDs(process.FarFuture, d.Retractions())
	if on.IsZero() || on == d.Now.Opened && !register.Resolves(base, heads) {
		return nil, nil
	}
	if err := process.CheckDay("opened", on, today); err != nil {
		return nil, err
	}
	if c := d.Now.Close; c != nil && on > c.On {
		return nil, process.Wrong("opened", "deal.opened_after_closing", c.On)
	}
	return []process.Fact{&process.OpeningCorrected{Stamp: d.openingStamp(on, today, register.OrHeads(base, heads)), Deal: d.ID, On: on}}, nil
}

// openingStamp is the stamp of a correction of the opening day that is recorded today.
func (d *Deal) openingStamp(on, today process.Date, base []process.EventID) process.Stamp {
	if s := d.team.stamp(on, today, base...); s.History || d.History() {
		return process.Stamp{Known: on, History: true, Base: base}
	}
	known, _ := d.Opened()
	return process.Stamp{Known: min(known, today), Base: base}
}

// openingCorrection is the correction of the opening day that stands. It counts as if it had been known all along, so no day is asked for. People
// make corrections and imports do not, so no import takes one back.
func (d *Deal) openingCorrection() (e register.Entry[process.Date], ok bool) {
	if len(d.openedOn.Entries()) == 0 {
		return e, false
	}
	return d.openedOn.EntryOn(process.FarFuture, register.NewRetractions(&d.undones, nil, nil))
}

// restampOpening lets the opening, and the first value of each field, count from the day that the standing correction names.
func (d *Deal) restampOpening() {
	if len(d.openedOn.Entries()) == 0 {
		return
	}
	c, corrected := d.openingCorrection()
	for i := range d.opened.Entries() {
		e := &d.opened.Entries()[i]
		stamp := e.Value.Stamp
		if corrected {
			stamp.Known, stamp.History = c.Stamp.Known, c.Stamp.History
		}
		e.Stamp = &stamp
		d.name.Restamp(e.ID, &stamp)
		d.customer.Restamp(e.ID, &stamp)
		d.seller.Restamp(e.ID, &stamp)
		d.value.Restamp(e.ID, &stamp)
		d.expected.Restamp(e.ID, &stamp)
		d.moved.Restamp(e.ID, &stamp)
		d.opinion.Restamp(e.ID, &stamp)
	}
}

// Begun is what is known of a deal beyond its own fields when it is entered: how far its customer has come, whom one talks to, what is
// planned.
type Begun struct {
	Reached   []process.MilestoneID
	ReachedOn process.Date
	Evidence  process.Evidence
	Contact   ContactForm // without a name: nobody
	Next      activities.Activity
	Source    string
}

// begin records it for a deal that is being opened.
func (t *Team) begin(b Begun, version *Version, opened *process.DealOpened, m Env) ([]process.Fact, error) {
	var p process.Problems
	p.Text("source", b.Source, 0, process.MaxName)
	p.Text("next", b.Next.Text, 0, process.MaxName)
	if b.Next.Text == "" && !b.Next.Due.IsZero() {
		p.Add("next", "deal.next_needs_text")
	}
	// A deal of its own, which nobody else sees, so that what is asked of any deal is asked of this one.
	d := newDeal(opened.Deal, t)
	d.Now = Current{Exists: true, Customer: opened.Customer, Process: opened.Process, Version: version.ID, Opened: opened.On}
	facts, err := d.ReachSeveral(b.Reached, ReachInput{On: b.ReachedOn, Evidence: b.Evidence}, m.Today)
	if err != nil {
		p.Join(err)
	}
	if strings.TrimSpace(b.Contact.Name+b.Contact.Role+b.Contact.Email+b.Contact.Phone) != "" {
		_, more, err := d.AddContact(b.Contact, m)
		if err != nil {
			p.Join(err)
		}
		facts = append(more, facts...)
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	stamp := process.Stamp{Known: opened.Known, History: opened.History}
	if source := strings.TrimSpace(b.Source); source != "" {
		facts = append(facts, &process.SourceSet{Stamp: stamp, Deal: d.ID, Source: source})
	}
	if text := strings.TrimSpace(b.Next.Text); text != "" {
		facts = append(facts, &process.NextStepSet{Stamp: process.Stamp{Known: m.Today}, Deal: d.ID, Text: text, Due: b.Next.Due})
	}
	return facts, nil
}

// Sources are the ways in which deals have come to the team, at most so many.
func (t *Team) Sources(most int) []string {
	seen := map[string]bool{"": true}
	var list []string
	for _, d := range t.ordered {
		if key := process.FoldName(d.Now.Source); !seen[key] && len(list) < most {
			seen[key] = true
			list = append(list, d.Now.Source)
		}
	}
	return list
}
