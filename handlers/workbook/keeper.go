package workbook

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
)

// Keeper knows for which shared files this user wants a live workbook, and renews those.
type Keeper struct {
	StateDir string
	Every    time.Duration // how often it looks; zero for the usual
}

// Wish is a live workbook that somebody wants.
type Wish struct {
	Path    string    `json:"path"`
	Lang    i18n.Lang `json:"lang"`
	Renewed time.Time `json:"renewed,omitzero"`
	Trouble *Trouble  `json:"trouble,omitempty"` // why it could not be renewed; it is tried again
}

// Trouble is what went wrong, as a text of the catalogue and its values.
type Trouble struct {
	Msg  string    `json:"msg"`
	Args []string  `json:"args,omitempty"`
	At   time.Time `json:"at"`
}

// Sentence is what went wrong, for the person.
func (w *Trouble) Sentence(t *i18n.Text) string {
	args := make([]any, len(w.Args))
	for i, a := range w.Args {
		args[i] = a
	}
	return t.T(w.Msg, args...)
}

const folder = "workbooks"

// extension is what a workbook is called last.
const extension = ".xlsx"

// making is held while a workbook is made or what is known of one is changed: one at a time is enough for a computer.
var making sync.Mutex

// note is where it stands what is wanted for a shared file.
func (k Keeper) note(file *db.File) string {
	sum := sha256.Sum256([]byte(file.Path()))
	return filepath.Join(k.StateDir, folder, hex.EncodeToString(sum[:8])+".json")
}

// Wish is what is wanted for a shared file, if anything is.
func (k Keeper) Wish(file *db.File) (w Wish, ok bool) {
	text, err := os.ReadFile(k.note(file))
	if err != nil || json.Unmarshal(text, &w) != nil || w.Path == "" {
		return Wish{}, false // losing it does no harm: the page says that there is none
	}
	return w, true
}

func (k Keeper) remember(file *db.File, w Wish) error {
	text, err := json.MarshalIndent(w, "", "\t")
	if err != nil {
		return fmt.Errorf("remember the live workbook: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(k.StateDir, folder), 0o700); err != nil {
		return fmt.Errorf("remember the live workbook: %w", err)
	}
	return db.ReplaceFile(k.note(file), text)
}

// Suggest is where a live workbook may lie: beside the shared file, or in a folder where there is none.
func Suggest(file *db.File, t *i18n.Text, documents string) string {
	name, dir := db.NameOf(file.Path()), filepath.Dir(file.Path())
	if db.IsServer(file.Path()) {
		dir = documents
	}
	return filepath.Join(dir, strings.TrimSuffix(name, filepath.Ext(name))+" "+i18n.Dash+" "+t.T("workbook.file")+extension)
}

// Keep remembers that a live workbook is wanted at a path, and writes it. What is there and is not one of this team is written over only where
// somebody has said so; one of this team keeps its language.
func (k Keeper) Keep(ctx context.Context, file *db.File, path string, over bool, t *i18n.Text, now time.Time) error {
	making.Lock()
	defer making.Unlock()
	if !filepath.IsAbs(path) || !strings.EqualFold(filepath.Ext(path), extension) {
		return process.Wrong("path", "workbook.bad_path", extension)
	}
	path = filepath.Clean(path)
	found, err := look(path, file)
	if err != nil {
		return err
	}
	if found.foreign && !over {
		return process.Wrong("path", found.why, path)
	}
	wish := Wish{Path: path, Lang: t.Lang}
	if found.lang != "" && !found.foreign {
		wish.Lang = found.lang
	}
	if err := wish.write(ctx, file, now); err != nil {
		return err
	}
	wish.Renewed = now
	return k.remember(file, wish)
}

// notOver are the refusals to write over what is there.
var notOver = []string{"workbook.not_ours", "workbook.another_team"}

// Foreign tells that something is there that is no live workbook of this team, which somebody may still want to be written over.
func Foreign(err error) bool {
	known, ok := errors.AsType[*process.Error](err)
	return ok && slices.Contains(notOver, known.Msg)
}

// Carry makes the live workbook of one file that of another, where the team's file has gone to another place.
func (k Keeper) Carry(from, to *db.File) error {
	making.Lock()
	defer making.Unlock()
	wish, ok := k.Wish(from)
	if _, has := k.Wish(to); !ok || has || from.Path() == to.Path() || from.Dataset() != to.Dataset() {
		return nil
	}
	return errors.Join(k.remember(to, wish), os.Remove(k.note(from)))
}

// Drop forgets the live workbook of a file. The workbook itself stays: others refer to it.
func (k Keeper) Drop(file *db.File) error {
	making.Lock()
	defer making.Unlock()
	if err := os.Remove(k.note(file)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget the live workbook: %w", err)
	}
	return nil
}

// Renew writes the live workbook of a file anew where one is wanted, and notes how it went.
func (k Keeper) Renew(ctx context.Context, file *db.File, now time.Time) error {
	making.Lock()
	defer making.Unlock()
	wish, ok := k.Wish(file)
	if !ok {
		return nil
	}
	found, err := look(wish.Path, file)
	if err == nil && found.foreign {
		err = process.Wrong("", found.why, wish.Path)
	}
	if err == nil {
		err = wish.write(ctx, file, now)
	}
	if err == nil {
		wish.Renewed, wish.Trouble = now, nil
	} else {
		wish.Trouble = troubleOf(err, wish.Path, now)
	}
	return errors.Join(err, k.remember(file, wish))
}

// troubleOf is the sentence of what went wrong; the cause is for the log.
func troubleOf(err error, path string, now time.Time) *Trouble {
	trouble := &Trouble{Msg: "file.write_failed", Args: []string{path}, At: now}
	if known, ok := errors.AsType[*process.Error](err); ok {
		trouble.Msg, trouble.Args = known.Msg, nil
		for _, a := range known.Args {
			trouble.Args = append(trouble.Args, fmt.Sprint(a))
		}
	}
	return trouble
}

// place is what lies where a live workbook is wanted. A foreign one is not written over; why says what it is.
type place struct {
	foreign bool
	why     string
	lang    i18n.Lang
}

func look(path string, file *db.File) (p place, err error) {
	if err := db.Answers(path); err != nil {
		return p, err
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return p, &process.Error{Kind: process.NotFound, Msg: "file.no_folder", Args: []any{path}, Err: err}
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, nil
	case err != nil:
		return p, &process.Error{Kind: process.Invalid, Msg: "file.not_writable", Args: []any{path}, Err: err}
	case !info.Mode().IsRegular():
		return p, process.Wrong("path", "file.not_regular", path)
	}
	text, err := sheet.MarkOf(path)
	if err != nil {
		return p, &process.Error{Kind: process.Busy, Msg: "file.in_use", Args: []any{path}, Err: err}
	}
	m, ours := parseMark(text)
	switch {
	case !ours:
		return place{foreign: true, why: "workbook.not_ours"}, nil
	case m.dataset != file.Dataset():
		return place{foreign: true, why: "workbook.another_team"}, nil
	}
	return place{lang: m.lang}, nil
}

// write makes the workbook of a team of its own, so that nobody who records waits, and puts it in its place.
func (w Wish) write(ctx context.Context, file *db.File, now time.Time) error {
	t, err := i18n.TextIn(w.Lang)
	if err != nil {
		return err
	}
	team, err := file.Apart()
	if err != nil {
		return err
	}
	b, err := Make(t, team, file.Dataset(), now)
	if err != nil {
		return err
	}
	return db.ReplaceShared(ctx, w.Path, func(out io.Writer) error { return sheet.WriteBook(out, b) })
}

// How often the program looks whether something was published, and how long it waits after a trouble.
const (
	lookEvery  = 3 * time.Second
	againAfter = 20 * time.Second
)

// Follow renews the live workbook of a file whenever all that was recorded has been published, and when a new day begins, as long as the file
// is open. Trouble is said on the page, and goes to warn for the log.
func (k Keeper) Follow(file *db.File, clock func() time.Time, warn func(error)) {
	var done seen
	wait := cmp.Or(k.Every, lookEvery)
	for {
		time.Sleep(wait)
		wait = cmp.Or(k.Every, lookEvery)
		if file.ReadOnly() != nil {
			return
		}
		wish, wanted := k.Wish(file)
		now := seen{wish.Path, file.Revision(), process.DateOf(clock())}
		if !wanted || now == done || file.State().Pending > 0 {
			continue
		}
		if err := k.Renew(context.Background(), file, clock()); err != nil {
			warn(err)
			wait = cmp.Or(k.Every, againAfter)
			continue
		}
		done = now
	}
}

// seen is what a workbook was last made of, and where.
type seen struct {
	path     string
	revision uint64
	day      process.Date
}
