package help_test

import (
	"context"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/command"
	"milstolpe/handlers/help"
)

// roleEnv makes this test program be milstolpe itself, for the commands of the help.
const roleEnv = "MILSTOLPE_HELP_ROLE"

func TestMain(m *testing.M) {
	if os.Getenv(roleEnv) != "" {
		os.Exit(command.Main(context.Background(), os.Args[1:], command.Environment{
			Out: os.Stdout, Talk: os.Stderr, Clock: time.Now, Entropy: rand.Reader, Browser: func(string) error { return os.ErrNotExist },
		}))
	}
	os.Exit(m.Run())
}

// shell runs commands of the help as they stand there, on a server of the test's own: what would change this computer is left out.
type shell struct {
	t   *testing.T
	dir string
	env []string
	p   *dbtest.Postgres
}

func newShell(t *testing.T, p *dbtest.Postgres) *shell {
	t.Helper()
	s := &shell{t: t, dir: t.TempDir(), p: p}
	bin := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, script := range map[string]string{
		"milstolpe": roleEnv + `=1 exec "` + self + `" "$@"`,
		"apt":       `[ "$*" = "install postgresql" ]`,
		"su":        `[ "$*" = "- postgres" ]`,
		"systemctl": `[ "$*" = "restart postgresql" ] && touch "` + filepath.Join(s.dir, "restart") + `"`,
	} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	s.env = append(os.Environ(), "PATH="+bin+":"+p.Bin()+":"+os.Getenv("PATH"), "PGHOST=127.0.0.1", "PGPORT="+strconv.Itoa(p.Port),
		"PGUSER=postgres", "XDG_STATE_HOME="+s.dir, "LANG=C.UTF-8")
	return s
}

// run types the commands of one part.
func (s *shell) run(part int, replace ...string) string {
	s.t.Helper()
	var out strings.Builder
	for _, line := range help.ServerCommands[part] {
		if line == "exit" {
			continue // from the shell of another user, which there is none of here
		}
		line = strings.NewReplacer(replace...).Replace(line)
		cmd := exec.CommandContext(s.t.Context(), "bash", "-c", "set -o pipefail; "+line)
		cmd.Dir, cmd.Env = s.dir, s.env
		got, err := cmd.CombinedOutput()
		out.Write(got)
		if err != nil {
			s.t.Fatalf("%s: %v\n%s", line, err, got)
		}
	}
	if _, err := os.Stat(filepath.Join(s.dir, "restart")); err == nil {
		_ = os.Remove(filepath.Join(s.dir, "restart"))
		s.p.Stop()
		s.p.Start()
	}
	return out.String()
}

func TestTheCommandsOfTheHelpWork(t *testing.T) {
	t.Parallel()
	p := dbtest.StartPostgres(t)
	ca, cert, key := dbtest.Certificates(t, "127.0.0.1")
	p.Write("server.crt", cert)
	p.Write("server.key", key)
	sh := newShell(t, p)
	authority := filepath.Join(sh.dir, "ca.pem")
	if err := os.WriteFile(authority, []byte(ca), 0o600); err != nil {
		t.Fatal(err)
	}
	// The server of this test is this computer, where a certificate need not be; with one, everything is as elsewhere.
	here := []string{"vera@db.company.com/sales", "vera@127.0.0.1:" + strconv.Itoa(p.Port) + "/sales'?sslmode=verify-full&sslrootcert=" + authority + "'"}
	sh.run(2, "listen_addresses = '*'", "listen_addresses = '127.0.0.1'") // nobody else is to reach the server of a test

	w := dbtest.NewAt(t, filepath.Join(sh.dir, "Sales.milstolpe"))
	dbtest.Record(t, w, dbtest.Opened("d1", "Kvarnen"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	out := sh.run(3, here...)
	if !strings.Contains(out, "events there: 7") || !strings.Contains(out, "rights: owner") {
		t.Errorf("moving and looking say:\n%s", out)
	}
	sh.run(4)
	sh.run(5)

	// What is recorded after the backup is sent again after it was restored.
	vera, err := db.Open("postgres://vera@127.0.0.1:"+strconv.Itoa(p.Port)+"/sales?sslmode=verify-full&sslrootcert="+authority, dbtest.Options(t, dbtest.As("Vera", 5)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = vera.Close() }()
	dbtest.Record(t, vera, dbtest.Journal("d1", "after the backup"))
	if err := vera.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	sh.run(6)
	if err := vera.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if news := vera.News(); len(news) != 1 || news[0].Gone != 2 { // the note, and the introduction of the run
		t.Errorf("after restoring, Vera is told %+v", news)
	}
	anna, err := db.Open("postgres://anna@127.0.0.1:"+strconv.Itoa(p.Port)+"/sales", dbtest.Options(t, dbtest.As("Anna", 6)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = anna.Close() }()
	if anna.StateHash() != vera.StateHash() {
		t.Error("the server does not hold what Vera has")
	}
}
