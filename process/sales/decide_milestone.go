package sales

import (
	"strings"

	"milstolpe/process"
	"milstolpe/process/register"
)

// ReachInput is what the form for a reached milestone asks for.
type ReachInput struct {
	Milestone process.MilestoneID
	On        process.Date
	Contact   process.ContactID
	Evidence  process.Evidence
	Mark      process.EventID // which report a correction is of; zero for the one that stands
}

// Reach decides whether a milestone may be marked as reached. Saying it twice gives no facts and no error. A closed deal takes what was there
// when it closed and had not been noted: it moves no chance any more (model, section 2), and tells how deals are won.
func (d *Deal) Reach(r ReachInput, today process.Date) ([]process.Fact, error) {
	ms, err := d.milestoneOf(r.Milestone)
	if err != nil {
		return nil, err
	}
	if mark, ok := d.MarkOn(r.Milestone, process.FarFuture); ok && !mark.Waived {
		return nil, nil
	}
	var p process.Problems
	if err := d.checkReachedOn("on", r.On, today); err != nil {
		p.Join(err)
	}
	r.Evidence.Check(ms, &p)
	d.checkWho(ms, r.Contact, &p)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	reached := &process.MilestoneReached{
		Stamp: d.team.stamp(r.On, today), Deal: d.ID, Milestone: r.Milestone, On: r.On, Contact: r.Contact, Evidence: r.Evidence,
	}
	return append([]process.Fact{reached}, d.standsBehind(ms, r.Contact, today)...), nil
}

// checkReachedOn refuses a day on which the buyer cannot have done anything for the deal: one to come, or after its close.
func (d *Deal) checkReachedOn(field string, on, today process.Date) error {
	if c := d.Now.Close; c != nil && on > c.On {
		return process.Wrong(field, "milestone.after_closing", c.On)
	}
	return process.CheckDay(field, on, today)
}

// openMilestone finds a milestone of an open deal's version.
func (d *Deal) openMilestone(key process.MilestoneID) (*process.Milestone, error) {
	if d.Now.Close != nil {
		return nil, &process.Error{Kind: process.Invalid, Msg: "deal.already_closed"}
	}
	return d.milestoneOf(key)
}

// milestoneOf finds a milestone of the deal's version.
func (d *Deal) milestoneOf(key process.MilestoneID) (*process.Milestone, error) {
	v := d.Version()
	if v == nil {
		return nil, process.Missing("process.none_published")
	}
	ms, ok := v.Definition.Milestone(key)
	if !ok {
		return nil, process.Missing("milestone.not_in_process", string(key))
	}
	return ms, nil
}

// Version is the version of the process that the deal follows now; the process's current one where the deal names none.
func (d *Deal) Version() *Version {
	if v, ok := d.team.versions[d.Now.Version]; ok {
		return v
	}
	return d.team.currentVersion(d.Process())
}

// Waive skips a required milestone, with a written reason.
func (d *Deal) Waive(key process.MilestoneID, reason string, today process.Date) ([]process.Fact, error) {
	ms, err := d.openMilestone(key)
	if err != nil {
		return nil, err
	}
	if !ms.Required {
		return nil, process.Wrong("reason", "milestone.optional_needs_no_waiver")
	}
	if err := process.CheckText("reason", reason, 1, process.MaxText); err != nil {
		return nil, err
	}
	if _, ok := d.MarkOn(key, process.FarFuture); ok {
		return nil, nil
	}
	return []process.Fact{&process.MilestoneWaived{Stamp: process.Stamp{Known: today}, Deal: d.ID, Milestone: key, Reason: strings.TrimSpace(reason)}}, nil
}

// report finds one of the reports of a milestone; zero means the one that stands.
func (d *Deal) report(key process.MilestoneID, id process.EventID) (Mark, bool) {
	for _, m := range d.ReportsOn(key, process.FarFuture) {
		if id.IsZero() || m.ID == id {
			return m, true
		}
	}
	return Mark{}, false
}

// Withdraw takes a report that a milestone was reached or waived back: news from the buyer, or a mistake of ours. A zero mark means the
// report that stands. What somebody else has reported of the same milestone stays.
func (d *Deal) Withdraw(key process.MilestoneID, mark process.EventID, mistake bool, reason string, today process.Date) ([]process.Fact, error) {
	meant, ok := d.report(key, mark)
	if !d.MarkOpen(meant) {
		return nil, &process.Error{Kind: process.Invalid, Msg: "deal.already_closed"}
	}
	if err := process.CheckText("reason", reason, 1, process.MaxText); err != nil {
		return nil, err
	}
	if !ok {
		return nil, nil
	}
	return []process.Fact{&process.MilestoneWithdrawn{
		Stamp: process.Stamp{Known: today, Base: []process.EventID{meant.ID}}, Deal: d.ID, Milestone: key, Mistake: mistake, Reason: strings.TrimSpace(reason),
	}}, nil
}

// MarkOpen tells whether a mark may be taken back: of an open deal any, of a closed one what was noted when it had closed.
func (d *Deal) MarkOpen(m Mark) bool {
	return d.Now.Close == nil || m.Stamp != nil && !m.Waived && d.Now.Close.ID.Before(m.ID)
}

// Correct mends date, person or evidence of a reached milestone. The day it became known stays.
func (d *Deal) Correct(r ReachInput, today process.Date) ([]process.Fact, error) {
	mark, ok := d.report(r.Milestone, r.Mark)
	if !ok || mark.Waived {
		return nil, process.Missing("milestone.not_reached")
	}
	var p process.Problems
	if err := d.checkReachedOn("on", r.On, today); err != nil {
		p.Join(err)
	}
	if v := d.Version(); v != nil {
		if ms, ok := v.Definition.Milestone(r.Milestone); ok {
			r.Evidence.Check(ms, &p)
			d.checkWho(ms, r.Contact, &p)
		}
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	if mark.On == r.On && mark.Contact == r.Contact && mark.Evidence == r.Evidence {
		return nil, nil
	}
	return []process.Fact{&process.MilestoneCorrected{
		Stamp: process.Stamp{Known: mark.Stamp.Known, History: mark.Stamp.History, Base: d.MendIDs(mark.ID)},
		Deal:  d.ID, Milestone: r.Milestone, On: r.On, Contact: r.Contact, Evidence: r.Evidence,
	}}, nil
}

// Promise notes the day that the buyer has named for an open milestone; zero takes it away.
func (d *Deal) Promise(key process.MilestoneID, day process.Date, base []process.EventID, today process.Date) ([]process.Fact, error) {
	if _, err := d.openMilestone(key); err != nil {
		return nil, err
	}
	have, heads := d.Promised(key)
	if have == day && !register.Resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.MilestonePromised{Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, heads)}, Deal: d.ID, Milestone: key, Day: day}}, nil
}

// WaitsForPlace tells an open deal of which nobody has said how far its buyer has come, and of which it can be said.
func (d *Deal) WaitsForPlace() bool {
	v := d.Version()
	return d.Now.Exists && d.Now.Close == nil && d.StandingUnknown() && v != nil && len(v.Required) > 0
}

// SayNoneReached notes that the buyer has reached nothing yet, of a deal of which nobody knew. In a new file that counts from the opening.
func (d *Deal) SayNoneReached(today process.Date) ([]process.Fact, error) {
	if d.Now.Close != nil {
		return nil, &process.Error{Kind: process.Invalid, Msg: "deal.already_closed"}
	}
	if !d.StandingUnknown() {
		return nil, nil
	}
	return []process.Fact{&process.NoneReached{Stamp: d.team.stamp(d.Now.Opened, today), Deal: d.ID}}, nil
}

// ReachSeveral marks several milestones as reached on one day with the same evidence. Those that are reached already are left as they are.
func (d *Deal) ReachSeveral(keys []process.MilestoneID, r ReachInput, today process.Date) ([]process.Fact, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	if err := d.checkReachedOn("reached_on", r.On, today); err != nil {
		return nil, err
	}
	var facts []process.Fact
	for _, key := range keys {
		r.Milestone = key
		more, err := d.Reach(r, today)
		if err != nil {
			return nil, err
		}
		facts = append(facts, more...)
	}
	return facts, nil
}
