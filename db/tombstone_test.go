package db_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// forgery writes a copy of a file in which some events are replaced by what their forger says.
func forgery(t *testing.T, w *db.File, forge func(db.Record) db.Record) string {
	t.Helper()
	var list []db.Record
	err := w.Records(func(r db.Record) error {
		r.Payload = append([]byte(nil), r.Payload...)
		list = append(list, forge(r))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "from Mallory.milstolpe")
	if err := db.WriteForged(w, path, list); err != nil {
		t.Fatal(err)
	}
	return path
}

// aRichFile has an event of each kind that somebody might want to rewrite, and a backup of it.
func aRichFile(t *testing.T) (*db.File, db.BackupFile) {
	t.Helper()
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Opened("d1", "Kök"), value("d1", 5), dbtest.Journal("d1", "Ringde"), contact(secret))
	publish(t, w)
	kept, err := w.Backup(t.Context(), db.Daily)
	if err != nil {
		t.Fatal(err)
	}
	return w, kept
}

func contents(t *testing.T, w *db.File) map[process.EventID]string {
	t.Helper()
	all := map[process.EventID]string{}
	if err := w.Records(func(r db.Record) error { all[r.ID] = string(r.Payload); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// An event of any kind in a copy that somebody has tampered with is replaced by a tombstone of any kind: nothing of ours changes, nothing
// of our backups, and it is told.
func TestATombstoneRewritesNothingButAPerson(t *testing.T) {
	known := `"known":"2026-11-23"`
	for _, c := range []struct{ name, payload string }{
		{"another value", `{"type":"deal.value_set",` + known + `,"deal":"d1","value":{"minor":1,"currency":"SEK"}}`},
		{"another deal", `{"type":"deal.opened",` + known + `,"deal":"d1","on":"2026-11-23","process":"p","name":"Mallory"}`},
		{"another person", `{"type":"contact.named",` + known + `,"contact":"eva","customer":"c1","name":"Mallory"}`},
		{"nobody known", `{"type":"contact.named",` + known + `,"contact":"x","customer":"c1","name":""}`},
		{"her at another customer", `{"type":"contact.named",` + known + `,"contact":"eva","customer":"c2","name":""}`},
		{"her another day", `{"type":"contact.named","known":"2020-01-01","contact":"eva","customer":"c1","name":""}`},
		{"no fact", `{}`},
		{"no JSON", `x`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, kept := aRichFile(t)
			before, shared := contents(t, w), bytesOf(t, kept.Path)
			path := forgery(t, w, func(r db.Record) db.Record {
				r.Erased, r.Payload = true, []byte(c.payload)
				return r
			})
			in, err := w.PreviewMerge(t.Context(), path)
			if err != nil || in.Refused != len(before) || in.Erased != 0 || len(in.Events) != 0 {
				t.Errorf("the preview says %+v, %v", in, err)
			}
			if in, err = w.Merge(t.Context(), path); err != nil || in.Refused != len(before) || in.Empty() {
				t.Errorf("the merge says %+v, %v", in, err)
			}
			sameContents(t, w, before)
			write(t, w.Path(), bytesOf(t, path)) // or it is put where the shared file was
			publish(t, w)
			sameContents(t, w, before)
			if news := w.News(); len(news) != 1 || news[0].Refused != len(before) {
				t.Errorf("the news are %+v", news)
			}
			if got := bytesOf(t, kept.Path); string(got) != string(shared) {
				t.Error("a backup was rewritten")
			}
			if v, err := db.Check(w.Path(), dbtest.Options(t)); err != nil || !v.Whole() || v.Manifest.Erased != 0 {
				t.Errorf("what is published then is %+v, %v", v, err)
			}
		})
	}
}

func sameContents(t *testing.T, w *db.File, before map[process.EventID]string) {
	t.Helper()
	after := contents(t, w)
	for id, payload := range before {
		if after[id] != payload {
			t.Errorf("%x says %s, it said %s", id[:], after[id], payload)
		}
	}
	if len(after) != len(before) {
		t.Errorf("there are %d events, there were %d", len(after), len(before))
	}
}

func bytesOf(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What erases a person is shown with her name before it happens, and after it how many backups it took.
func TestAnErasureIsShownBeforeItHappens(t *testing.T) {
	w, _ := aRichFile(t)
	erik := dbtest.Open(t, copyOf(t, w.Path()), dbtest.As("Erik", 2))
	if _, err := erik.EraseContact(t.Context(), "eva"); err != nil {
		t.Fatal(err)
	}
	publish(t, erik)
	in, err := w.PreviewMerge(t.Context(), erik.Path())
	if err != nil || len(in.Erasures) != 1 || in.Erasures[0].Name != secret || in.By != "Erik" || in.Empty() {
		t.Fatalf("the preview says %+v, %v", in, err)
	}
	if in, err = w.Merge(t.Context(), erik.Path()); err != nil || in.Erased != 1 || len(in.Erasures) != 1 || in.Erasures[0].Name != "" {
		t.Fatalf("the merge says %+v, %v", in, err)
	}
	if in.Backups != 1 || in.Refused != 0 {
		t.Errorf("%d backups are said to be rewritten, want the one: %+v", in.Backups, in)
	}
}

// A file that is opened here for the first time, and in which history was rewritten, does not bring that in either.
func TestATombstoneInAFileThatIsNewHereIsLeftOut(t *testing.T) {
	w, _ := aRichFile(t)
	path := forgery(t, w, func(r db.Record) db.Record {
		if bytes.Contains(r.Payload, []byte(`"type":"deal.value_set"`)) {
			r.Erased, r.Payload = true, []byte(`{"type":"deal.value_set","known":"2026-11-23","deal":"d1","value":{"minor":1,"currency":"SEK"}}`)
		}
		return r
	})
	there := dbtest.Open(t, path, dbtest.As("Erik", 2))
	if news := there.News(); len(news) != 1 || news[0].Refused != 1 {
		t.Errorf("the news are %+v", news)
	}
	merge(t, there, w) // with a whole copy everything is there again
	sameContents(t, there, contents(t, w))
}
