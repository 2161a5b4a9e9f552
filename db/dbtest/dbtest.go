package dbtest

import (
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/process"
	"milstolpe/process/money"
	_ "milstolpe/process/processtest" // looks for garbage less often
)

// A program built with the race detector waits a second before it ends, and each reading of a shared file is a program that ends.
func init() {
	if _, set := os.LookupEnv("GORACE"); !set {
		_ = os.Setenv("GORACE", "atexit_sleep_ms=0")
	}
}

// Now is the moment at which every test happens, unless it moves its clock.
var Now = time.Date(2026, 11, 23, 9, 12, 0, 0, time.UTC)

// Dataset is the identity of the files that New makes.
const Dataset = "01KARTTESTTESTTESTTESTTEST"

// New makes a file in a temporary folder and opens it. When the test ends it is closed, and the shared file is checked.
func New(t testing.TB, change ...func(*db.Options)) *db.File {
	t.Helper()
	return NewAt(t, filepath.Join(t.TempDir(), "Sales.milstolpe"), change...)
}

// NewAt is New at a path of the test's choice.
func NewAt(t testing.TB, path string, change ...func(*db.Options)) *db.File {
	t.Helper()
	o := Options(t, change...)
	w, err := db.New(path, Founding(), o)
	if err != nil {
		t.Fatalf("make a file: %v", err)
	}
	closeAndCheck(t, w, o)
	return w
}

// Open opens a file that is there. When the test ends it is closed, and the shared file is checked.
func Open(t testing.TB, path string, change ...func(*db.Options)) *db.File {
	t.Helper()
	o := Options(t, change...)
	w, err := db.Open(path, o)
	if err != nil {
		t.Fatalf("open %s: %v", path, err)
	}
	closeAndCheck(t, w, o)
	return w
}

func closeAndCheck(t testing.TB, w *db.File, o db.Options) {
	t.Helper()
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Errorf("close: %v", err)
			return
		}
		v, err := db.Check(w.Path(), o)
		if err != nil || !v.Whole() {
			t.Errorf("after the test the shared file is %+v, %v", v, err)
		}
	})
}

// Options are complete options with a state folder of their own, the clock standing at Now, entropy of a fixed seed, and nothing
// happening in the background. Change them as the test needs it.
func Options(t testing.TB, change ...func(*db.Options)) db.Options {
	t.Helper()
	o := db.Options{
		StateDir: t.TempDir(), Clock: func() time.Time { return Now }, Entropy: Entropy(1),
		Person: "Anna", Computer: "annas-laptop", Version: "test", Manual: true,
	}
	for _, c := range change {
		c(&o)
	}
	return o
}

// As names who records, with entropy of their own.
func As(person string, seed uint64) func(*db.Options) {
	return func(o *db.Options) { o.Person, o.Computer, o.Entropy = person, person+"s-laptop", Entropy(seed) }
}

// In uses a state folder that another run has used before: the same computer, the program started again.
func In(stateDir string) func(*db.Options) { return func(o *db.Options) { o.StateDir = stateDir } }

// Entropy is the same endless bytes for the same seed.
func Entropy(seed uint64) io.Reader {
	var key [32]byte
	for i := range 8 {
		key[i] = byte(seed >> (8 * i))
	}
	return &locked{r: rand.NewChaCha8(key)}
}

type locked struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *locked) Read(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(b)
}

// Founding are the first facts of a small Swedish company.
func Founding() []process.Fact {
	day := process.DateOf(Now)
	stamp := process.Stamp{Known: day}
	return []process.Fact{
		&process.TeamFounded{Stamp: stamp, Dataset: Dataset},
		&process.SettingSet{Stamp: stamp, Setting: process.CompanySetting, Value: "Björk & Lind"},
		&process.SettingSet{Stamp: stamp, Setting: process.CurrencySetting, Value: "SEK"},
		&process.SettingSet{Stamp: stamp, Setting: process.TimeZoneSetting, Value: "Europe/Stockholm"},
		&process.PersonNamed{Stamp: stamp, Person: "anna", Name: "Anna"},
	}
}

// Record records facts and returns their events.
func Record(t testing.TB, w *db.File, facts ...process.Fact) []process.Event {
	t.Helper()
	events, err := w.Record(t.Context(), facts...)
	if err != nil {
		t.Fatalf("record: %v", err)
	}
	return events
}

// Journal is a fact about a deal that any test can record any number of times.
func Journal(deal process.DealID, text string) process.Fact {
	day := process.DateOf(Now)
	return &process.JournalWritten{Stamp: process.Stamp{Known: day}, Deal: deal, On: day, Text: text}
}

// Opened opens a deal that is worth 100,000 SEK.
func Opened(deal process.DealID, name string) process.Fact {
	day := process.DateOf(Now)
	return &process.DealOpened{
		Stamp: process.Stamp{Known: day}, Deal: deal, On: day, Process: "p", Name: name, Seller: "anna", Value: &money.Amount{Minor: 100_000_00, Currency: "SEK"},
	}
}
