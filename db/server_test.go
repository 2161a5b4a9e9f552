package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// movedTo makes a file, moves it to a server, and opens it there as the same person.
func movedTo(t *testing.T, s *dbtest.Server, facts ...process.Fact) *db.File {
	t.Helper()
	w := dbtest.New(t)
	if len(facts) > 0 {
		dbtest.Record(t, w, facts...)
	}
	address, err := w.MoveToServer(t.Context(), s.Address("vera", ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return openAt(t, address, dbtest.In(db.StateDirOf(w)))
}

// openAt opens what lies on a server. It is closed when the test ends.
func openAt(t testing.TB, address string, change ...func(*db.Options)) *db.File {
	t.Helper()
	w, err := db.Open(address, dbtest.Options(t, change...))
	if err != nil {
		t.Fatalf("open %s: %v", address, err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// exchange sends and takes in.
func exchange(t testing.TB, files ...*db.File) {
	t.Helper()
	for _, w := range files {
		if err := w.Publish(t.Context()); err != nil {
			t.Fatalf("exchange with the server: %v", err)
		}
	}
}

// alike compares the states of several copies.
func alike(t testing.TB, files ...*db.File) {
	t.Helper()
	for _, w := range files[1:] {
		if w.StateHash() != files[0].StateHash() {
			t.Errorf("two copies differ: %s and %s", w.StateHash(), files[0].StateHash())
		}
	}
}

// told is the key of the sentence of an error.
func told(err error) string {
	var e *process.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Msg
}

func TestATeamMovesToAServerAndGoesOn(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Opened("d1", "Kvarnen"))
	hash := w.StateHash()
	address, err := w.MoveToServer(t.Context(), s.Address("vera", ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := s.Address("vera", dbtest.Dataset); address != want {
		t.Errorf("moved to %s, want %s", address, want)
	}
	if _, err := w.Act(t.Context(), func(*sales.Team) ([]process.Fact, error) { return []process.Fact{dbtest.Journal("d1", "late")}, nil }); told(err) != "server.moved" {
		t.Errorf("recording in a file that has moved: %v", err)
	}
	path := w.Path()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	vera := openAt(t, address, dbtest.In(db.StateDirOf(w)))
	anna := openAt(t, s.Address("anna", dbtest.Dataset), dbtest.As("Anna", 7))
	if vera.StateHash() != hash || anna.StateHash() != hash {
		t.Error("not everything has come to the server")
	}
	dbtest.Record(t, anna, value("d1", 120_000))
	exchange(t, anna, vera)
	alike(t, anna, vera)
	if kronor, _ := valueOf(t, vera, "d1"); kronor != 120_000 {
		t.Errorf("Vera sees %d kronor", kronor)
	}
	if news := vera.News(); len(news) != 1 || news[0].People[0].Person != "Anna" {
		t.Errorf("Vera is told %+v", news)
	}
	if got := s.SQL("select by from milstolpe.event order by pos desc limit 1"); got[0] != "anna" {
		t.Errorf("the server says that %s sent it", got[0])
	}
	// The file stays where it is, whole, and says where the team has gone.
	old := dbtest.Open(t, path, dbtest.As("Erik", 9))
	if want := s.Address("", dbtest.Dataset); "postgres://@"+strings.TrimPrefix(old.MovedTo(), "postgres://") != want {
		t.Errorf("the file says %q, want %q", old.MovedTo(), want)
	}
}

func TestWhatColleaguesRecordInTheFileComesAlong(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	w := dbtest.New(t)
	dbtest.Record(t, w, dbtest.Opened("d1", "Kvarnen"))
	publish(t, w)
	bo := dbtest.Open(t, w.Path(), dbtest.As("Bo", 3))
	address, err := w.MoveToServer(t.Context(), s.Address("vera", ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Record(t, bo, dbtest.Journal("d1", "written in the file, after it had moved"))
	publish(t, bo)
	if bo.MovedTo() == "" {
		t.Error("Bo is not told that the team has moved")
	}
	state := db.StateDirOf(bo)
	if err := bo.Close(); err != nil {
		t.Fatal(err)
	}
	joined := openAt(t, s.Address("bo", dbtest.Dataset), dbtest.As("Bo", 4), dbtest.In(state))
	exchange(t, joined)
	_ = w.Close()
	vera := openAt(t, address, dbtest.In(db.StateDirOf(w)))
	exchange(t, vera, joined)
	alike(t, vera, joined)
	if n := s.SQL("select count(*) from milstolpe.event"); n[0] != "9" { // 5 founding facts, the deal, the note, and 2 introductions
		t.Errorf("the server has %s events", n[0])
	}
}

func TestWorkGoesOnWithoutTheServer(t *testing.T) {
	t.Parallel()
	p := dbtest.StartPostgres(t)
	s := p.Server()
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	p.Stop()
	dbtest.Record(t, vera, value("d1", 90_000))
	if err := vera.Publish(t.Context()); told(err) != "server.away" {
		t.Errorf("the server is away: %v", err)
	}
	state := vera.State()
	if state.Pending != 2 || state.WaitingSince.IsZero() || told(state.Problem) != "server.away" { // the introduction and the value
		t.Errorf("the state is %+v", state)
	}
	dir := db.StateDirOf(vera)
	_ = vera.Close()
	again := openAt(t, s.Address("vera", dbtest.Dataset), dbtest.In(dir), dbtest.As("Vera", 8))
	if kronor, _ := valueOf(t, again, "d1"); kronor != 90_000 || again.State().Pending != 2 {
		t.Errorf("after a new start there are %d kronor, and %d events wait", kronor, again.State().Pending)
	}
	p.Start()
	exchange(t, again)
	if state := again.State(); state.Pending != 0 || state.Problem != nil {
		t.Errorf("after the server came back the state is %+v", state)
	}
	anna := openAt(t, s.Address("anna", dbtest.Dataset), dbtest.As("Anna", 7))
	alike(t, anna, again)
}

func TestTheRolesHold(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	rolf := openAt(t, s.Address("rolf", dbtest.Dataset), dbtest.As("Rolf", 5))
	if told(rolf.ReadOnly()) != "server.reader" {
		t.Errorf("a reader may record: %v", rolf.ReadOnly())
	}
	dbtest.Record(t, vera, value("d1", 1_000))
	exchange(t, vera, rolf)
	alike(t, vera, rolf)
	for _, statement := range []string{
		"update milstolpe.event set record = record", "delete from milstolpe.event", "update milstolpe.dataset set pos = 0",
		"insert into milstolpe.event (dataset, pos, key, record) values ('" + dbtest.Dataset + "', 99, '\\x01', '\\x01')", "truncate milstolpe.event",
		"insert into milstolpe.dataset (dataset) values ('other')", "create table milstolpe.mine (n int)",
	} {
		for _, login := range []string{"rolf", "anna", "vera"} {
			if _, err := s.As(login, statement); err == nil {
				t.Errorf("%s may do: %s", login, statement)
			}
		}
	}
	if _, err := s.As("rolf", "select milstolpe.push('"+dbtest.Dataset+"', array['\\x01'::bytea], array['\\x01'::bytea])"); err == nil {
		t.Error("a reader may push")
	}
	if _, err := s.As("vera", "select milstolpe.push('"+dbtest.Dataset+"', array['\\x01'::bytea], array['\\x01'::bytea])"); err == nil {
		t.Error("what is no record may be pushed")
	}
}

func TestOnlyOwnersErase(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	day := process.Stamp{Known: process.DateOf(dbtest.Now)}
	vera := movedTo(t, s, &process.ContactNamed{Stamp: day, Contact: "c1", Customer: "k1", Name: "Karin Kund", Email: "karin@kund.se"})
	anna := openAt(t, s.Address("anna", dbtest.Dataset), dbtest.As("Anna", 7))
	if n, err := anna.EraseContact(t.Context(), "c1"); n != 0 && told(err) != "server.erasing_waits" || err == nil {
		t.Errorf("Anna erases %d: %v", n, err)
	}
	if state := anna.State(); state.Pending != 1 || told(state.Problem) != "server.erasing_waits" {
		t.Errorf("the tombstone does not wait: %+v", state)
	}
	exchange(t, vera)
	if n, err := vera.EraseContact(t.Context(), "c1"); n != 1 || err != nil {
		t.Errorf("Vera erases %d: %v", n, err)
	}
	exchange(t, anna)
	if state := anna.State(); state.Pending != 0 {
		t.Errorf("what Vera has erased still waits at Anna's: %+v", state)
	}
	if got := s.SQL("select count(*) from milstolpe.event where position('Karin'::bytea in record) > 0"); got[0] != "0" {
		t.Error("the server still knows the name")
	}
}

func TestALoginThatLosesItsRightGoesOnWorking(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	anna := openAt(t, s.Address("anna", dbtest.Dataset), dbtest.As("Anna", 7))
	dbtest.Record(t, anna, value("d1", 5_000))
	s.SQL("revoke milstolpe_user from anna; grant milstolpe_reader to anna")
	t.Cleanup(func() { s.SQL("grant milstolpe_user to anna") })
	if err := anna.Publish(t.Context()); told(err) != "server.no_right" {
		t.Errorf("the right is gone: %v", err)
	}
	dbtest.Record(t, anna, value("d1", 6_000))
	if anna.State().Pending != 3 {
		t.Errorf("%d events wait", anna.State().Pending)
	}
	s.SQL("revoke milstolpe_reader from anna")
	if err := anna.Publish(t.Context()); told(err) != "server.no_right" {
		t.Errorf("all rights are gone: %v", err)
	}
	s.SQL("grant milstolpe_user to anna")
	exchange(t, anna)
	if anna.State().Pending != 0 {
		t.Error("what waited was not sent")
	}
}

func TestAPasswordIsAskedForAndKeptPrivate(t *testing.T) {
	t.Parallel()
	p := dbtest.StartPostgres(t)
	s := p.Server()
	movedTo(t, s)
	address := s.Address("carin", dbtest.Dataset)
	o := dbtest.Options(t, dbtest.As("Carin", 6))
	for _, password := range []string{"", "wrong"} {
		if err := db.KeepLogin(o.StateDir, address, db.Login{Password: password}); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Open(address, o); told(err) != "server.password" {
			t.Errorf("with the password %q: %v", password, err)
		}
	}
	if err := db.KeepLogin(o.StateDir, address, db.Login{Password: "hemligt-carin"}); err != nil {
		t.Fatal(err)
	}
	w, err := db.Open(address, o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	found, _ := filepath.Glob(filepath.Join(o.StateDir, "servers", "*", "*"))
	if len(found) != 1 {
		t.Fatalf("kept are %v", found)
	}
	if info, err := os.Stat(found[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the password lies in %v, %v", info.Mode(), err)
	}
	if strings.Contains(w.Path(), "hemligt") {
		t.Error("the address holds the password")
	}
	s.SQL("alter role carin password 'another'")
	dbtest.Record(t, w, dbtest.Journal("d1", "goes on"))
	if err := w.Publish(t.Context()); told(err) != "server.password" || w.State().Pending == 0 {
		t.Errorf("the password has changed: %v, %+v", err, w.State())
	}
}
