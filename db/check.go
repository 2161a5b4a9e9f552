package db

import (
	"context"
	"errors"

	"milstolpe/process"
)

// Verdict is what checking a shared file found.
type Verdict struct {
	Path     string
	Damage   error // what is wrong; nil when nothing is
	Manifest Manifest
	Readable int   // events that can be read
	Expected int   // events that ought to be there, as far as anybody knows
	Missing  []Gap // which are not
}

// Whole tells that nothing is wrong.
func (v Verdict) Whole() bool { return v.Damage == nil && len(v.Missing) == 0 }

// Check reads a shared file as if it were somebody else's: every checksum, the numbers of every writer, and the hash against the
// manifest. It changes nothing. The error is only for a file that could not be looked at; what is wrong with it is in the verdict.
func Check(path string, o Options) (Verdict, error) {
	o.ReadOnly = true
	o, err := o.complete()
	if err != nil {
		return Verdict{}, err
	}
	if path, err = absolute(path); err != nil {
		return Verdict{}, err
	}
	v := Verdict{Path: path}
	seen := numbers{}
	f, err := readShared(context.Background(), path, o, func(r Record) error {
		seen.add(r)
		v.Readable++
		return nil
	})
	if err != nil {
		if k := process.KindOf(err); k != process.Damaged {
			return v, err
		}
		v.Damage = err
	}
	v.Manifest = f.manifest
	v.Expected = max(f.manifest.Events, v.Readable)
	if v.Damage == nil {
		v.Missing = seen.missing(f.manifest.Writers)
		if countGaps(v.Missing) > 0 && len(f.manifest.Missing) == 0 {
			v.Damage = damaged(path, errors.New("events are missing"))
		}
	}
	return v, nil
}
