package db_test

import (
	"bufio"
	"context"
	cryptorand "crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// roleEnv makes this test program play a part in another process, to be killed there or to run out of disk.
const roleEnv = "MILSTOLPE_TEST_ROLE"

func TestMain(m *testing.M) {
	if role := os.Getenv(roleEnv); role != "" {
		os.Exit(play(role, os.Args[1], os.Args[2]))
	}
	os.Exit(m.Run())
}

// play works in the file at path until it is killed. It writes a line for each thing that was acknowledged, after it was.
func play(role, path, state string) int {
	w, err := db.Open(path, db.Options{
		StateDir: state, Clock: time.Now, Entropy: cryptorand.Reader, Person: "Killed", Computer: "victim", Version: "test", Manual: true,
	})
	if err != nil {
		fmt.Println("trouble", err)
		return 1
	}
	fmt.Println("ready")
	parts := map[string]func(*db.File, int) error{"commit": commitPart, "publish": publishPart, "import": importPart, "full": fullPart}
	for i := 0; ; i++ {
		if err := parts[role](w, i); errors.Is(err, io.EOF) {
			return 0
		} else if err != nil {
			fmt.Println("trouble", err)
			return 1
		}
	}
}

func commitPart(w *db.File, i int) error {
	events, err := w.Act(context.Background(), func(*sales.Team) ([]process.Fact, error) {
		return []process.Fact{dbtest.Journal("d1", fmt.Sprint("entry ", i)), dbtest.Journal("d2", "and another")}, nil
	})
	for _, e := range events {
		fmt.Println("event", e.ID)
	}
	return err
}

func publishPart(w *db.File, i int) error {
	if err := commitPart(w, i); err != nil {
		return err
	}
	return w.Publish(context.Background())
}

const importSize = 2000

func importPart(w *db.File, i int) error {
	name := fmt.Sprintf("import-%d-%d", os.Getpid(), i)
	facts := make([]process.Fact, importSize)
	for j := range facts {
		facts[j] = dbtest.Journal("d1", name)
	}
	_, err := w.ActBulk(context.Background(), func(*sales.Team) ([]process.Fact, error) { return facts, nil }, nil)
	if err == nil {
		fmt.Println("import", name)
	}
	return err
}

// victim is a run of this program in another process.
type victim struct {
	cmd *exec.Cmd
	out *bufio.Scanner
}

func startVictim(t *testing.T, role, path, state string, env ...string) *victim {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, path, state)
	cmd.Env = append(append(os.Environ(), roleEnv+"="+role), env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	v := &victim{cmd: cmd, out: bufio.NewScanner(out)}
	if !v.out.Scan() || v.out.Text() != "ready" {
		t.Fatalf("the victim did not get ready: %q", v.out.Text())
	}
	return v
}

// killAfter kills the victim (signal 9: it cannot do anything about it) and returns what it had acknowledged by then.
func (v *victim) killAfter(d time.Duration) (acknowledged []string) {
	timer := time.AfterFunc(d, func() { _ = v.cmd.Process.Kill() })
	defer timer.Stop()
	for v.out.Scan() {
		acknowledged = append(acknowledged, v.out.Text())
	}
	_ = v.cmd.Wait()
	return acknowledged
}

func TestNothingAcknowledgedIsLostWhenTheProgramIsKilled(t *testing.T) {
	for _, tc := range []struct {
		role     string
		few, all int
		within   time.Duration
	}{
		{"commit", 12, 1000, 40 * time.Millisecond},
		{"publish", 8, 300, 80 * time.Millisecond},
		{"import", 6, 300, 150 * time.Millisecond},
	} {
		t.Run(tc.role, func(t *testing.T) {
			r := rand.New(rand.NewPCG(21, 22))
			n, kept := rounds(t, tc.few, tc.all), 0
			var path, state string
			for i := range n {
				if i%25 == 0 { // a fresh file now and then, so that it does not grow too large to be quick
					w := dbtest.New(t)
					path, state = w.Path(), db.StateDirOf(w)
					if err := w.Close(); err != nil {
						t.Fatal(err)
					}
				}
				said := startVictim(t, tc.role, path, state).killAfter(time.Duration(r.Int64N(int64(tc.within))))
				kept += demandAcknowledged(t, path, state, said)
			}
			t.Logf("killed %d times, %d acknowledged, 0 lost", n, kept)
		})
	}
}

// demandAcknowledged opens the file again after a kill, and demands everything that was acknowledged, imports as a whole or not at
// all, and a whole shared file.
func demandAcknowledged(t *testing.T, path, state string, said []string) int {
	t.Helper()
	v, err := db.Check(path, dbtest.Options(t))
	if err != nil || !v.Whole() {
		t.Fatalf("after the kill the shared file is %+v, %v", v, err)
	}
	w, err := db.Open(path, dbtest.Options(t, dbtest.In(state)))
	if err != nil {
		t.Fatalf("after the kill: %v", err)
	}
	if m := w.Rebuilt(); m != nil {
		t.Fatalf("after the kill the working copy had to be mended: %+v", m)
	}
	have, imports := map[string]bool{}, map[string]int{}
	for _, e := range allEvents(t, w) {
		have["event "+e.ID.String()] = true
		if j, ok := e.Fact.(*process.JournalWritten); ok && strings.HasPrefix(j.Text, "import-") {
			imports[j.Text]++
		}
	}
	for name, n := range imports {
		if n != importSize {
			t.Fatalf("%d of %d facts of %s are there", n, importSize, name)
		}
		have["import "+name] = true
	}
	for _, line := range said {
		if !have[line] {
			t.Fatalf("acknowledged and lost: %s", line)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*.milstolpe")); len(left) != 1 {
		t.Fatalf("beside the shared file lie %v", left)
	}
	return len(said)
}
