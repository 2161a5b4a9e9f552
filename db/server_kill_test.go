package db_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// load records and sends until it is told to stop, and tries again whatever the server answers.
type load struct {
	files []*db.File
	stop  chan struct{}
	all   sync.WaitGroup

	mu       sync.Mutex
	refused  int // exchanges that failed
	recorded []process.EventID
}

func startLoad(t *testing.T, files ...*db.File) *load {
	t.Helper()
	l := &load{files: files, stop: make(chan struct{})}
	for _, w := range files {
		l.all.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-l.stop:
					return
				default:
				}
				events := dbtest.Record(t, w, dbtest.Journal("d1", fmt.Sprint("load ", i)), dbtest.Journal("d1", "and another"))
				err := w.Publish(t.Context())
				l.mu.Lock()
				for _, e := range events {
					l.recorded = append(l.recorded, e.ID)
				}
				if err != nil {
					l.refused++
				}
				l.mu.Unlock()
			}
		})
	}
	return l
}

// end stops the load, lets all exchange what is left, and demands that every one has all that was recorded, once.
func (l *load) end(t *testing.T, s *dbtest.Server) {
	t.Helper()
	close(l.stop)
	l.all.Wait()
	exchange(t, l.files...)
	exchange(t, l.files...)
	alike(t, l.files...)
	have := map[process.EventID]int{}
	if err := l.files[0].Records(func(r db.Record) error { have[r.ID]++; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, id := range l.recorded {
		if have[id] != 1 {
			t.Errorf("event %s is there %d times", id, have[id])
		}
	}
	onServer(t, s, l.files[0], "vera")
	t.Logf("%d events recorded, %d exchanges tried again, told that %d were lost", len(l.recorded), l.refused, lostOf(l.files...))
}

func TestNothingIsLostWhenTheServerIsKilled(t *testing.T) {
	t.Parallel()
	p := dbtest.StartPostgres(t)
	s := p.Server()
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	l := startLoad(t, vera, openAt(t, s.Address("anna", dbtest.Dataset), dbtest.As("Anna", 7)), openAt(t, s.Address("bo", dbtest.Dataset), dbtest.As("Bo", 8)))
	for range rounds(t, 4, 100) {
		time.Sleep(time.Duration(200+rand.IntN(400)) * time.Millisecond)
		p.Kill()
		p.Start()
	}
	l.end(t, s)
	if n := lostOf(l.files...); n != 0 {
		t.Errorf("told that %d were lost; a commit that was answered is on the disk", n)
	}
}

func TestNothingIsLostWhenTheProgramIsKilledWhilePushing(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	address, state := s.Address("anna", dbtest.Dataset), t.TempDir()
	said := map[string]bool{}
	n := rounds(t, 8, 100)
	for range n {
		for _, line := range startVictim(t, "publish", address, state).killAfter(time.Duration(rand.Int64N(int64(120 * time.Millisecond)))) {
			said[line] = true
		}
	}
	anna := openAt(t, address, dbtest.In(state), dbtest.As("Anna", 99))
	exchange(t, anna, vera)
	alike(t, anna, vera)
	have := map[string]bool{}
	for _, e := range allEvents(t, vera) {
		have["event "+e.ID.String()] = true
	}
	for line := range said {
		if !have[line] {
			t.Errorf("acknowledged and lost: %s", line)
		}
	}
	onServer(t, s, anna, "vera")
	t.Logf("killed %d times, %d acknowledged, 0 lost", n, len(said))
}

func TestAStandbyIsPromotedUnderLoad(t *testing.T) {
	t.Parallel()
	for _, synchronous := range []bool{true, false} {
		t.Run("synchronous "+strconv.FormatBool(synchronous), func(t *testing.T) {
			first := dbtest.StartPostgres(t)
			s := first.Server()
			vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
			_ = vera.Close()
			second := first.Standby(synchronous)
			cluster := func(login string, seed uint64, change ...func(*db.Options)) *db.File {
				return openAt(t, dbtest.Join(login, dbtest.Dataset, first, second), append([]func(*db.Options){dbtest.As(login, seed)}, change...)...)
			}
			l := startLoad(t, cluster("vera", 7), cluster("anna", 8), cluster("bo", 9))
			time.Sleep(time.Second)
			if !synchronous { // what is committed while the standby is away is what it will not have
				second.Stop()
				time.Sleep(time.Second)
			}
			first.Kill()
			if !synchronous {
				second.Start()
			}
			time.Sleep(300 * time.Millisecond)
			second.Promote()
			if synchronous {
				second.Again().SQL("alter system set synchronous_standby_names = ''")
				second.Again().SQL("select pg_reload_conf()")
			}
			time.Sleep(time.Second)
			l.end(t, second.Again())
			if lost := lostOf(l.files...); synchronous == (lost > 0) {
				t.Errorf("told that %d were lost", lost)
			}
		})
	}
}
