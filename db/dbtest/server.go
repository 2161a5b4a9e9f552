package dbtest

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"milstolpe/db"
)

// ServerVariable names another server to test with: an address with the name of somebody who may create databases and roles. What needs
// to kill the server, or two of them, is tested with our own alone.
const ServerVariable = "MILSTOLPE_TEST_POSTGRES"

// Server is where a test may keep a dataset: a database with the schema, and the logins anna (user), vera (owner) and rolf (reader).
type Server struct {
	t     testing.TB
	admin string // connection string of somebody who may do everything
	host  string
	db    string
}

// NewServer sets up a database on a server of the test's own, or on the one that the environment names. Where there is neither, the test
// is skipped.
func NewServer(t testing.TB) *Server {
	t.Helper()
	if address := os.Getenv(ServerVariable); address != "" {
		a, err := db.ParseAddress(address)
		if err != nil {
			t.Fatalf("%s: %v", ServerVariable, err)
		}
		s := &Server{t: t, host: strings.Join(a.Hosts, ","), db: "milstolpe_" + strconv.FormatInt(time.Now().UnixNano(), 36)}
		s.admin = fmt.Sprintf("postgres://%s@%s/%s", a.User, s.host, a.Database)
		s.alone()
		s.SQL("create database " + s.db)
		s.admin = fmt.Sprintf("postgres://%s@%s/%s", a.User, s.host, s.db)
		s.setUp()
		return s
	}
	return StartPostgres(t, "fsync = off").Server() // nobody kills it
}

// turn is the advisory lock of the tests that use a server together.
const turn = 2026_11_29

// alone waits until no other test, of any package, uses the server: the logins and what they may do belong to all of its databases.
func (s *Server) alone() {
	s.t.Helper()
	ctx := context.Background()
	c, err := pgconn.Connect(ctx, s.admin)
	if err == nil {
		s.t.Cleanup(func() { _ = c.Close(ctx) })
		_, err = c.Exec(ctx, "select pg_advisory_lock("+strconv.Itoa(turn)+")").ReadAll()
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// Server sets up a database on this instance.
func (p *Postgres) Server() *Server {
	p.t.Helper()
	s := p.existing()
	s.setUp()
	return s
}

// existing is the database of this instance, as it is.
func (p *Postgres) existing() *Server {
	host := "127.0.0.1:" + strconv.Itoa(p.Port)
	return &Server{t: p.t, admin: "postgres://postgres@" + host + "/postgres?sslmode=prefer", host: host, db: "postgres"}
}

// Again is the same database on another instance, a standby that has been promoted.
func (p *Postgres) Again() *Server { return p.existing() }

func (s *Server) setUp() {
	s.t.Helper()
	s.SQL(db.ServerSQL())
	for login, role := range map[string]string{"anna": "milstolpe_user", "bo": "milstolpe_user", "carin": "milstolpe_user", "vera": "milstolpe_owner", "rolf": "milstolpe_reader"} {
		s.SQL(fmt.Sprintf(`do $$ begin if not exists (select from pg_roles where rolname = '%[1]s') then create role %[1]s login password '%[3]s'; end if; end $$;
			revoke milstolpe_user, milstolpe_owner, milstolpe_reader from %[1]s; grant %[2]s to %[1]s`, login, role, password(login)))
	}
}

// password is that of a login; on a server that the environment names it is the one of PGPASSWORD, which counts for all.
func password(login string) string { return cmp.Or(os.Getenv("PGPASSWORD"), "hemligt-"+login) }

// Host is where the server listens.
func (s *Server) Host() string { return s.host }

// SQL runs statements as somebody who may do everything, and returns the first column of the last rows.
func (s *Server) SQL(statements string) []string {
	s.t.Helper()
	list, err := s.TrySQL(statements)
	if err != nil {
		s.t.Fatalf("%s: %v", statements, err)
	}
	return list
}

// TrySQL is SQL for statements that may fail.
func (s *Server) TrySQL(statements string) (list []string, err error) {
	return runSQL(s.admin, statements)
}

// As runs statements as one of the logins.
func (s *Server) As(login, statements string) ([]string, error) {
	return runSQL("postgres://"+login+":"+password(login)+"@"+s.host+"/"+s.db+"?sslmode=prefer", statements)
}

func runSQL(connect, statements string) (list []string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, err := pgconn.Connect(ctx, connect)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close(ctx) }()
	results, err := c.Exec(ctx, statements).ReadAll()
	for _, r := range results {
		if len(r.FieldDescriptions) == 0 {
			continue
		}
		list = nil
		for _, row := range r.Rows {
			list = append(list, string(row[0]))
		}
	}
	return list, err
}

// Address is where a login finds the dataset; an empty one is left out.
func (s *Server) Address(login, dataset string) string {
	a := "postgres://" + login + "@" + s.host + "/" + s.db
	if dataset != "" {
		a += "?dataset=" + dataset
	}
	return a
}

// Join names several hosts in one address, as those of a cluster.
func Join(login, dataset string, machines ...*Postgres) string {
	hosts := make([]string, len(machines))
	for i, m := range machines {
		hosts[i] = "127.0.0.1:" + strconv.Itoa(m.Port)
	}
	return "postgres://" + login + "@" + strings.Join(hosts, ",") + "/postgres?dataset=" + dataset
}
