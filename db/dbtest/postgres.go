package dbtest

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Postgres is a server of a test's own, on this computer. It stops when the test ends.
type Postgres struct {
	t    testing.TB
	dir  string // of its data
	bin  string
	Port int
}

// postgresBin is the folder with the programs of a PostgreSQL of this computer: all of them, which a path to one need not lead to.
func postgresBin() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append([]string{path}, found...)
	}
	for _, path := range slices.Backward(found) {
		dir := filepath.Dir(path)
		if _, err := exec.LookPath(filepath.Join(dir, "pg_basebackup")); err == nil {
			return dir
		}
	}
	return ""
}

// Bin is the folder of the programs that belong to the server.
func (p *Postgres) Bin() string { return p.bin }

// StartPostgres starts a server on a free port of this computer. Where PostgreSQL is not installed the test is skipped.
func StartPostgres(t testing.TB, settings ...string) *Postgres {
	t.Helper()
	p := &Postgres{t: t, bin: postgresBin()}
	if p.bin == "" {
		t.Skip("PostgreSQL is not installed here (Debian: apt install postgresql), so nothing is tested with a server")
	}
	p.folder()
	p.run("initdb", "--no-sync", "-A", "trust", "-U", "postgres", "--encoding=UTF8", "--locale=C", "-D", p.dir)
	p.write("pg_hba.conf", "host all postgres 127.0.0.1/32 trust\nhost replication postgres 127.0.0.1/32 trust\n"+
		"host all carin 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n")
	p.Configure(settings...)
	p.Start()
	return p
}

// Standby is a second machine that follows this one. With synchronous this one answers only when the other has what was committed.
func (p *Postgres) Standby(synchronous bool) *Postgres {
	p.t.Helper()
	s := &Postgres{t: p.t, bin: p.bin}
	s.folder()
	s.run("pg_basebackup", "-h", "127.0.0.1", "-p", strconv.Itoa(p.Port), "-U", "postgres", "-D", s.dir, "-R", "-X", "stream", "-c", "fast", "--no-sync")
	s.Configure("primary_conninfo = 'host=127.0.0.1 port=" + strconv.Itoa(p.Port) + " user=postgres application_name=standby'")
	s.Start()
	if synchronous {
		p.Again().SQL("alter system set synchronous_standby_names = 'standby'")
		p.Again().SQL("select pg_reload_conf()")
	}
	for range 200 {
		if got, err := p.Again().TrySQL("select count(*) from pg_stat_replication"); err == nil && got[0] == "1" {
			return s
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatal("the standby does not follow")
	return nil
}

func (p *Postgres) folder() {
	p.t.Helper()
	dir, err := os.MkdirTemp("", "milstolpe-pg-")
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = os.RemoveAll(dir) })
	p.dir = filepath.Join(dir, "data")
	if err := os.Mkdir(p.dir, 0o700); err != nil {
		p.t.Fatal(err)
	}
	if err := giveAway(dir, p.dir); err != nil {
		p.t.Skip("PostgreSQL does not run as root, and there is no user postgres: ", err)
	}
	p.Port = freePort(p.t)
}

func freePort(t testing.TB) int {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	address, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		t.Fatalf("%s is no port", l.Addr())
	}
	return address.Port
}

// Configure writes the settings of a stopped server anew, with these besides the usual ones.
func (p *Postgres) Configure(settings ...string) {
	p.t.Helper()
	lines := append([]string{
		"listen_addresses = '127.0.0.1'", "port = " + strconv.Itoa(p.Port), "unix_socket_directories = ''", "max_connections = 200",
		"shared_buffers = 64MB", "wal_level = replica", "max_wal_senders = 5", "logging_collector = off", "log_min_messages = fatal",
	}, settings...)
	p.write("postgresql.conf", strings.Join(lines, "\n")+"\n")
}

func (p *Postgres) write(name, content string) {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		p.t.Fatal(err)
	}
	if err := giveAway(path); err != nil {
		p.t.Fatal(err)
	}
}

// Write puts a file, such as a certificate, into the folder of the data.
func (p *Postgres) Write(name, content string) { p.t.Helper(); p.write(name, content) }

func (p *Postgres) run(program string, args ...string) {
	p.t.Helper()
	if err := p.try(program, args...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *Postgres) try(program string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(p.bin, program), args...)
	cmd.Dir = filepath.Dir(p.dir)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "PGPASSWORD=", "PGUSER=")
	asOther(cmd)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", program, strings.Join(args, " "), err, out.String())
	}
	return nil
}

// Start starts the server, and waits until it answers.
func (p *Postgres) Start() {
	p.t.Helper()
	p.run("pg_ctl", "-D", p.dir, "-l", filepath.Join(filepath.Dir(p.dir), "log"), "-w", "-t", "60", "start")
	p.t.Cleanup(func() { _ = p.try("pg_ctl", "-D", p.dir, "-m", "immediate", "-w", "stop") })
}

// Kill ends the server at once, as a power cut does.
func (p *Postgres) Kill() {
	p.t.Helper()
	p.run("pg_ctl", "-D", p.dir, "-m", "immediate", "-w", "stop")
}

// Stop ends the server in an orderly way.
func (p *Postgres) Stop() { p.t.Helper(); p.run("pg_ctl", "-D", p.dir, "-m", "fast", "-w", "stop") }

// Promote makes a standby the machine that takes writes.
func (p *Postgres) Promote() { p.t.Helper(); p.run("pg_ctl", "-D", p.dir, "-w", "promote") }

// Keep copies the data of a stopped server, and Back puts the copy in its place.
func (p *Postgres) Keep() string {
	p.t.Helper()
	to := p.dir + "-kept-" + strconv.Itoa(runtime.NumGoroutine()) + strconv.FormatInt(time.Now().UnixNano(), 36)
	copyTree(p.t, p.dir, to)
	return to
}

// Back puts a copy that was kept in the place of the data of a stopped server.
func (p *Postgres) Back(kept string) {
	p.t.Helper()
	if err := os.RemoveAll(p.dir); err != nil {
		p.t.Fatal(err)
	}
	copyTree(p.t, kept, p.dir)
}

func copyTree(t testing.TB, from, to string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), "cp", "-a", from, to).CombinedOutput(); err != nil {
		t.Fatalf("copy %s: %v\n%s", from, err, out)
	}
}
