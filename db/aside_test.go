package db_test

import (
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// Undoing a merge is of this copy alone: nothing is removed or recorded, the sender keeps what they had, whatever travels afterwards, and
// merging once more brings it back.
func TestUndoingAMergeIsThisCopysDecision(t *testing.T) {
	anna := dbtest.New(t)
	first := dbtest.Record(t, anna, dbtest.Opened("d1", "Kök"))
	erik := mailedCopy(t, anna)
	dbtest.Record(t, erik, value("d1", 450_000, first[0].ID), dbtest.Opened("d2", "Bad"))
	sees := func(who string, w *db.File, want int64, d2 bool) {
		t.Helper()
		if v, _ := valueOf(t, w, "d1"); v != want {
			t.Errorf("%s sees the value %d, want %d", who, v, want)
		}
		_ = w.View(func(team *sales.Team) error {
			if _, ok := team.Deal("d2"); ok != d2 {
				t.Errorf("%s sees the deal that the merge brought: %v", who, ok)
			}
			return nil
		})
	}
	in := merge(t, anna, erik)
	count, hash := len(allEvents(t, anna)), anna.StateHash()
	if err := anna.UndoMerge(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	sees("Anna", anna, 100_000, false)
	if got := len(allEvents(t, anna)); got != count || anna.StateHash() != hash {
		t.Errorf("after undoing there are %d events and another state, before %d: undoing a merge records and removes nothing", got, count)
	}
	if err := anna.Publish(t.Context()); err != nil { // her own shared file does not bring it back
		t.Fatal(err)
	}
	sees("Anna, after publishing", anna, 100_000, false)
	merge(t, erik, anna)
	sees("Erik, after taking in Anna's file", erik, 450_000, true)
	if list, err := anna.Aside(); err != nil || len(list) != 1 || len(list[0].Changes.Events) != 2 || list[0].Changes.People[0].Person != "Erik" {
		t.Errorf("set aside: %+v, %v", list, err)
	}
	dbtest.Record(t, erik, dbtest.Journal("d2", "Lunch"))
	if again := merge(t, anna, erik); len(again.Events) != 3 {
		t.Errorf("merging once more brings %d events, want two again and a new one", len(again.Events))
	}
	sees("Anna, after merging once more", anna, 450_000, true)
	merge(t, erik, anna)
	if anna.StateHash() != erik.StateHash() {
		t.Error("the states differ")
	}
}

// What was set aside stays so when the program is started again, and can be brought back without the file.
func TestWhatIsSetAsideStaysSoAfterAStart(t *testing.T) {
	state := t.TempDir()
	anna := dbtest.New(t, dbtest.In(state))
	erik := mailedCopy(t, anna)
	dbtest.Record(t, erik, dbtest.Opened("d2", "Bad"))
	if err := anna.UndoMerge(t.Context(), merge(t, anna, erik)); err != nil {
		t.Fatal(err)
	}
	if err := anna.Close(); err != nil {
		t.Fatal(err)
	}
	anna = dbtest.Open(t, anna.Path(), dbtest.In(state), func(o *db.Options) { o.Entropy = dbtest.Entropy(9) })
	there := func() (ok bool) {
		_ = anna.View(func(team *sales.Team) error { _, ok = team.Deal("d2"); return nil })
		return ok
	}
	list, err := anna.Aside()
	if err != nil || len(list) != 1 || there() {
		t.Fatalf("after the start %d are set aside, %v, and the deal is there: %v", len(list), err, there())
	}
	if err := anna.BringBack(t.Context(), list[0].Name); err != nil || !there() {
		t.Errorf("brought back: %v, the deal is there: %v", err, there())
	}
}

// A merge tells beforehand what it takes back of whose.
func TestAPreviewSaysWhatIsTakenBackAndWhose(t *testing.T) {
	anna := dbtest.New(t)
	mark := dbtest.Record(t, anna, dbtest.Opened("d1", "Kök"), &process.MilestoneReached{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Deal: "d1", Milestone: "m", On: process.DateOf(dbtest.Now)})[1]
	erik := mailedCopy(t, anna)
	dbtest.Record(t, erik, &process.MilestoneWithdrawn{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now), Base: []process.EventID{mark.ID}}, Deal: "d1", Milestone: "m", Reason: "he left"})
	if err := erik.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	in, err := anna.PreviewMerge(t.Context(), erik.Path())
	if err != nil || len(in.TakesBack) != 1 || in.TakesBack[0].By != "Erik" || in.TakesBack[0].Whose != "Anna" || in.TakesBack[0].Entries != 1 {
		t.Errorf("takes back %+v, %v", in.TakesBack, err)
	}
}
