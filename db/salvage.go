package db

import (
	"os"

	"milstolpe/process"
)

// Salvaged is what could be saved from a damaged file: "5,953 of 6,000 recovered".
type Salvaged struct {
	Recovered int
	Expected  int   // as far as anybody knows
	Missing   []Gap // of the expected ones
	Manifest  Manifest
}

// Salvage reads every event that is still readable out of the raw bytes of a damaged file, and makes a new file of them. The damaged
// one is not touched.
func Salvage(damaged, out string, o Options) (Salvaged, error) {
	o.ReadOnly = true
	o, err := o.complete()
	if err != nil {
		return Salvaged{}, err
	}
	if out, err = absolute(out); err != nil {
		return Salvaged{}, err
	}
	if _, err := os.Lstat(out); err == nil {
		return Salvaged{}, &process.Error{Kind: process.Invalid, Msg: "file.exists", Args: []any{out}}
	}
	info, err := os.Stat(damaged)
	if err != nil {
		return Salvaged{}, statError(damaged, err)
	}
	if err := usable(damaged, info); err != nil {
		return Salvaged{}, err
	}
	raw, err := rawScan(damaged)
	if err != nil {
		return Salvaged{}, err
	}
	s := raw.salvaged(nil)
	dataset := raw.dataset()
	if dataset == "" || len(raw.records) == 0 {
		return s, &process.Error{Kind: process.Damaged, Msg: "salvage.nothing", Args: []any{damaged}}
	}
	m, err := o.manifestOf(dataset, raw.tally())
	if err != nil {
		return s, err
	}
	return s, writeWhole(out, m, fromRecords(raw.sorted()), PlaceNew)
}

// salvaged says how much of what was expected there is: by the manifest of the file itself, or by what is remembered of it elsewhere.
func (s scanned) salvaged(remembered map[process.Writer]uint32) Salvaged {
	out := Salvaged{Recovered: len(s.records)}
	expected := remembered
	if s.manifest != nil {
		out.Manifest = *s.manifest
		expected = s.manifest.Writers
	}
	seen := numbers{}
	for _, r := range s.records {
		seen.add(r)
	}
	out.Missing = seen.missing(expected)
	out.Expected = out.Recovered + countGaps(out.Missing)
	return out
}

func (s scanned) tally() *setSummary {
	t := newTally()
	for _, r := range s.records {
		t.add(r)
	}
	return t
}

func fromRecords(list []Record) source {
	return func(each func(key, value []byte) error) error {
		for _, r := range list {
			if err := each(r.ID[:], EncodeRecord(r)); err != nil {
				return err
			}
		}
		return nil
	}
}

// manifestOf says what a file with these events holds, that is written now.
func (o Options) manifestOf(dataset string, t *setSummary) (Manifest, error) {
	tag, err := o.tag()
	if err != nil {
		return Manifest{}, err
	}
	m := t.manifest()
	m.Dataset, m.Publication, m.At = dataset, tag, o.Clock()
	m.By, m.Computer, m.Wrote = o.Person, o.Computer, o.Version
	return m, nil
}
