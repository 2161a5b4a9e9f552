package command_test

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"milstolpe/handlers/command"
)

// terminal runs commands in a folder that can be taken away while one of them runs: when it has asked for the time as often as steps says.
type terminal struct {
	t          *testing.T
	dir        string
	out, talk  string // what the last one printed, and what it said
	steps, now int
	gone       bool
}

func (c *terminal) run(steps int, args ...string) int {
	c.t.Helper()
	c.steps, c.now, c.gone = steps, 0, false
	var files [2]*os.File
	for i := range files {
		f, err := os.CreateTemp(c.t.TempDir(), "said")
		if err != nil {
			c.t.Fatal(err)
		}
		files[i] = f
	}
	code := command.Main(c.t.Context(), args, command.Environment{
		Out: files[0], Talk: files[1], Entropy: rand.Reader, Browser: func(string) error { return os.ErrNotExist },
		Clock: func() time.Time {
			if c.now++; c.now == c.steps {
				c.gone = os.Rename(c.dir, c.dir+" away") == nil
			}
			return now
		},
	})
	for i, into := range []*string{&c.out, &c.talk} {
		text, err := os.ReadFile(files[i].Name())
		if err != nil {
			c.t.Fatal(err)
		}
		*into = string(text)
		_ = files[i].Close()
	}
	return code
}

// A command whose folder goes away while it runs says that it is done only when everybody can see it. Else what it recorded is only here,
// and the next command that reads says so and counts it in.
func TestACommandThatCannotPublishDoesNotSayDone(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("LANG", "en_GB.UTF-8")
	from := t.TempDir()
	file, other, definition := filepath.Join(from, "F.milstolpe"), filepath.Join(from, "other.milstolpe"), filepath.Join(from, "p.json")
	if err := os.WriteFile(definition, []byte(`{"name": "New business", "milestones": [{"key": "yes", "name": "The buyer has said yes", "required": true}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	ready := &terminal{t: t, dir: from}
	for _, args := range [][]string{{"new", file}, {"backup", "--file", file, "--out", other}, {"process", "add", "--file", other, definition}} {
		if code := ready.run(0, args...); code != command.ExitDone {
			t.Fatalf("%v: %d, %s", args, code, ready.talk)
		}
	}
	begin, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	keptBack := 0
	for step := 1; ; step++ {
		t.Setenv("XDG_STATE_HOME", t.TempDir())
		c := &terminal{t: t, dir: filepath.Join(t.TempDir(), "shared")}
		mine := filepath.Join(c.dir, "F.milstolpe")
		if err := errors.Join(os.Mkdir(c.dir, 0o700), os.WriteFile(mine, begin, 0o600)); err != nil {
			t.Fatal(err)
		}
		code := c.run(step, "merge", "--file", mine, other)
		if !c.gone {
			break
		}
		said, waits := c.out, strings.Contains(c.talk, "not in the shared file yet")
		if done := code == command.ExitDone; done != (said != "") || done && waits {
			t.Errorf("step %d: exit %d, %q, %q", step, code, c.out, c.talk)
		}
		if err := os.Rename(c.dir+" away", c.dir); err != nil {
			t.Fatal(err)
		}
		read := c.run(0, "process", "export", "--file", mine)
		if only := strings.Contains(c.talk, "only on this computer"); only != waits || waits && (read != command.ExitDone || !strings.Contains(c.out, "New business")) {
			t.Errorf("step %d: exit %d and %q; reading then says %q", step, code, said, c.talk)
		}
		if waits {
			keptBack++
		}
	}
	if keptBack == 0 {
		t.Error("at no step was anything kept back: this test looks at nothing")
	}
	t.Logf("kept back at %d steps", keptBack)
}
