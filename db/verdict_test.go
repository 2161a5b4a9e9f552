package db_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// hurtFile flips one bit in each of the numbered blocks of a shared file and returns which events lie in those.
func hurtFile(t *testing.T, path string, content []byte, numbers ...int) (hit map[process.EventID]bool) {
	t.Helper()
	write(t, path, content)
	blocks, err := db.Blocks(path)
	if err != nil || len(blocks) < 2*len(numbers) {
		t.Fatalf("%d blocks, %v, want at least twice %d", len(blocks), err, len(numbers))
	}
	b := bytes.Clone(content)
	r := rand.New(rand.NewPCG(11, 12))
	hit = map[process.EventID]bool{}
	for _, i := range numbers {
		b[blocks[i].At+r.Int64N(blocks[i].Length)] ^= 1 << r.IntN(8)
		for _, id := range blocks[i].Events {
			hit[id] = true
		}
	}
	write(t, path, b)
	return hit
}

func TestADamagedFileGetsAVerdict(t *testing.T) {
	w := dbtest.New(t)
	dbtest.Record(t, w, manyFacts(600)...) // 6,000 events and a few
	if _, err := w.Backup(t.Context(), db.Daily); err != nil {
		t.Fatal(err)
	}
	publish(t, w)
	content, events := readFile(t, w.Path()), allEvents(t, w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	here := dbtest.Options(t, dbtest.In(db.StateDirOf(w)))
	elsewhere := dbtest.Options(t)

	hit := hurtFile(t, w.Path(), content, 1, 4, 7)
	defer write(t, w.Path(), content) // for the check at the end
	began := time.Now()
	v, err := db.Check(w.Path(), here)
	if err != nil || v.Whole() {
		t.Fatalf("the verdict is %+v, %v", v, err)
	}
	if took := time.Since(began); took > 2*time.Second && !raced {
		t.Errorf("the verdict took %v, two seconds at most", took)
	}
	gone := missingOf(v.Missing)
	if v.Readable != len(events)-gone || v.Expected != len(events) || gone == 0 || gone > len(hit) {
		t.Errorf("%d of %d readable, %d missing, want %d in all and at most the %d of three blocks missing", v.Readable, v.Expected, gone, len(events), len(hit))
	}
	var means []db.RepairKind
	for _, r := range v.Remedies {
		means = append(means, r.Kind)
	}
	if len(means) != 3 || means[0] != db.FromWorkingCopy || means[1] != db.FromBackup || means[2] != db.BySalvage {
		t.Errorf("offered are %v, want working copy, backup, salvage, in this order", means)
	}
	if r := v.Remedies; !r[0].All || !r[1].All || r[2].All {
		t.Errorf("the working copy and the backup have it all, salvage has not, but the verdict says %+v", r)
	}
	if v, err := db.Check(w.Path(), elsewhere); err != nil || len(v.Remedies) != 1 || v.Remedies[0].Kind != db.BySalvage {
		t.Errorf("on a computer that never saw it offered is %+v, %v, want salvage alone", v.Remedies, err)
	}

	out := filepath.Join(t.TempDir(), "saved.milstolpe")
	s, err := db.Salvage(w.Path(), out, elsewhere)
	if err != nil || s.Recovered != len(events)-gone || s.Expected != len(events) {
		t.Fatalf("salvaged are %d of %d, %v", s.Recovered, s.Expected, err)
	}
	saved := dbtest.Open(t, out)
	back := map[process.EventID]bool{}
	for _, e := range allEvents(t, saved) {
		back[e.ID] = true
	}
	for _, e := range events {
		if !back[e.ID] && !hit[e.ID] {
			t.Fatalf("event %v lies in a block that nothing happened to, and is not there", e.ID)
		}
	}
	if v, err := db.Check(out, elsewhere); err != nil || !v.Whole() || missingOf(v.Missing) != gone {
		t.Errorf("the salvaged file is %v with %d missing, %v, want whole, knowing of %d", v.Damage, missingOf(v.Missing), err, gone)
	}
}

func TestSalvageNeverTouchesWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "noise")
	write(t, path, bytes.Repeat([]byte("noise"), 10_000))
	out := filepath.Join(t.TempDir(), "out")
	if _, err := db.Salvage(path, out, dbtest.Options(t)); message(err) != "salvage.nothing" {
		t.Errorf("salvaging noise gives %v", err)
	}
	write(t, out, []byte("mine"))
	if _, err := db.Salvage(path, out, dbtest.Options(t)); message(err) != "file.exists" {
		t.Errorf("salvaging over a file gives %v", err)
	}
	if got := string(readFile(t, out)); got != "mine" {
		t.Errorf("the file that was there holds %q", got)
	}
}

func TestRepairPutsTheWorkingCopyInThePlaceOfADamagedFile(t *testing.T) {
	state := t.TempDir()
	w := dbtest.New(t, dbtest.In(state))
	dbtest.Record(t, w, manyFacts(200)...)
	erik := dbtest.Open(t, w.Path(), dbtest.As("Erik", 2))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	// Erik publishes something that Anna's computer has not seen, and only then the file is damaged.
	mine := dbtest.Record(t, erik, dbtest.Journal("d1", "only Erik has this"))
	publish(t, erik)
	want := allEvents(t, erik)
	content := readFile(t, w.Path())
	hurtFile(t, w.Path(), content, 0)

	o := dbtest.Options(t, dbtest.In(state), dbtest.As("Anna", 7))
	if _, err := db.Open(w.Path(), o); process.KindOf(err) != process.Damaged {
		t.Fatalf("opening it gives %v", err)
	}
	again, err := db.Repair(w.Path(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	sameEvents(t, want, allEvents(t, again))
	if v, err := db.Check(w.Path(), o); err != nil || !v.Whole() || v.Readable != len(want) {
		t.Errorf("the repaired file is %+v, %v; Erik's event %v was to be saved", v.Damage, err, mine[0].ID)
	}
	onlyFile(t, filepath.Join(state, "copies", "*", "backups", "*-damaged-*"))
	if _, err := db.Repair(w.Path(), dbtest.Options(t)); message(err) != "repair.no_copy" {
		t.Errorf("repairing where there is no working copy gives %v", err)
	}
}

func TestAFileThatIsGoneIsBroughtBack(t *testing.T) {
	state := t.TempDir()
	w := dbtest.New(t, dbtest.In(state))
	dbtest.Record(t, w, manyFacts(2)...)
	want := allEvents(t, w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(w.Path()); err != nil {
		t.Fatal(err)
	}
	o := dbtest.Options(t, dbtest.In(state), dbtest.As("Anna", 7))
	v, err := db.Check(w.Path(), o)
	if process.KindOf(err) != process.NotFound || len(v.Remedies) != 1 || v.Remedies[0].Kind != db.FromWorkingCopy || !v.Remedies[0].All {
		t.Errorf("the verdict offers %+v, %v, want the working copy, which has all", v.Remedies, err)
	}
	again, err := db.Repair(w.Path(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	sameEvents(t, want, allOf(t, w.Path()))
}

func TestABrokenWorkingCopyIsPutTogetherAnew(t *testing.T) {
	for name, hurt := range map[string]func([]byte) []byte{
		"empty":        func([]byte) []byte { return nil },
		"cut in half":  func(b []byte) []byte { return b[:len(b)/2] },
		"garbage":      func(b []byte) []byte { return bytes.Repeat([]byte("garbage!"), len(b)/8) },
		"no meta page": func(b []byte) []byte { clear(b[:8192]); return b },
	} {
		t.Run(name, func(t *testing.T) {
			state := t.TempDir()
			w := dbtest.New(t, dbtest.In(state))
			dbtest.Record(t, w, manyFacts(5)...)
			want := allEvents(t, w)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			working := onlyFile(t, filepath.Join(state, "copies", "*", "working.db"))
			write(t, working, hurt(readFile(t, working)))
			again := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Anna", 7))
			sameEvents(t, want, allEvents(t, again))
		})
	}
}

func missingOf(gaps []db.Gap) (n int) {
	for _, g := range gaps {
		n += g.Len()
	}
	return n
}
