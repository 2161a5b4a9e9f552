package importer

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// turnKind is what a change of stage comes down to.
type turnKind uint8

const (
	reaches turnKind = iota
	withdraws
	closes
	reopens
)

// turn is one thing that the moves of a deal come down to, on a day.
type turn struct {
	kind      turnKind
	milestone process.MilestoneID
	outcome   process.Outcome
	on        process.Date
	since     process.Date // of what is taken back: the day it had come
	stage     string       // the stage that took it back
}

// turns follows a deal through its stages. A stage that stands for a milestone says that it is reached, and takes back those that come
// later in the process. What comes and goes within one day is no turn.
func (k *planner) turns(moves []move) []turn {
	var turns []turn
	now := stand{reached: map[process.MilestoneID]process.Date{}}
	for i := 0; i < len(moves); {
		day, before, last := moves[i].on, now.copied(), ""
		for ; i < len(moves) && moves[i].on == day; i++ {
			k.follow1(&now, moves[i])
			last = moves[i].stage
		}
		for key, since := range before.reached {
			if _, still := now.reached[key]; still {
				now.reached[key] = since // gone and back within the day is not gone
			}
		}
		turns = append(turns, k.difference(before, now, day, last)...)
	}
	return turns
}

// stand is where a deal is between two moves: its milestones with the day they came, and how and when it had ended.
type stand struct {
	reached map[process.MilestoneID]process.Date
	ended   process.Outcome
	endedOn process.Date
}

func (s stand) copied() stand {
	reached := make(map[process.MilestoneID]process.Date, len(s.reached))
	for key, on := range s.reached {
		reached[key] = on
	}
	s.reached = reached
	return s
}

// follow1 makes one move.
func (k *planner) follow1(s *stand, m move) {
	meaning, outcome, _ := k.stageOf(m.stage)
	if s.ended != outcome {
		s.ended, s.endedOn = outcome, m.on
	}
	key, ok := meaning.Milestone()
	if !ok {
		return
	}
	if _, there := s.reached[key]; !there {
		s.reached[key] = m.on
	}
	at := k.place(key)
	for other := range s.reached {
		if k.place(other) > at {
			delete(s.reached, other)
		}
	}
}

func (k *planner) place(key process.MilestoneID) int {
	return slices.IndexFunc(k.version.Definition.Milestones, func(m process.Milestone) bool { return m.Key == key })
}

// difference is what changed within a day.
func (k *planner) difference(before, now stand, day process.Date, stage string) []turn {
	var turns []turn
	if before.ended != "" && (now.ended != before.ended || now.endedOn != before.endedOn) {
		turns = append(turns, turn{kind: reopens, outcome: before.ended, on: day, since: before.endedOn, stage: stage})
	}
	for _, m := range k.version.Definition.Milestones {
		was, had := before.reached[m.Key]
		_, has := now.reached[m.Key]
		switch {
		case has && !had:
			turns = append(turns, turn{kind: reaches, milestone: m.Key, on: day})
		case had && !has:
			turns = append(turns, turn{kind: withdraws, milestone: m.Key, on: day, since: was, stage: stage})
		}
	}
	if now.ended != "" && (now.ended != before.ended || now.endedOn != before.endedOn) {
		turns = append(turns, turn{kind: closes, outcome: now.ended, on: day})
	}
	return turns
}

// follow records the turns that are not recorded yet. Taking something back needs the event that said it, so it can only be recorded
// once that is: until then the plan is unfinished.
func (k *planner) follow(r *record, id process.DealID, d *sales.Deal) {
	for i, t := range r.turns {
		switch t.kind {
		case reaches:
			if d == nil || !listSaid(d, step{key: t.milestone, on: t.on}) {
				k.step(id, step{key: t.milestone, on: t.on})
			}
		case withdraws:
			k.takeBack(id, d, t)
		case closes:
			k.followClose(r, id, d, t, i == len(r.turns)-1)
		case reopens:
			k.followReopening(id, d, t)
		}
	}
}

func (k *planner) takeBack(id process.DealID, d *sales.Deal, t turn) {
	var ids []process.EventID
	if d != nil {
		for i := range d.Marks() {
			if m := &d.Marks()[i]; m.Milestone == t.milestone && m.On == t.since && m.Stamp.Import != "" && !m.Waived {
				ids = append(ids, m.ID)
			}
		}
	}
	if len(ids) == 0 {
		k.plan.Unfinished = true
		return
	}
	for _, e := range d.Withdrawals() {
		if slices.Contains(e.Stamp.Base, ids[0]) {
			return
		}
	}
	k.add(&process.MilestoneWithdrawn{Stamp: k.history(t.on, ids...), Deal: id, Milestone: t.milestone, Reason: t.stage})
}

func (k *planner) followClose(r *record, id process.DealID, d *sales.Deal, t turn, last bool) {
	on := t.on
	if last {
		on = r.closed
	}
	if d != nil && (listedClose(d, t.outcome, on) != nil || last && d.Now.Close != nil && r.closedAs(d.Now.Close, d)) {
		return
	}
	stamp := k.history(t.on)
	if !last {
		k.add(&process.DealClosed{Stamp: stamp, Deal: id, Outcome: t.outcome, On: t.on})
		return
	}
	if d != nil && d.Now.Close != nil { // the list knows better than what it said before, or another one did
		stamp.Base = d.CloseHeads()
	}
	k.add(r.closing(id, stamp))
}

func (k *planner) followReopening(id process.DealID, d *sales.Deal, t turn) {
	var closed *sales.Close
	if d != nil {
		closed = listedClose(d, t.outcome, t.since)
	}
	switch {
	case closed == nil:
		k.plan.Unfinished = true
	case !d.CloseWithdrawn(closed.ID, process.FarFuture):
		k.add(&process.DealReopened{Stamp: k.history(t.on, closed.ID), Deal: id, Reason: t.stage})
	}
}

// listedClose is the close of that kind and day that a list has brought, whatever became of it.
func listedClose(d *sales.Deal, o process.Outcome, on process.Date) *sales.Close {
	for i := range d.Closings() {
		if e := &d.Closings()[i]; e.Stamp.Import != "" && e.Value.Outcome == o && e.Value.On == on && e.EffectiveOn(process.FarFuture, d.Retractions()) {
			return &e.Value
		}
	}
	return nil
}
