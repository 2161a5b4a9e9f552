package db

import (
	"context"
	"maps"
	"os"

	"milstolpe/process"
)

// CheckResult is what checking a shared file found.
type CheckResult struct {
	Path     string
	Damage   error // what is wrong; nil when nothing is
	Manifest Manifest
	Readable int   // events that can be read
	Expected int   // events that ought to be there, as far as anybody knows
	Missing  []Gap // which are not
	OwnMore  int   // events that this computer's own copy has and the file has not
	// Remedies are what can be done about damage, the best first.
	Remedies []RepairOption
}

// Whole tells that nothing is wrong. Events that were lost earlier, and are known to be, are in Missing all the same.
func (v CheckResult) Whole() bool { return v.Damage == nil }

// RepairKind is a way to get back what a damaged file held.
type RepairKind string

// The ways, in the order in which they are offered.
const (
	FromWorkingCopy RepairKind = "working_copy" // Repair
	FromOtherCopy   RepairKind = "other_copy"   // open the same file at Path, which has a working copy here
	FromBackup      RepairKind = "backup"       // open the backup at Path, or copy it
	BySalvage       RepairKind = "salvage"      // Salvage
)

// RepairOption is one thing that can be done about a damaged file.
type RepairOption struct {
	Kind   RepairKind
	Path   string // of the working copy's own file, the other copy or the backup
	Events int    // that it gives
	All    bool   // nothing that is known to have existed is missing then
}

// Check reads a shared file as if it were somebody else's: every checksum, the numbers of every writer, and the hash against the
// manifest. It changes nothing. The error is only for a file that could not be looked at; what is wrong with it is in the verdict. For a
// file that is gone there are both, because there may be something to bring it back with.
// With a StateDir the verdict knows what this computer remembers of the file and what there is to repair it with.
func Check(path string, o Options) (CheckResult, error) {
	o.ReadOnly = true
	o, err := o.complete()
	if err != nil {
		return CheckResult{}, err
	}
	path, err = absolute(path)
	v := CheckResult{Path: path}
	if err != nil {
		return v.gone(err, o)
	}
	seen := numbers{}
	var records []Record
	f, err := readShared(context.Background(), path, o, func(r Record) error {
		seen.add(r)
		records = append(records, r.clone())
		return nil
	})
	if err == nil {
		v.Manifest, v.Readable = f.manifest, f.tally.events
		v.Missing = seen.missing(f.manifest.Writers)
		v.Expected = v.Readable + countGaps(v.Missing)
		v.known(f)
		if o.StateDir != "" {
			if mine, err := withLocal(homeFor(o.StateDir, path, f.manifest.Dataset), path, f.manifest.Dataset, records); err == nil {
				v.OwnMore = mine.unpublished
			}
		}
		return v, nil
	}
	switch process.KindOf(err) { // every other kind says nothing about the file itself
	case process.Damaged:
		v.Damage = err
		return v, v.judge(o)
	case process.NotFound:
		return v.gone(err, o)
	}
	return v, err
}

// gone says of a file that is not there, or cannot be reached, what there is of it on this computer.
func (v CheckResult) gone(why error, o Options) (CheckResult, error) {
	if process.KindOf(why) == process.NotFound && v.Path != "" {
		v.Damage = why
		homes := relatedHomes(o.StateDir, v.Path, "")
		v.offerAll(homes, newScanned(), remembered(homes, v.Path))
	}
	return v, why
}

// known finds gaps that the manifest does not own up to.
func (v *CheckResult) known(f sharedFile) {
	missing := 0
	for _, n := range f.manifest.Missing {
		missing += int(n)
	}
	if countGaps(v.Missing) != missing {
		v.Damage = &process.Error{Kind: process.Damaged, Msg: "file.gaps", Args: []any{v.Path, countGaps(v.Missing)}}
	}
}

// judge says of a damaged file what is readable, what is missing, and what can be done.
func (v *CheckResult) judge(o Options) error {
	raw, err := rawScan(v.Path)
	if err != nil {
		return err
	}
	homes := relatedHomes(o.StateDir, v.Path, raw.dataset())
	s := raw.salvaged(remembered(homes, v.Path))
	v.Manifest, v.Readable, v.Expected, v.Missing = s.Manifest, s.Recovered, s.Expected, s.Missing
	expected := maps.Clone(s.Manifest.Writers)
	if expected == nil {
		expected = remembered(homes, v.Path)
	}
	v.offerAll(homes, raw, expected)
	if v.Readable > 0 {
		v.Remedies = append(v.Remedies, RepairOption{Kind: BySalvage, Path: v.Path, Events: v.Readable, All: len(v.Missing) == 0 && v.Readable == v.Expected})
	}
	return nil
}

func (v *CheckResult) offerAll(homes []copyDir, raw scanned, expected map[process.Writer]uint32) {
	for _, h := range homes {
		if a, err := h.about(); err == nil && a.Path == v.Path {
			v.offer(FromWorkingCopy, h.database(), raw, expected)
		}
	}
	for _, h := range homes {
		a, err := h.about()
		if err != nil || a.Path == v.Path || !mayBeThere(a.Path) {
			continue
		}
		before := len(v.Remedies)
		if v.offer(FromOtherCopy, h.database(), raw, expected); len(v.Remedies) > before {
			v.Remedies[before].Path = a.Path
		}
	}
	for _, h := range homes {
		for _, b := range backupsIn(h.backups()) {
			if v.offer(FromBackup, b.Path, raw, expected) {
				break
			}
		}
	}
}

// offer adds a remedy when a file has something that the damaged one has not, and tells whether it has all.
func (v *CheckResult) offer(means RepairKind, path string, raw scanned, expected map[process.Writer]uint32) bool {
	other, err := rawScan(path)
	if err != nil || len(other.records) == 0 {
		return false
	}
	seen, more := numbers{}, false
	for id, r := range other.records {
		seen.add(r)
		if _, ok := raw.records[id]; !ok {
			more = true
		}
	}
	all := true
	for _, g := range seen.missing(expected) {
		if expected[g.Writer] >= g.From {
			all = false
		}
	}
	for id := range raw.records {
		if _, ok := other.records[id]; !ok {
			all = false
			break
		}
	}
	if all || more {
		v.Remedies = append(v.Remedies, RepairOption{Kind: means, Path: path, Events: len(other.records), All: all})
	}
	return all
}

// relatedHomes are the working copies that were made from the file: those at its path, then others of its dataset.
func relatedHomes(stateDir, path, dataset string) []copyDir {
	if stateDir == "" {
		return nil
	}
	list := copiesOf(stateDir, path)
	here := map[string]bool{}
	for _, h := range list {
		here[h.dir] = true
	}
	for _, h := range allHomes(stateDir) {
		if a, err := h.about(); err == nil && !here[h.dir] && dataset != "" && a.Dataset == dataset {
			list = append(list, h)
		}
	}
	return list
}

// remembered is how far each writer had come in the working copy of the file, from the memory that is kept outside of it.
func remembered(homes []copyDir, path string) map[process.Writer]uint32 {
	for _, h := range homes {
		if a, err := h.about(); err != nil || a.Path != path {
			continue
		}
		if _, err := os.Stat(h.reach()); err != nil {
			continue
		}
		if r, err := openReach(h.reach()); err == nil {
			return r.far
		}
	}
	return nil
}
