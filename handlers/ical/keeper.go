package ical

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Keeper knows for which shared files this user wants a calendar beside them, and renews those. The zero StateDir remembers nothing.
type Keeper struct{ StateDir string }

// Wish is a calendar that somebody wants beside a shared file.
type Wish struct {
	Seller process.PersonID `json:"seller,omitempty"` // whose; none for everybody's
	Name   string           `json:"name"`             // of the calendar file, without its folder
	Lang   i18n.Lang        `json:"lang"`
}

const wishesFile = "calendars.json"

// Wish is what is wanted beside a shared file, if anything is.
func (k Keeper) Wish(path string) (Wish, bool) {
	w, ok := k.wishes()[path]
	return w, ok
}

func (k Keeper) wishes() map[string]Wish {
	wishes := map[string]Wish{}
	text, err := os.ReadFile(filepath.Join(k.StateDir, wishesFile))
	if err != nil || json.Unmarshal(text, &wishes) != nil {
		return map[string]Wish{} // losing them does no harm: the page says that there is none
	}
	return wishes
}

// Keep remembers that a calendar is wanted beside the file, and writes it. Another file of that name that is not ours is left alone.
func (k Keeper) Keep(file *db.File, seller process.PersonID, person string, t *i18n.Text, now time.Time) (path string, err error) {
	name := strings.TrimSuffix(filepath.Base(file.Path()), filepath.Ext(file.Path())) + " " + i18n.Dash + " " + fileName(person) + ".ics"
	wish := Wish{Seller: seller, Name: name, Lang: t.Lang}
	path, err = wish.write(file, t, now)
	if err != nil {
		return "", err
	}
	wishes := k.wishes()
	wishes[file.Path()] = wish
	return path, k.remember(wishes)
}

// Drop forgets the calendar beside the file, and removes it if it is ours.
func (k Keeper) Drop(file *db.File) error {
	wishes := k.wishes()
	wish, ok := wishes[file.Path()]
	if !ok {
		return nil
	}
	rest := maps.Clone(wishes)
	delete(rest, file.Path())
	if err := k.remember(rest); err != nil {
		return err
	}
	path := wish.path(file)
	if ours, err := isOurs(path); err != nil || !ours {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the calendar beside the file: %w", err)
	}
	return nil
}

// Renew writes the calendar beside the file anew where one is wanted and something in it has changed.
func (k Keeper) Renew(file *db.File, now time.Time) error {
	wish, ok := k.Wish(file.Path())
	if !ok {
		return nil
	}
	t, err := i18n.TextIn(wish.Lang)
	if err != nil {
		return err
	}
	_, err = wish.write(file, t, now)
	return err
}

func (k Keeper) remember(wishes map[string]Wish) error {
	text, err := json.MarshalIndent(wishes, "", "\t")
	if err != nil {
		return fmt.Errorf("remember which calendars are wanted: %w", err)
	}
	if err := os.MkdirAll(k.StateDir, 0o700); err != nil {
		return fmt.Errorf("remember which calendars are wanted: %w", err)
	}
	return db.ReplaceFile(filepath.Join(k.StateDir, wishesFile), text)
}

func (w Wish) path(file *db.File) string { return filepath.Join(filepath.Dir(file.Path()), w.Name) }

// write writes the calendar, unless what is there says the same.
func (w Wish) write(file *db.File, t *i18n.Text, now time.Time) (string, error) {
	path := w.path(file)
	ours, err := isOurs(path)
	if err != nil {
		return "", err
	}
	if !ours {
		return "", process.Wrong("", "calendar.not_ours", filepath.Base(path))
	}
	var body []byte
	err = file.View(func(team *sales.Team) error {
		c := For(t, forecast.NewModel(team, process.DateOf(now.In(team.Location()))), w.Seller)
		body = c.Bytes(now)
		return nil
	})
	if err != nil {
		return "", err
	}
	if have, err := os.ReadFile(path); err == nil && bytes.Equal(withoutStamps(have), withoutStamps(body)) {
		return path, nil
	}
	return path, db.ReplaceFile(path, body)
}

// isOurs tells that a file may be written: it is not there, or this program has written it.
func isOurs(path string) (bool, error) {
	if err := db.Answers(path); err != nil {
		return false, err
	}
	have, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("look at the calendar beside the file: %w", err)
	}
	return bytes.Contains(have, []byte("PRODID:"+producer)), nil
}

var stamps = regexp.MustCompile(`(?m)^DTSTAMP:.*$`)

// withoutStamps is a calendar without the moments at which it was made.
func withoutStamps(body []byte) []byte { return stamps.ReplaceAll(body, nil) }

// fileName is a name as it can stand in the name of a file on every system.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, cleaned(name, false))
	return strings.Trim(name, ". ")
}
