package command_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"milstolpe/handlers/command"
	"milstolpe/handlers/sheet/sheettest"
	"milstolpe/handlers/web"
)

// now is the moment at which every command of a script runs.
var now = time.Date(2026, 11, 23, 9, 12, 0, 0, time.UTC)

// here is the computer of the scripts. It has no browser, and none that opens windows.
var here = command.Environment{
	Out: os.Stdout, Talk: os.Stderr, Clock: func() time.Time { return now }, Entropy: rand.Reader,
	Browser: func(string) error { return os.ErrNotExist },
	Window:  func(string) error { return web.ErrNoWindow },
}

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"milstolpe": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			os.Exit(command.Main(ctx, os.Args[1:], here))
		},
	})
}

func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_STATE_HOME", e.WorkDir+"/state")
			e.Setenv("LocalAppData", e.WorkDir+"/state")
			e.Setenv("LANG", "en_GB.UTF-8")
			dir, err := os.Getwd()
			e.Setenv("GOLDEN", filepath.Join(dir, "..", "..", "process", "testdata", "golden"))
			e.Setenv("UPGRADE", dir+"/testdata/upgrade")
			e.Setenv("MISREAD", filepath.Join(dir, "..", "sheet", "testdata", "misread"))
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exit": exitCode, "damage": damage, "golden": golden, "appears": appears, "traps": traps, "emptied": emptied},
	})
}

// exitCode runs a program and compares its exit code: exit 2 milstolpe new a.milstolpe.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit CODE PROGRAM [ARGUMENTS]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("%s ended with %s, want exit code %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// damage cuts a file in half, turns it inside out, or empties it: damage cut|garbage|empty FILE.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: damage cut|garbage|empty FILE")
	}
	path := ts.MkAbs(args[1])
	content, err := os.ReadFile(path)
	ts.Check(err)
	switch args[0] {
	case "cut":
		content = content[:len(content)/2]
	case "garbage":
		for i := range content {
			content[i] = byte(i * 7)
		}
	case "empty":
		content = nil
	default:
		ts.Fatalf("no damage named %s", args[0])
	}
	ts.Check(os.WriteFile(path, content, 0o600))
}

// emptied empties every working copy in a folder, as a cleaning program does: emptied FOLDER.
func emptied(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: emptied FOLDER")
	}
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*", "*"))
	ts.Check(err)
	for _, path := range found {
		ts.Check(os.RemoveAll(path))
	}
}

// traps writes files that are no lists, or that try to take the computer down, into a folder: traps FOLDER.
func traps(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: traps FOLDER")
	}
	for _, trap := range sheettest.Traps(ts) {
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), trap.File), trap.Data, 0o600))
	}
}

// appears waits until there is such a file: appears FILE.
func appears(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: appears FILE")
	}
	for range 500 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	ts.Fatalf("%s has not appeared in ten seconds", args[0])
}

// golden compares a report and the standings, as JSON, with what an independent program says of the same deals:
// golden EXPECTED REPORT STANDINGS. Every figure has to be there with all digits that the other one printed.
func golden(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: golden EXPECTED REPORT STANDINGS")
	}
	want, report, standings := document(ts, os.ExpandEnv(args[0])), document(ts, args[1]), document(ts, args[2])
	c := comparison{ts, strings.Contains(args[0], "expected-week")}
	c.same("periods", report["periods"], want["periods"])
	c.same("summary", report["summary"], want["summary"])
	for _, key := range []string{"calibrated_on", "base", "closed", "won", "standings"} {
		c.same(key, standings[key], want[key])
	}
}

func document(ts *testscript.TestScript, path string) (doc map[string]any) {
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(path)))
	d.UseNumber()
	ts.Check(d.Decode(&doc))
	return doc
}

type comparison struct {
	ts    *testscript.TestScript
	weeks bool
}

// same goes through everything that is wanted; more than that may be there.
func (c comparison) same(at string, got, want any) {
	switch want := want.(type) {
	case map[string]any:
		have, ok := got.(map[string]any)
		if !ok {
			c.ts.Fatalf("%s: got %v, want an object", at, got)
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if strings.HasSuffix(key, "_allowed") || slices.Contains([]string{"range_sure", "range_shown"}, key) {
				continue // what the other program says of its own quantiles
			}
			if slices.Contains([]string{"p10", "p50", "p90"}, key) {
				c.quantile(at+"."+key, have[key], want[key], have["forecast"])
				continue
			}
			if _, there := have[key]; !there {
				c.ts.Fatalf("%s: there is no %s", at, key)
			}
			c.same(at+"."+key, have[key], want[key])
		}
	case []any:
		have, ok := got.([]any)
		if !ok || len(have) != len(want) {
			c.ts.Fatalf("%s: got %d of %d", at, len(have), len(want))
		}
		for i := range want {
			c.same(fmt.Sprintf("%s[%d]", at, i), have[i], want[i])
		}
	case json.Number:
		if g, w, within := figure(got), figure(want), digits(want); !(math.Abs(g-w) <= within) {
			c.ts.Fatalf("%s is %v, want %v within %v", at, got, want, within)
		}
	default:
		if got != want {
			c.ts.Fatalf("%s is %v, want %v", at, got, want)
		}
	}
}

// quantile compares a bound of the range: to a hundredth of the total, but for weeks, where one deal more or less makes a step. The tests
// of package forecast hold it to what section 8 of the model allows.
func (c comparison) quantile(at string, got, want, total any) {
	within := math.Max(figure(total)/100, 1)
	if c.weeks || total == nil {
		within = math.Inf(1)
	}
	if g, w := figure(got), figure(want); !(math.Abs(g-w) <= within) {
		c.ts.Fatalf("%s is %v, want %v within %v", at, got, want, within)
	}
}

// figure is a number of a document; what is none is like no number.
func figure(v any) float64 {
	n, ok := v.(json.Number)
	f, err := n.Float64()
	if !ok || err != nil {
		return math.NaN()
	}
	return f
}

// digits is half of the last digit that was printed. Numbers with all the digits that a float has were made from rounded amounts.
func digits(n json.Number) float64 {
	_, decimals, _ := strings.Cut(n.String(), ".")
	return math.Max(0.51*math.Pow10(-len(decimals)), 1e-8)
}
