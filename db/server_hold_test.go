package db_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// onServer compares what the server holds with a copy: the same number of events, none twice, and the same state for somebody who joins.
func onServer(t testing.TB, s *dbtest.Server, w *db.File, login string) {
	t.Helper()
	fresh := openAt(t, s.Address(login, dbtest.Dataset), dbtest.As("Fresh", rand.Uint64()))
	alike(t, w, fresh)
	events := 0
	if err := w.Records(func(db.Record) error { events++; return nil }); err != nil {
		t.Fatal(err)
	}
	if got := s.SQL("select count(*) from milstolpe.event where dataset = '" + dbtest.Dataset + "'"); got[0] != strconv.Itoa(events) {
		t.Errorf("the server has %s events, here are %d", got[0], events)
	}
}

// lostOf is what people were told that the server had lost.
func lostOf(files ...*db.File) (n int) {
	for _, w := range files {
		for _, in := range w.News() {
			n += in.Gone
		}
	}
	return n
}

func TestAServerThatIsPutBackIsHealedAndTold(t *testing.T) {
	t.Parallel()
	p := dbtest.StartPostgres(t)
	s := p.Server()
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	anna := openAt(t, s.Address("anna", dbtest.Dataset), dbtest.As("Anna", 7))
	p.Stop()
	kept := p.Keep()
	p.Start()
	for i := range 20 {
		dbtest.Record(t, anna, dbtest.Journal("d1", fmt.Sprint("before it was put back ", i)))
		exchange(t, anna)
	}
	exchange(t, vera)
	hash := anna.StateHash()
	p.Stop()
	p.Back(kept)
	p.Start()
	// Somebody who had not heard of what is lost goes on first, so that positions are given out again.
	bo := openAt(t, s.Address("bo", dbtest.Dataset), dbtest.As("Bo", 11))
	dbtest.Record(t, bo, slices.Repeat([]process.Fact{dbtest.Journal("d1", "after")}, 30)...)
	exchange(t, bo, anna, vera, bo)
	alike(t, anna, vera, bo)
	if anna.StateHash() == hash {
		t.Error("nothing of Bo's has come in")
	}
	if n := lostOf(anna, vera); n != 21 { // 20 notes and the introduction of Anna's run
		t.Errorf("told that %d were lost, want 21", n)
	}
	onServer(t, s, anna, "anna")
}

func TestAServerThatIsReplacedIsFilledAgain(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	s.SQL("truncate milstolpe.event, milstolpe.dataset")
	if err := vera.Publish(t.Context()); told(err) != "server.no_dataset" {
		t.Errorf("the dataset is gone: %v", err)
	}
	s.SQL("insert into milstolpe.dataset (dataset) values ('" + dbtest.Dataset + "')")
	exchange(t, vera)
	onServer(t, s, vera, "anna")
	if n := lostOf(vera); n != 7 { // 5 founding facts, the deal, an introduction
		t.Errorf("told that %d were lost, want 7", n)
	}
}

func TestTheDailyCheckFindsWhatIsMissing(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"), dbtest.Journal("d1", "one"), dbtest.Journal("d1", "two"))
	_ = vera.Close()
	s.SQL("delete from milstolpe.event where pos = 3")
	now := dbtest.Now
	again := openAt(t, s.Address("vera", dbtest.Dataset), dbtest.In(db.StateDirOf(vera)), func(o *db.Options) { o.Clock = func() time.Time { return now } })
	exchange(t, again)
	if n := s.SQL("select count(*) from milstolpe.event"); n[0] != "8" {
		t.Fatalf("%s events: it was found before a day had passed, or never missing", n[0])
	}
	now = now.Add(25 * time.Hour)
	exchange(t, again)
	if n := s.SQL("select count(*) from milstolpe.event"); n[0] != "9" || lostOf(again) != 1 {
		t.Errorf("%s events, told that %d were lost", n[0], lostOf(again))
	}
}

// Laptops that are offline and come back in any order, with clocks that are ten years off.
func TestLaptopsOfflineInAnyOrder(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	files := []*db.File{vera}
	for i, years := range []int{-10, 10} {
		at := dbtest.Now.AddDate(years, 0, 0)
		files = append(files, openAt(t, s.Address([]string{"anna", "bo"}[i], dbtest.Dataset), dbtest.As("P"+strconv.Itoa(i), uint64(20+i)),
			func(o *db.Options) { o.Clock = func() time.Time { return at } }))
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for round := range rounds(t, 12, 200) {
		for i, w := range files {
			for range rnd.IntN(4) {
				dbtest.Record(t, w, dbtest.Journal("d1", fmt.Sprint(round, i)))
			}
			if rnd.IntN(3) == 0 {
				dbtest.Record(t, w, value("d1", int64(1000*round+i)))
			}
		}
		for _, i := range rnd.Perm(len(files)) {
			if rnd.IntN(2) == 0 {
				exchange(t, files[i])
			}
		}
	}
	exchange(t, files...)
	exchange(t, files...)
	alike(t, files...)
	onServer(t, s, vera, "anna")
	kronor, heads := valueOf(t, vera, "d1")
	for _, w := range files {
		if k, h := valueOf(t, w, "d1"); k != kronor || h != heads {
			t.Errorf("%d kronor with %d heads, elsewhere %d with %d", k, h, kronor, heads)
		}
	}
}

// Seven orders in which content C and the tombstones T1 and T2 of two people who erase it can reach the server, from different laptops;
// each time a tombstone stays everywhere, and the content comes back nowhere.
func TestEveryOrderOfErasing(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	day := process.Stamp{Known: process.DateOf(dbtest.Now)}
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	open := func(seed uint64) *db.File {
		return openAt(t, s.Address("vera", dbtest.Dataset), dbtest.As("Vera"+strconv.FormatUint(seed, 10), seed))
	}
	for i, order := range [][]string{{"C", "T1", "T2"}, {"C", "T2", "T1"}, {"T1", "C", "T2"}, {"T1", "T2", "C"}, {"T2", "C", "T1"}, {"T2", "T1", "C"}, {"C", "T1", "C"}} {
		t.Run(fmt.Sprint(order), func(t *testing.T) {
			// The one who has the content keeps it until its turn; the others get it by hand, as from a file.
			has := open(uint64(100 + 10*i))
			contact := process.ContactID("c" + strconv.Itoa(i))
			dbtest.Record(t, has, &process.ContactNamed{Stamp: day, Contact: contact, Customer: "k", Name: "Karin Kund", Email: "k@k.se"})
			copied := t.TempDir() + "/by-hand.milstolpe"
			if err := has.SaveCopy(t.Context(), copied); err != nil {
				t.Fatal(err)
			}
			who := map[string]*db.File{"C": has, "T1": open(uint64(101 + 10*i)), "T2": open(uint64(102 + 10*i))}
			for _, name := range []string{"T1", "T2"} {
				if _, err := who[name].Merge(t.Context(), copied); err != nil {
					t.Fatal(err)
				}
			}
			offline(t, s, func() {
				for _, name := range []string{"T1", "T2"} {
					if n, _ := who[name].EraseContact(t.Context(), contact); n != 1 {
						t.Fatalf("%s erases %d", name, n)
					}
				}
			})
			for _, name := range order {
				exchange(t, who[name])
			}
			exchange(t, who["C"], who["T1"], who["T2"], vera)
			exchange(t, who["C"], who["T1"], who["T2"], vera)
			alike(t, vera, has, who["T1"], who["T2"])
			want := tombstoneOf(t, vera, contact)
			for name, w := range who {
				if got := tombstoneOf(t, w, contact); got != want || got == "" {
					t.Errorf("%s has %q, Vera has %q", name, got, want)
				}
			}
			if got := s.SQL("select count(*) from milstolpe.event where position('Karin'::bytea in record) > 0"); got[0] != "0" {
				t.Error("the content came back to the server")
			}
		})
	}
}

// offline runs something while nobody can connect.
func offline(t *testing.T, s *dbtest.Server, do func()) {
	t.Helper()
	s.SQL("revoke milstolpe_owner from vera")
	defer s.SQL("grant milstolpe_owner to vera")
	do()
}

// tombstoneOf is the payload of the tombstone of a contact.
func tombstoneOf(t *testing.T, w *db.File, contact process.ContactID) (payload string) {
	t.Helper()
	var facts process.FactReader
	err := w.Records(func(r db.Record) error {
		fact, err := facts.Read(r.Payload)
		if f, ok := fact.(*process.ContactNamed); ok && f.Contact == contact && r.Erased {
			payload = string(r.Payload)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return payload
}

// Several write and several follow, all at once.
func TestManyWritersAndFollowersLoseNothing(t *testing.T) {
	t.Parallel()
	p := dbtest.StartPostgres(t)
	s := p.Server()
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	const writers, followers, atOnce = 8, 3, 250
	each := rounds(t, 1000, 12_500)
	var all sync.WaitGroup
	files := make([]*db.File, 0, writers+followers)
	for i := range writers + followers {
		files = append(files, openAt(t, s.Address([]string{"anna", "bo"}[i%2], dbtest.Dataset), dbtest.As("P"+strconv.Itoa(i), uint64(200+i))))
	}
	done := make(chan struct{})
	began := time.Now()
	for _, w := range files[:writers] {
		all.Go(func() {
			for range each / atOnce {
				dbtest.Record(t, w, slices.Repeat([]process.Fact{dbtest.Journal("d1", "at once")}, atOnce)...)
				if err := w.Publish(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	var follow sync.WaitGroup
	for _, w := range files[writers:] {
		follow.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					if err := w.Pull(t.Context()); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	close(done)
	follow.Wait()
	t.Logf("%d events of %d writers in %s", writers*each, writers, time.Since(began).Round(time.Millisecond))
	exchange(t, files...)
	exchange(t, vera)
	alike(t, append(files, vera)...)
	onServer(t, s, vera, "vera")
}
