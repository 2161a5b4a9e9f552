package example

import (
	"fmt"
	"time"

	"milstolpe/process"
	"milstolpe/process/hlc"
	"milstolpe/process/sales"
)

// Seed is the company that the program shows.
const Seed = 5

// Act records what decide says, in the name of a person at a moment: it asks decide with the team as it is after everything before, and
// brings the facts into that team before it returns.
type Act func(at time.Time, person string, decide func(*sales.Team) ([]process.Fact, error)) error

// Play tells the story in the order in which it was recorded, from the founding of the file, early in the quarter three years ago, to the
// day before today. lang is "sv" or "en".
func Play(lang string, seed uint64, today process.Date, act Act) error {
	c, err := tell(lang, seed, today)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		zone = time.UTC
	}
	ids := c.dice.fork("identities"+lang, int(today))
	for n, e := range c.inOrder() {
		day := c.first.AddDays(e.day)
		at := time.Date(day.Year(), day.Month(), day.Day(), 0, e.minute, n%60, 0, zone)
		moment := sales.Env{Today: day, NewID: func() string {
			id, err := process.NewID(at, ids)
			if err != nil { // dice never run out
				panic(err)
			}
			return id
		}}
		err := act(at, e.person, func(t *sales.Team) ([]process.Fact, error) { return e.do(t, moment) })
		if err != nil {
			return fmt.Errorf("the example company, %s on %s: %w", e.person, day, err)
		}
	}
	return nil
}

// tell makes the whole story up.
func tell(lang string, seed uint64, today process.Date) (*company, error) {
	t, err := textsIn(lang)
	if err != nil {
		return nil, err
	}
	// Not the first days of the quarter: a whole first quarter would count as one in which all wins came from deals that nobody had yet.
	first := process.Calendar{}.Period(process.Quarter, process.NewDate(today.Year()-3, today.Month(), today.Day())).Start.AddDays(9).Monday() + 7
	c := &company{t: t, dice: rng{seed}, first: first, last: today.Sub(first) - 1}
	c.happen()
	c.found()
	c.quarters()
	for _, one := range c.deals {
		if one.alive() {
			c.recorded(one)
		}
	}
	c.meetings()
	return c, nil
}

// Events are all events of the story, in the order of their keys, from one writer for each person; each writer's first event
// introduces them. Payloads are what process.MarshalFact makes of the facts, so the keys fit them.
func Events(lang string, seed uint64, today process.Date) ([]process.Event, error) {
	r := &recording{team: sales.NewTeam(), ids: rng{seed}.fork("writers"+lang, int(today)), writers: map[string]process.Writer{}}
	err := Play(lang, seed, today, r.act)
	return r.events, err
}

// recording is an Act that keeps the events.
type recording struct {
	team    *sales.Team
	clock   hlc.Clock
	ids     *rng
	writers map[string]process.Writer
	events  []process.Event
}

func (r *recording) act(at time.Time, person string, decide func(*sales.Team) ([]process.Fact, error)) error {
	facts, err := decide(r.team)
	if err != nil || len(facts) == 0 {
		return err
	}
	w, known := r.writers[person]
	if !known {
		if _, err := r.ids.Read(w[:]); err != nil {
			return err
		}
		r.writers[person] = w
		hello := &process.WriterIntroduced{Stamp: process.Stamp{Known: process.DateOf(at)}, Person: person}
		facts = append([]process.Fact{hello}, facts...)
	}
	from := len(r.events)
	for _, f := range facts {
		payload, err := process.MarshalFact(f)
		if err != nil {
			return err
		}
		r.events = append(r.events, process.Event{ID: process.NewEventID(uint64(r.clock.Next(at)), w, payload), Fact: f})
	}
	r.team.Apply(r.events[from:]...)
	return nil
}
