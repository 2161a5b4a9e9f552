package db

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Reason says why a backup was made; it is a part of its name.
type Reason string

// The reasons. Damaged and conflict files are kept beside the backups, are not backups themselves, and are never removed by us.
const (
	AfterOpen       Reason = "open"
	BeforeMerge     Reason = "merge"
	BeforeImport    Reason = "import"
	BeforeMigration Reason = "migration"
	BeforeRestore   Reason = "restore"
	Daily           Reason = "daily"

	keptDamaged  Reason = "damaged"
	keptConflict Reason = "conflict"
)

// How many backups are kept: the latest ones, and then the latest of each of so many days and months.
const (
	keepLatest  = 10
	keepDaily   = 14
	keepMonthly = 12
)

// BackupFile is a verified copy of everything that was recorded at a moment. It is a shared file like any other and can be opened.
type BackupFile struct {
	Path   string
	At     time.Time
	Reason Reason
	Size   int64
}

const (
	backupTime   = "20060102T150405Z"
	backupSuffix = ".milstolpe"
)

// Backup makes a verified copy of what is recorded now, and thins the older ones. When the latest backup holds the same already, that
// is the one it returns, so that opening and closing does not push out older ones.
func (w *File) Backup(ctx context.Context, why Reason) (BackupFile, error) {
	if err := w.ReadOnly(); err != nil {
		return BackupFile{}, err
	}
	w.backupMu.Lock()
	defer w.backupMu.Unlock()
	if latest, ok := w.latestBackup(); ok {
		return latest, nil
	}
	if err := os.MkdirAll(w.copyDir.backups(), 0o700); err != nil {
		return BackupFile{}, writeError(w.copyDir.backups(), err)
	}
	path, err := w.keepPath(why, "")
	if err != nil {
		return BackupFile{}, err
	}
	if _, _, err := w.writeSnapshot(ctx, path, PlaceNew); err != nil {
		return BackupFile{}, err
	}
	b, ok := backupAt(path)
	if !ok {
		return b, errors.New("the backup that was just made is not there")
	}
	return b, w.thin()
}

// keepPath is a name in the folder of backups that is not taken.
func (w *File) keepPath(why Reason, base string) (string, error) {
	tag, err := w.options.tag()
	if err != nil {
		return "", err
	}
	name := w.options.Clock().UTC().Format(backupTime) + "-" + string(why) + "-" + tag
	if base != "" {
		name += "-" + base
	}
	return filepath.Join(w.copyDir.backups(), strings.TrimSuffix(name, backupSuffix)+backupSuffix), nil
}

// Backups are the backups that there are, latest first.
func (w *File) Backups() ([]BackupFile, error) {
	if w.database() == nil {
		return nil, nil // opened for reading, with nothing kept beside it
	}
	return backupsIn(w.copyDir.backups()), nil
}

func backupsIn(dir string) []BackupFile {
	names, _ := filepath.Glob(filepath.Join(dir, "*"+backupSuffix))
	var list []BackupFile
	for _, name := range names {
		if b, ok := backupAt(name); ok && b.Reason != keptDamaged && b.Reason != keptConflict {
			list = append(list, b)
		}
	}
	slices.SortStableFunc(list, func(a, b BackupFile) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		return modTime(b.Path).Compare(modTime(a.Path)) // two in one second
	})
	return list
}

func backupAt(path string) (b BackupFile, ok bool) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return b, false
	}
	parts := strings.SplitN(filepath.Base(path), "-", 3)
	at, err := time.Parse(backupTime, parts[0])
	if err != nil || len(parts) < 3 {
		return b, false
	}
	return BackupFile{Path: path, At: at, Reason: Reason(parts[1]), Size: info.Size()}, true
}

// BackupTime is when a backup was made, which is in its name.
func BackupTime(path string) time.Time {
	b, _ := backupAt(path)
	return b.At
}

func modTime(path string) time.Time {
	if info, err := os.Stat(path); err == nil {
		return info.ModTime()
	}
	return time.Time{}
}

// latestBackup is the latest backup, if it holds what is recorded now.
func (w *File) latestBackup() (BackupFile, bool) {
	list := backupsIn(w.copyDir.backups())
	if len(list) == 0 {
		return BackupFile{}, false
	}
	m, err := peekManifest(list[0].Path)
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return list[0], err == nil && m.Events == w.summary.events && m.Keys == w.summary.keys && m.Gone == w.summary.gone
}

// thin removes the backups that are not kept any more.
func (w *File) thin() error {
	list := backupsIn(w.copyDir.backups())
	keep := kept(list)
	var errs []error
	for _, b := range list {
		if !keep[b.Path] {
			errs = append(errs, os.Remove(b.Path))
		}
	}
	return errors.Join(errs...)
}

// kept tells which of the backups, latest first, are kept.
func kept(list []BackupFile) map[string]bool {
	keep := map[string]bool{}
	days, months := map[string]bool{}, map[string]bool{}
	for i, b := range list {
		day, month := b.At.Format(time.DateOnly), b.At.Format("2006-01")
		if i < keepLatest {
			keep[b.Path] = true
		}
		if !days[day] && len(days) < keepDaily {
			days[day], keep[b.Path] = true, true
		}
		if !months[month] && len(months) < keepMonthly {
			months[month], keep[b.Path] = true, true
		}
	}
	return keep
}

// Restore makes everything as it was in a backup, and publishes that. What was recorded since is in a backup that is made first, so
// restoring that one undoes it. Copies that others have are not touched: what they have recorded or still hold comes back with the
// next look at their file, because nothing that anybody recorded is ever lost.
func (w *File) Restore(ctx context.Context, path string) (undo BackupFile, err error) {
	if err := w.ReadOnly(); err != nil {
		return undo, err
	}
	if _, ok := w.place.(*serverPlace); ok {
		return undo, process.Wrong("", "server.no_restore")
	}
	w.publishMu.Lock()
	defer w.publishMu.Unlock()
	if err := w.takeIn(ctx); err != nil { // what others have put there since is in the backup that is made first
		w.options.Log.Warn("look at the shared file before going back to a backup", "path", w.path, "error", err)
	}
	if undo, err = w.Backup(ctx, BeforeRestore); err != nil {
		return undo, err
	}
	var records []Record
	f, err := readShared(ctx, path, w.options, func(r Record) error { records = append(records, r.clone()); return nil })
	switch {
	case err != nil:
		return undo, err
	case f.manifest.Dataset != w.dataset:
		return undo, &process.Error{Kind: process.Conflict, Msg: "file.other_dataset", Args: []any{path}}
	}
	if err := w.replaceAll(records); err != nil {
		return undo, err
	}
	if err = w.writeNow(ctx); errors.Is(err, errChangedMeanwhile) {
		err = &process.Error{Kind: process.Busy, Msg: "file.changing", Args: []any{w.path}, Err: err}
	}
	w.setProblem(err)
	return undo, err
}

// replaceAll makes these the events of the working copy, in one transaction. The writer is given up, because its later events may be
// gone now while its numbers live on in other copies.
func (w *File) replaceAll(records []Record) error {
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	if err := w.ready(); err != nil {
		return err
	}
	records, _ = believed(records)
	err := w.store.update(func(tx *bolt.Tx) error {
		for i, r := range records { // a backup that somebody has tampered with erases nothing that it may not
			have := tx.Bucket(eventsBucket).Get(r.ID[:])
			if own, err := DecodeRecord(r.ID[:], have); r.Erased && err == nil && !own.Erased && !r.stands(own) {
				records[i] = own.clone()
			}
		}
		if err := tx.DeleteBucket(eventsBucket); err != nil {
			return err
		}
		return putAll(tx, pairsOf(records))
	})
	if err != nil {
		w.needsReload = true
		return notSaved(writeError(w.copyDir.database(), err))
	}
	w.seq, w.ran = 0, map[process.Writer]uint32{}
	now := newTally()
	for _, r := range records {
		now.add(r)
	}
	if err := w.highWater.replace(now.writers); err != nil {
		return err
	}
	return w.compact() // or the pages of what was there before would still hold it
}

// PreviewRestore says what has been recorded since a backup was made, and so would not be here any more after restoring it, and how
// much would be here again. It changes nothing.
func (w *File) PreviewRestore(ctx context.Context, path string) (since Incoming, again int, err error) {
	c, err := w.compare(ctx, path)
	if err != nil {
		return since, 0, err
	}
	there := map[process.EventID]bool{}
	if _, err := readShared(ctx, path, w.options, func(r Record) error { there[r.ID] = true; return nil }); err != nil {
		return since, 0, err
	}
	var facts process.FactReader
	var events []process.Event
	err = w.Records(func(r Record) error {
		if !there[r.ID] {
			events = append(events, r.clone().event(&facts))
		}
		return nil
	})
	if err != nil {
		return since, 0, err
	}
	_ = w.View(func(t *sales.Team) error {
		since = describe(t, events, w.options.Clock())
		return nil
	})
	return since, len(c.fresh), nil
}
