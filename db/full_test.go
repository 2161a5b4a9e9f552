//go:build unix

package db_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

const limitEnv = "MILSTOLPE_TEST_LIMIT"

// fullPart records and publishes with files that cannot grow beyond a limit: every write beyond it fails, as on a full disk. Then the
// limit is lifted and work goes on in the same process.
func fullPart(w *db.File, i int) error {
	limit, _ := strconv.ParseUint(os.Getenv(limitEnv), 10, 64)
	signal.Ignore(syscall.SIGXFSZ)
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: was.Max}); err != nil {
		return err
	}
	failed := 0
	for j := range 12 {
		if err := attempt(w, fmt.Sprint("limited ", j)); err != nil {
			failed++
			fmt.Println("refused", message(err))
		}
	}
	// A working copy is larger than what it publishes, so a publication that fails needs something that was recorded before.
	for _, l := range []syscall.Rlimit{was, {Cur: limit, Max: was.Max}, was} {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
			return err
		}
		if l == was {
			if err := attempt(w, "with room"); err != nil {
				return fmt.Errorf("the disk has room again: %w", err)
			}
			continue
		}
		if err := w.Publish(context.Background()); err != nil {
			fmt.Println("unpublished", message(err))
			// Only what is noted of a file that was placed may have found no room.
			if s := w.State(); s.Problem == nil || s.Pending == 0 && !holdsAll(w) {
				return fmt.Errorf("the state does not tell: %+v", s)
			}
		}
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("close when the disk has room again: %w", err)
	}
	fmt.Println("failed", failed)
	return io.EOF
}

// holdsAll tells whether the shared file holds as many events as the team.
func holdsAll(w *db.File) bool {
	content, err := os.ReadFile(w.Path())
	if err != nil {
		return false
	}
	list, err := db.ReadPacked(content)
	events := 0
	_ = w.View(func(t *sales.Team) error { events = t.Events(); return nil })
	return err == nil && len(list) == events
}

func attempt(w *db.File, text string) error {
	hash := w.StateHash()
	events, err := w.Act(context.Background(), func(*sales.Team) ([]process.Fact, error) {
		return []process.Fact{dbtest.Journal("d1", text+string(make([]byte, 3000)))}, nil
	})
	if err != nil && w.StateHash() != hash {
		fmt.Println("refused, and yet the memory changed")
	}
	for _, e := range events {
		fmt.Println("event", e.ID)
	}
	return err
}

// A disk that is full at every step of writing: the first byte, the second page, and so on, until everything fits.
func TestAFullDiskLosesNothingAndLeavesNoHalfFile(t *testing.T) {
	step := 4096
	if !*full {
		step = 7 * 4096
	}
	runs, refused, unpublished := 0, 0, 0
	for limit := 0; ; limit += step {
		w := dbtest.New(t)
		path, state := w.Path(), db.StateDirOf(w)
		dbtest.Record(t, w, manyFacts(5)...)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		v := startVictim(t, "full", path, state, limitEnv+"="+strconv.Itoa(limit))
		var said []string
		done := ""
		for v.out.Scan() {
			line := v.out.Text()
			var word, rest string
			_, _ = fmt.Sscan(line, &word, &rest)
			switch word {
			case "event":
				said = append(said, line)
			case "refused":
				if rest != "file.not_saved_space" && rest != "file.not_saved" {
					t.Fatalf("with files of at most %d bytes it says %q, want that it was not saved", limit, line)
				}
			case "unpublished":
				if rest != "file.no_space" && rest != "file.write_failed" {
					t.Fatalf("with files of at most %d bytes it says %q, want the sentence about a full disk", limit, line)
				}
				unpublished++
			case "failed":
				done = rest
			default:
				t.Fatalf("with files of at most %d bytes: %s", limit, line)
			}
		}
		if err := v.cmd.Wait(); err != nil || done == "" {
			t.Fatalf("with files of at most %d bytes the program ended with %v", limit, err)
		}
		demandAcknowledged(t, path, state, said)
		runs++
		n, _ := strconv.Atoi(done)
		refused += n
		if n == 0 && limit > 1<<18 {
			break
		}
	}
	if refused == 0 || unpublished == 0 {
		t.Errorf("%d refused and %d publications failed: the disk was never full", refused, unpublished)
	}
	t.Logf("%d full disks, %d changes refused with a sentence, %d publications put off, 0 lost, 0 half files", runs, refused, unpublished)
}
