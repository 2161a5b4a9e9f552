package db_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// mailedCopy is a copy of a file somewhere else, as by mail, opened by Erik on a computer of his own.
func mailedCopy(t *testing.T, w *db.File) *db.File {
	t.Helper()
	publish(t, w)
	path := filepath.Join(t.TempDir(), "mailed.milstolpe")
	copyTo(t, w.Path(), path)
	return dbtest.Open(t, path, dbtest.As("Erik", 2))
}

func copyTo(t testing.TB, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func value(deal process.DealID, kronor int64, base ...process.EventID) process.Fact {
	return &process.ValueSet{
		Stamp: process.Stamp{Known: process.DateOf(dbtest.Now), Base: base}, Deal: deal, Value: &money.Amount{Minor: kronor * 100, Currency: "SEK"},
	}
}

func valueOf(t *testing.T, w *db.File, deal process.DealID) (kronor int64, heads int) {
	t.Helper()
	_ = w.View(func(team *sales.Team) error {
		d, ok := team.Deal(deal)
		if !ok {
			t.Fatalf("there is no deal %s", deal)
		}
		if d.Now.Value != nil {
			kronor = d.Now.Value.Minor / 100
		}
		heads = len(d.Heads()["value"])
		return nil
	})
	return kronor, heads
}

func TestAPreviewSaysWhatAMergeWouldBringAndChangesNothing(t *testing.T) {
	anna := dbtest.New(t)
	first := dbtest.Record(t, anna, dbtest.Opened("d1", "Kök"))
	erik := mailedCopy(t, anna)
	dbtest.Record(t, anna, value("d1", 400_000, first[0].ID))
	dbtest.Record(t, erik, value("d1", 450_000, first[0].ID), dbtest.Opened("d2", "Bad"))
	publish(t, erik)

	before := anna.Revision()
	preview, err := anna.PreviewMerge(t.Context(), erik.Path())
	if err != nil {
		t.Fatal(err)
	}
	if anna.Revision() != before || anna.StateHash() == erik.StateHash() {
		t.Error("looking at a merge changed something")
	}
	want := []db.PersonChanges{{Person: "Erik", Changes: 2, Deals: []process.DealID{"d1", "d2"}}}
	if diff := cmp.Diff(want, preview.People); diff != "" {
		t.Errorf("by person (-want +got):\n%s", diff)
	}
	if len(preview.Conflicts) != 1 || preview.Conflicts[0].Deal != "d1" || preview.Conflicts[0].Field != "value" || len(preview.Conflicts[0].Heads) != 2 {
		t.Errorf("conflicts are %+v, want one about the value of d1 with two heads", preview.Conflicts)
	}

	merged, err := anna.Merge(t.Context(), erik.Path())
	if err != nil {
		t.Fatal(err)
	}
	ignore := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Revision" }, cmp.Ignore())
	if diff := cmp.Diff(preview, merged, ignore); diff != "" {
		t.Errorf("the merge brought something else than the preview said (-preview +merged):\n%s", diff)
	}
	if v, heads := valueOf(t, anna, "d1"); v != 450_000 || heads != 2 {
		t.Errorf("the value is %d with %d heads, want the later one, 450000, with two", v, heads)
	}
	if list, _ := anna.Backups(); len(list) != 1 || list[0].Reason != db.BeforeMerge {
		t.Errorf("backups are %+v, want one from before the merge", list)
	}
}

func TestSettlingAConflictTravels(t *testing.T) {
	anna := dbtest.New(t)
	first := dbtest.Record(t, anna, dbtest.Opened("d1", "Kök"))
	erik := mailedCopy(t, anna)
	a := dbtest.Record(t, anna, value("d1", 400_000, first[0].ID))
	e := dbtest.Record(t, erik, value("d1", 450_000, first[0].ID))
	merge(t, anna, erik)
	dbtest.Record(t, anna, value("d1", 400_000, a[0].ID, e[0].ID))
	merge(t, erik, anna)
	if v, heads := valueOf(t, erik, "d1"); v != 400_000 || heads != 1 {
		t.Errorf("on Erik's copy the value is %d with %d heads, want what was settled, 400000", v, heads)
	}
}

func TestFactsOfANewerVersionAreCarriedByteForByte(t *testing.T) {
	anna := dbtest.New(t)
	erik := mailedCopy(t, anna)
	raw := []byte(`{"type":"deal.sung_about","known":"2026-11-23","deal":"d1","song":"åäö","notes":[1,2.50,null]}`)
	events := dbtest.Record(t, erik, &process.Unknown{Type: "deal.sung_about", Raw: raw})
	merge(t, anna, erik)
	found := false
	err := anna.Records(func(r db.Record) error {
		if r.ID == events[0].ID {
			found = true
			if string(r.Payload) != string(raw) {
				t.Errorf("came over as %s", r.Payload)
			}
		}
		return nil
	})
	if err != nil || !found {
		t.Errorf("the fact did not come over: %v", err)
	}
	_ = anna.View(func(team *sales.Team) error {
		if n := len(team.Unknown()); n != 1 {
			t.Errorf("%d unknown facts are known, want 1", n)
		}
		return nil
	})
}

// Clocks ten years ahead and ten years behind: what descends from what the person saw wins, whatever the stamps say, and who is ahead
// is told.
func TestWrongClocksAreMarkedAndWhatDescendsWins(t *testing.T) {
	for _, years := range []int{10, -10} {
		t.Run(map[bool]string{true: "ahead", false: "behind"}[years > 0], func(t *testing.T) {
			anna := dbtest.New(t)
			first := dbtest.Record(t, anna, dbtest.Opened("d1", "Kök"))
			publish(t, anna)
			path := filepath.Join(t.TempDir(), "copy.milstolpe")
			copyTo(t, anna.Path(), path)
			erik := dbtest.Open(t, path, dbtest.As("Erik", 2), func(o *db.Options) {
				o.Clock = func() time.Time { return dbtest.Now.AddDate(years, 0, 0) }
			})
			e := dbtest.Record(t, erik, value("d1", 450_000, first[0].ID))
			in := merge(t, anna, erik)
			if v, heads := valueOf(t, anna, "d1"); v != 450_000 || heads != 1 {
				t.Errorf("after Erik's change the value is %d with %d heads", v, heads)
			}
			if got := len(in.ClockAhead) == 1 && in.ClockAhead[0] == "Erik"; got != (years > 0) {
				t.Errorf("clocks told to be ahead: %v", in.ClockAhead)
			}
			a := dbtest.Record(t, anna, value("d1", 500_000, e[0].ID))
			if at := a[0].ID.At(); at.Sub(dbtest.Now).Abs() > time.Minute {
				t.Errorf("Anna's next event is stamped %v: her clock followed the wrong one", at)
			}
			merge(t, erik, anna)
			for _, w := range []*db.File{anna, erik} {
				if v, heads := valueOf(t, w, "d1"); v != 500_000 || heads != 1 {
					t.Errorf("after Anna's change, made on top of Erik's, the value is %d with %d heads", v, heads)
				}
			}
		})
	}
}

func merge(t testing.TB, into, from *db.File) db.Incoming {
	t.Helper()
	if err := from.Publish(t.Context()); err != nil {
		t.Fatalf("publish: %v", err)
	}
	in, err := into.Merge(t.Context(), from.Path())
	if err != nil {
		t.Fatalf("merge: %v", err)
	}
	return in
}

// Looking is reading: it works on a file that is open for reading only, while another program has it open for work, and sees the same.
func TestAPreviewNeedsNoWorkingCopy(t *testing.T) {
	anna := dbtest.New(t)
	first := dbtest.Record(t, anna, dbtest.Opened("d1", "Kök"))
	erik := mailedCopy(t, anna)
	dbtest.Record(t, anna, value("d1", 400_000, first[0].ID))
	dbtest.Record(t, erik, value("d1", 450_000, first[0].ID), dbtest.Opened("d2", "Bad"))
	publish(t, anna)
	publish(t, erik)
	want, err := anna.PreviewMerge(t.Context(), erik.Path())
	if err != nil {
		t.Fatal(err)
	}
	reader, err := db.Open(anna.Path(), dbtest.Options(t, func(o *db.Options) { o.ReadOnly = true }))
	if err != nil {
		t.Fatal(err)
	}
	got, err := reader.PreviewMerge(t.Context(), erik.Path())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got.Conflicts) != 1 {
		t.Errorf("opened for reading the preview is another (-open for work +for reading):\n%s", diff)
	}
	if _, err := reader.Merge(t.Context(), erik.Path()); process.KindOf(err) != process.Busy {
		t.Errorf("merging into a file that is open for reading: %v", err)
	}
}
