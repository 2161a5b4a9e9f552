package db

import (
	"context"
	"errors"

	"milstolpe/db/postgres"
	"milstolpe/process"
)

// readServer reads everything that lies on a server, in the order of keys, as if it were a file. Where the server cannot be asked, what
// is known of it here is read instead, and the problem says so.
func readServer(ctx context.Context, text string, o Options, each func(Record) error) (f sharedFile, err error) {
	a, err := addressed(ctx, text, o)
	if err != nil {
		return f, err
	}
	f.tally = newTally()
	f.manifest, err = fromServer(ctx, a, o, f.tally, each)
	if process.KindOf(err) == process.Conflict && o.StateDir != "" && f.tally.events == 0 {
		h := homeFor(o.StateDir, a.String(), a.Dataset)
		if !h.filled() || fromCopy(h, f.tally, each) != nil {
			return f, err
		}
		f.problem, f.manifest.Format = err, FormatVersion
	} else if err != nil {
		return f, err
	}
	format := f.manifest.Format
	f.manifest = f.tally.manifest()
	f.manifest.Dataset, f.manifest.At = a.Dataset, o.Clock()
	f.manifest.Format = max(format, FormatVersion)
	return f, nil
}

func fromServer(ctx context.Context, a postgres.Address, o Options, t *setSummary, each func(Record) error) (m Manifest, err error) {
	conn, err := dialAs(ctx, a, o)
	if err != nil {
		return m, err
	}
	defer conn.Close()
	s, err := conn.Look(ctx, postgres.Known{})
	if err != nil {
		return m, err
	}
	if s.Version > postgres.SchemaVersion {
		m.Format = FormatVersion + 1
	}
	return m, conn.InOrder(ctx, func(e postgres.Event) error {
		r, err := DecodeRecord(e.Key, e.Record)
		if err != nil {
			return &process.Error{Kind: process.Damaged, Msg: "server.unreadable", Args: []any{1}, Err: err}
		}
		t.add(r)
		return each(r)
	})
}

// fromCopy reads the working copy of an address, unless a running program has it.
func fromCopy(h copyDir, t *setSummary, each func(Record) error) error {
	s, _, _, err := lookInto(h)
	if err != nil {
		return err
	}
	err = s.records()(func(key, value []byte) error {
		r, err := DecodeRecord(key, value)
		if err != nil {
			return damaged(h.database(), err)
		}
		t.add(r)
		return each(r)
	})
	return errors.Join(err, s.close())
}
