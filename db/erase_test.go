package db_test

import (
	"bytes"
	"compress/flate"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/sales"
)

const secret = "Evelina Hemlig"

func contact(name string, base ...process.EventID) process.Fact {
	return &process.ContactNamed{
		Stamp: process.Stamp{Known: process.DateOf(dbtest.Now), Base: base}, Contact: "eva", Customer: "c1", Name: name, Email: "evelina@example.com",
	}
}

func contactOf(t *testing.T, w *db.File) sales.Contact {
	t.Helper()
	var c sales.Contact
	_ = w.View(func(team *sales.Team) error {
		c, _ = team.Contact("eva")
		return nil
	})
	return c
}

// nowhereUnder demands that no file below the folders holds the text, whatever kind of file it is.
func nowhereUnder(t *testing.T, text string, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			b, err := os.ReadFile(path)
			if holdsText(b, text) {
				t.Errorf("%s still holds %q", path, text)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// holdsText tells whether a text is anywhere in the bytes, packed or not.
func holdsText(b []byte, text string) bool {
	if bytes.Contains(b, []byte(text)) {
		return true
	}
	for at := bytes.Index(b, []byte("\xa7MSb")); at >= 0 && len(b) > at+21; {
		raw, _ := io.ReadAll(flate.NewReader(bytes.NewReader(b[at+21:]))) // as far as it goes
		if bytes.Contains(raw, []byte(text)) {
			return true
		}
		b = b[at+4:]
		at = bytes.Index(b, []byte("\xa7MSb"))
	}
	return false
}

func TestAnErasedPersonIsNowhereAnyMore(t *testing.T) {
	w := dbtest.New(t)
	first := dbtest.Record(t, w, contact(secret))
	dbtest.Record(t, w, contact(secret+"-Lind", first[0].ID), dbtest.Journal("d1", "x"))
	if _, err := w.Backup(t.Context(), db.Daily); err != nil {
		t.Fatal(err)
	}
	publish(t, w)
	hurt := filepath.Join(filepath.Dir(w.Path()), "hurt")
	copyTo(t, w.Path(), hurt)
	if !holdsText(readFile(t, hurt), "Hemlig") {
		t.Fatal("she is not in the file that is looked into: the test finds nothing")
	}
	if err := db.KeepDamaged(w, hurt); err != nil { // a damaged file that was kept is not a whole one, and holds her name too
		t.Fatal(err)
	}
	hash, count := w.StateHash(), len(allEvents(t, w))

	n, err := w.EraseContact(t.Context(), "eva")
	if err != nil || n != 2 {
		t.Fatalf("erased %d, %v, want 2 events", n, err)
	}
	nowhereUnder(t, "Hemlig", filepath.Dir(w.Path()), db.StateDirOf(w))
	nowhereUnder(t, "evelina@", filepath.Dir(w.Path()), db.StateDirOf(w))
	if events := allEvents(t, w); w.StateHash() == hash || len(events) != count+1 {
		t.Errorf("erasing left %d events, before %d: it records that somebody was erased, and removes none", len(events), count)
	}
	if c := contactOf(t, w); !c.Erased || c.Name != "" || c.Email != "" {
		t.Errorf("the contact is %+v", c)
	}
	list, err := w.Backups()
	if err != nil || len(list) != 1 {
		t.Fatalf("backups are %v, %v", list, err)
	}
	if v, err := db.Check(list[0].Path, dbtest.Options(t)); err != nil || !v.Whole() || v.Manifest.Erased != 2 {
		t.Errorf("the rewritten backup is %+v, %v", v, err)
	}
	dbtest.Record(t, w, dbtest.Journal("d1", "work goes on"))
}

func TestErasingTravelsWithMergesAndBeatsContent(t *testing.T) {
	anna := dbtest.New(t)
	dbtest.Record(t, anna, contact(secret))
	erik := mailedCopy(t, anna)
	if _, err := erik.Backup(t.Context(), db.Daily); err != nil {
		t.Fatal(err)
	}
	if _, err := anna.EraseContact(t.Context(), "eva"); err != nil {
		t.Fatal(err)
	}
	if in := merge(t, anna, erik); !in.Empty() { // Erik's file still has the content: it must not come back
		t.Errorf("Erik's old content came in: %+v", in)
	}
	if c := contactOf(t, anna); !c.Erased {
		t.Errorf("after merging a file with the content the contact is %+v", c)
	}
	if in := merge(t, erik, anna); in.Erased != 1 {
		t.Errorf("the tombstone came over as %+v", in)
	}
	if c := contactOf(t, erik); !c.Erased {
		t.Errorf("on Erik's copy the contact is %+v", c)
	}
	publish(t, erik)
	nowhereUnder(t, "Hemlig", filepath.Dir(erik.Path()), db.StateDirOf(erik))
}

func TestASharedFileThatStillHasTheContentIsWrittenAgain(t *testing.T) {
	anna, erik := twoCopies(t)
	dbtest.Record(t, anna, contact(secret))
	publish(t, anna)
	old, err := os.ReadFile(anna.Path())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := anna.EraseContact(t.Context(), "eva"); err != nil {
		t.Fatal(err)
	}
	write(t, anna.Path(), old) // somebody's sync program puts the old file back
	publish(t, anna)
	nowhereUnder(t, "Hemlig", filepath.Dir(anna.Path()))
	if err := erik.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c := contactOf(t, erik); !c.Erased {
		t.Errorf("on Erik's computer the contact is %+v", c)
	}
}

// Somebody is erased on one copy and changed on another. The name does not come back by itself on any of them; whoever sees it first is
// asked, and what is chosen holds everywhere. That somebody was erased, and by whom, stays recorded without the name.
func TestErasingAgainstEditingIsSettledBySomebody(t *testing.T) {
	for _, keep := range []bool{false, true} {
		anna := dbtest.New(t)
		named := &process.ContactNamed{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Contact: "maja", Customer: "c1", Name: "Maja Ek"}
		first := dbtest.Record(t, anna, named)
		erik := mailedCopy(t, anna)
		dbtest.Record(t, erik, &process.ContactNamed{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now), Base: []process.EventID{first[0].ID}}, Contact: "maja", Customer: "c1", Name: "Maja Ekman"})
		if _, err := anna.EraseContact(t.Context(), "maja"); err != nil {
			t.Fatal(err)
		}
		merge(t, anna, erik)
		merge(t, erik, anna)
		for who, w := range map[string]*db.File{"Anna": anna, "Erik": erik} {
			_ = w.View(func(team *sales.Team) error {
				if c, there := team.Contact("maja"); !there || !c.Erased || c.Name != "" {
					t.Errorf("%s sees %+v before anybody has chosen", who, c)
				}
				if list := team.Conflicts(); len(list) != 1 || list[0].Field != conflicts.Contact {
					t.Errorf("%s is asked about %+v", who, list)
				}
				return nil
			})
		}
		_, err := erik.Act(t.Context(), func(team *sales.Team) ([]process.Fact, error) {
			c := team.Conflicts()[0]
			for _, h := range c.Heads {
				if value, _ := h.Value.(sales.Contact); value.Erased != keep {
					return c.Settle(h.Event, nil, process.DateOf(dbtest.Now), nil)
				}
			}
			return nil, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if !keep {
			if _, err := erik.EraseContact(t.Context(), "maja"); err != nil {
				t.Fatal(err)
			}
		}
		merge(t, anna, erik)
		for who, w := range map[string]*db.File{"Anna": anna, "Erik": erik} {
			_ = w.View(func(team *sales.Team) error {
				if c, _ := team.Contact("maja"); c.Erased == keep || len(team.Conflicts()) != 0 {
					t.Errorf("settled, %s sees %+v and %d conflicts", who, c, len(team.Conflicts()))
				}
				return nil
			})
			by := map[string]bool{}
			for _, r := range allEvents(t, w) {
				if f, ok := r.Fact.(*process.ContactNamed); ok && !keep && f.Name != "" {
					t.Errorf("%s still has the name %q", who, f.Name)
				} else if ok && f.Name == "" {
					_ = w.View(func(team *sales.Team) error { by[team.RecordedBy(r.ID)] = true; return nil })
				}
			}
			if !by["Anna"] {
				t.Errorf("on %s's copy nobody has erased anybody", who)
			}
		}
		if anna.StateHash() != erik.StateHash() {
			t.Error("the states differ")
		}
	}
}
