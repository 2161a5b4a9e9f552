package db_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// busyFile is a shared file with two thousand events in several blocks, and its events.
func busyFile(t *testing.T) (content []byte, events []process.Event) {
	t.Helper()
	w := dbtest.New(t)
	dbtest.Record(t, w, manyFacts(200)...)
	publish(t, w)
	if blocks, err := db.Blocks(w.Path()); err != nil || len(blocks) < 4 {
		t.Fatalf("%d blocks, %v, want several", len(blocks), err)
	}
	return readFile(t, w.Path()), allEvents(t, w)
}

// busyFile1 is a file of the first format with a few hundred events over many pages, and its events.
func busyFile1(t *testing.T) (content []byte, events []process.Event) {
	t.Helper()
	w := dbtest.New(t)
	dbtest.Record(t, w, manyFacts(60)...)
	publish(t, w)
	path := filepath.Join(t.TempDir(), "first.milstolpe")
	if err := db.WriteFormat1(w, path); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path), allEvents(t, w)
}

// inEachFormat runs a test with a file of each format.
func inEachFormat(t *testing.T, test func(t *testing.T, content []byte, events []process.Event)) {
	t.Helper()
	for format, busy := range map[string]func(*testing.T) ([]byte, []process.Event){"1": busyFile1, "2": busyFile} {
		t.Run("format "+format, func(t *testing.T) {
			content, events := busy(t)
			test(t, content, events)
		})
	}
}

// neverWrong opens a damaged file and demands that it is either refused as damaged or gives exactly the right events. It tells whether
// it was refused.
func neverWrong(t *testing.T, path string, want []process.Event) bool {
	t.Helper()
	o := dbtest.Options(t)
	o.ReadOnly = true
	began := time.Now()
	w, err := db.Open(path, o)
	if err != nil {
		if process.KindOf(err) != process.Damaged {
			t.Fatalf("refused as %v, want as damaged", err)
		}
		v, err := db.Check(path, o)
		if err != nil || v.Whole() {
			t.Fatalf("the verdict is %+v, %v", v, err)
		}
		if took := time.Since(began); took > time.Minute { // TestADamagedFileGetsAVerdict holds it to two seconds
			t.Fatalf("refusing it and the verdict took %v", took)
		}
		return true
	}
	got := allEvents(t, w)
	if len(got) != len(want) {
		t.Fatalf("opened with %d events of %d and said nothing", len(got), len(want))
	}
	for i := range want {
		if got[i].ID != want[i].ID {
			t.Fatalf("event %d is %v, want %v", i, got[i].ID, want[i].ID)
		}
	}
	return false
}

func TestTruncatedFilesAreReported(t *testing.T) { inEachFormat(t, truncatedFilesAreReported) }

func truncatedFilesAreReported(t *testing.T, content []byte, want []process.Event) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cut.milstolpe")
	r := rand.New(rand.NewPCG(1, 2))
	for i := range rounds(t, 10, 500) {
		n := r.IntN(len(content))
		if i%4 == 0 {
			n = n / 4096 * 4096
		}
		write(t, path, content[:n])
		if !neverWrong(t, path, want) {
			t.Fatalf("cut to %d of %d bytes it was opened", n, len(content))
		}
	}
}

func TestRandomDamageNeverGivesWrongEvents(t *testing.T) { inEachFormat(t, randomDamage) }

func randomDamage(t *testing.T, content []byte, want []process.Event) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hurt.milstolpe")
	r := rand.New(rand.NewPCG(3, 4))
	refused, n := 0, rounds(t, 30, 2000)
	for i := range n {
		b := bytes.Clone(content)
		hurt(r, b, i)
		write(t, path, b)
		if neverWrong(t, path, want) {
			refused++
		}
	}
	t.Logf("%d damaged files: %d refused, %d read rightly, 0 read wrongly", n, refused, n-refused)
}

// hurt damages bytes the way disks, sync programs and sticks do: bits, sectors of zeros, pages swapped, noise, stretches repeated.
func hurt(r *rand.Rand, b []byte, how int) {
	page := func() int { return r.IntN(len(b)/4096) * 4096 }
	switch how % 6 {
	case 0:
		for range 1 + r.IntN(8) {
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		}
	case 1:
		at := r.IntN(len(b)/512) * 512
		clear(b[at : at+512])
	case 2:
		i, j := page(), page()
		var p [4096]byte
		copy(p[:], b[i:i+4096])
		copy(b[i:i+4096], b[j:j+4096])
		copy(b[j:j+4096], p[:])
	case 3:
		at := r.IntN(len(b) - 64)
		for i := range 64 {
			b[at+i] = byte(r.Uint32())
		}
	case 4: // the head of a page: its number, kind, count and overflow
		binary.LittleEndian.PutUint64(b[page()+8*r.IntN(2):], r.Uint64())
	case 5: // an element of a page: where a key and its value lie
		binary.LittleEndian.PutUint32(b[page()+16+4*r.IntN(64):], r.Uint32()>>r.IntN(32))
	}
}

// Pages that lead back to themselves make a reader run in circles until its stack or its time is used up. It is the child's.
func TestPagesThatLeadInCirclesAreRefused(t *testing.T) {
	content, want := busyFile1(t)
	path := filepath.Join(t.TempDir(), "circle.milstolpe")
	found := 0
	for at := 2 * 4096; at < len(content); at += 4096 {
		if binary.LittleEndian.Uint16(content[at+8:]) != 1 { // not a branch
			continue
		}
		found++
		b := bytes.Clone(content)
		binary.LittleEndian.PutUint64(b[at+16+8:], uint64(at/4096)) // its first child is itself
		write(t, path, b)
		if !neverWrong(t, path, want) {
			t.Errorf("a file whose page %d leads in a circle was opened", at/4096)
		}
	}
	if found == 0 {
		t.Error("the file has no branch page: nothing was tried")
	}
}

func TestGarbageIsRefused(t *testing.T) { inEachFormat(t, garbageIsRefused) }

func garbageIsRefused(t *testing.T, content []byte, want []process.Event) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "garbage.milstolpe")
	r := rand.New(rand.NewPCG(5, 6))
	for i := range rounds(t, 6, 100) {
		b := make([]byte, r.IntN(200_000)+1)
		for j := range b {
			b[j] = byte(r.Uint32())
		}
		if i%2 == 0 && len(b) > 8192 { // garbage behind a beginning that is right
			copy(b, content[:r.IntN(2)*(12288+37-8192)+8192])
		}
		write(t, path, b)
		if !neverWrong(t, path, want) {
			t.Fatalf("%d bytes of garbage were opened", len(b))
		}
	}
}

// The newest meta page damaged makes bbolt go back to the commit before without a word. In a shared file it is refused; a working copy
// is put together anew, says so, and has everything.
func TestADamagedNewestMetaPageIsReported(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	n := rounds(t, 6, 100)
	for range n {
		w := dbtest.New(t)
		state := db.StateDirOf(w)
		for i := range 1 + r.IntN(4) {
			dbtest.Record(t, w, dbtest.Journal("d1", "entry"), dbtest.Journal("d2", string(rune('a'+i))))
		}
		want := allEvents(t, w)
		working := onlyFile(t, filepath.Join(state, "copies", "*", "working.db"))
		db.Abandon(w) // the program is killed: nothing is published
		damageNewestMeta(t, r, working)
		again := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Anna", 3))
		if m := again.Rebuilt(); m == nil || m.Cause == nil {
			t.Fatal("a working copy with a damaged newest meta page was opened without a word")
		}
		sameEvents(t, want, allEvents(t, again))
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
		hurt := filepath.Join(t.TempDir(), "hurt.milstolpe")
		copyTo(t, w.Path(), hurt)
		damageNewestMeta(t, r, hurt)
		if !neverWrong(t, hurt, want) {
			t.Fatal("a shared file with a damaged newest meta page was opened without a word")
		}
	}
}

// Even when the lost commit's pages are gone as well, what it held is missed, by writer and number.
func TestALostCommitIsMissed(t *testing.T) {
	w := dbtest.New(t)
	state := db.StateDirOf(w)
	dbtest.Record(t, w, dbtest.Journal("d1", "kept"))
	working := onlyFile(t, filepath.Join(state, "copies", "*", "working.db"))
	publish(t, w)
	before, err := os.ReadFile(working)
	if err != nil {
		t.Fatal(err)
	}
	lost := dbtest.Record(t, w, dbtest.Journal("d1", "lost"), dbtest.Journal("d1", "lost too"))
	db.Abandon(w)
	write(t, working, before)
	again := dbtest.Open(t, w.Path(), dbtest.In(state), dbtest.As("Anna", 3))
	m := again.Rebuilt()
	if m == nil || len(m.Lost) != 1 || m.Lost[0].Writer != lost[0].ID.Writer() || m.Lost[0].Len() != 2 {
		t.Fatalf("told is %+v, want two lost events of one writer", m)
	}
}

func damageNewestMeta(t *testing.T, r *rand.Rand, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	if binary.LittleEndian.Uint64(b[4096+16+48:]) > binary.LittleEndian.Uint64(b[16+48:]) {
		at = 4096
	}
	b[at+16+r.IntN(64)] ^= 1 << r.IntN(8)
	write(t, path, b)
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func onlyFile(t *testing.T, pattern string) string {
	t.Helper()
	found, _ := filepath.Glob(pattern)
	if len(found) != 1 {
		t.Fatalf("%d files match %s, want one", len(found), pattern)
	}
	return found[0]
}
