package db

import (
	"errors"

	"milstolpe/process"
)

// NewFromEvents makes a file at a path where there is none, out of events that were made elsewhere, and opens it. They are a whole history:
// in the order of their keys, each writer's from its first one on, and one of them founds the team. It is for made-up companies;
// what people recorded comes in by Merge.
func NewFromEvents(path string, events []process.Event, o Options) (*File, error) {
	full, err := o.complete()
	if err != nil {
		return nil, err
	}
	if path, err = absolute(path); err != nil {
		return nil, err
	}
	dataset := ""
	t := newTally()
	records := make([]Record, len(events))
	for i, e := range events {
		if f, ok := e.Fact.(*process.TeamFounded); ok {
			dataset = f.Dataset
		}
		payload, err := process.MarshalFact(e.Fact)
		if err != nil {
			return nil, err
		}
		records[i] = Record{ID: e.ID, Seq: t.writers[e.ID.Writer()].last + 1, Payload: payload}
		t.add(records[i])
	}
	if dataset == "" {
		return nil, errors.New("make a file: its events name no dataset")
	}
	m, err := full.manifestOf(dataset, t)
	if err != nil {
		return nil, err
	}
	if err := writeWhole(path, m, fromRecords(records), PlaceNew); err != nil {
		return nil, err
	}
	return Open(path, o)
}
