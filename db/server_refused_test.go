package db_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

func TestACertificateIsVerifiedAndNeverLowered(t *testing.T) {
	t.Parallel()
	p := dbtest.StartPostgres(t)
	s := p.Server()
	movedTo(t, s)
	address := s.Address("anna", dbtest.Dataset) + "&sslmode=verify-full"
	if _, err := db.Open(address, dbtest.Options(t)); told(err) != "server.certificate" {
		t.Errorf("a server that speaks in the clear: %v", err)
	}
	ca, cert, key := dbtest.Certificates(t, "127.0.0.1")
	use := func(cert, key string) {
		p.Stop()
		p.Write("server.crt", cert)
		p.Write("server.key", key)
		p.Configure("ssl = on")
		p.Start()
	}
	use(cert, key)
	if _, err := db.Open(address, dbtest.Options(t)); told(err) != "server.certificate" {
		t.Errorf("an authority that nobody knows: %v", err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte(ca), 0o600); err != nil {
		t.Fatal(err)
	}
	w := openAt(t, address+"&sslrootcert="+file, dbtest.As("Anna", 7))
	invitation, ok := w.Invitation()
	if !ok || string(invitation.CA) != ca {
		t.Errorf("the invitation brings %q", invitation.CA)
	}
	// It was kept: the file of the authority is not needed again.
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	exchange(t, w)
	_, foreign, foreignKey := dbtest.Certificates(t, "127.0.0.1")
	use(foreign, foreignKey)
	dbtest.Record(t, w, dbtest.Journal("d1", "waits"))
	if err := w.Publish(t.Context()); told(err) != "server.certificate" || w.State().Pending == 0 {
		t.Errorf("another server has taken its place: %v, %+v", err, w.State())
	}
}

func TestANewerSchemaIsReadOnly(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	dbtest.Record(t, vera, dbtest.Journal("d1", "waits for the update"))
	s.SQL("insert into milstolpe.schema values (2)")
	if err := vera.Publish(t.Context()); told(err) != "server.newer" || process.KindOf(vera.ReadOnly()) != process.Newer || vera.State().Pending == 0 {
		t.Errorf("a newer schema: %v, %v, %+v", err, vera.ReadOnly(), vera.State())
	}
	anna := openAt(t, s.Address("anna", dbtest.Dataset), dbtest.As("Anna", 7))
	if process.KindOf(anna.ReadOnly()) != process.Newer {
		t.Errorf("who joins may record: %v", anna.ReadOnly())
	}
	if _, err := s.TrySQL(db.ServerSQL()); err == nil {
		t.Error("an older program sets up a newer database")
	}
	s.SQL("delete from milstolpe.schema where version = 2")
	exchange(t, vera, anna)
	alike(t, vera, anna)
	if vera.ReadOnly() != nil || anna.ReadOnly() != nil {
		t.Error("nothing can be recorded although the program is new enough")
	}
}

func TestWhatIsNoMilstolpeDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	p := dbtest.StartPostgres(t)
	s := p.Server()
	w := dbtest.New(t)
	for _, tc := range []struct{ address, want string }{
		{s.Address("vera", "01OTHER"), "server.other_dataset"},
		{"postgres://vera@" + s.Host() + "/nowhere", "server.no_such_db"},
		{"postgres://vera@" + s.Host() + "/template1", "server.not_set_up"},
		{"postgres://vera@127.0.0.1:1/postgres", "server.away"},
		{s.Address("rolf", ""), "server.no_right"},
		{s.Address("nobody", ""), "server.password"},
		{"Sales.milstolpe", "server.bad_address"},
	} {
		if _, err := w.MoveToServer(t.Context(), tc.address, nil); told(err) != tc.want {
			t.Errorf("moving to %s: %v, want %s", tc.address, err, tc.want)
		}
		if w.ReadOnly() != nil || w.MovedTo() != "" {
			t.Fatalf("after a refusal the file takes nothing: %v, %s", w.ReadOnly(), w.MovedTo())
		}
	}
	if _, err := db.Open(s.Address("anna", "01NOTHERE"), dbtest.Options(t)); told(err) != "server.no_dataset" {
		t.Errorf("a dataset that is not there: %v", err)
	}
	s.SQL("insert into milstolpe.dataset (dataset) values ('one'), ('two')")
	if _, err := db.Open(s.Address("anna", ""), dbtest.Options(t)); told(err) != "server.which_dataset" {
		t.Errorf("which of two: %v", err)
	}
	if _, err := db.New(s.Address("anna", ""), dbtest.Founding(), dbtest.Options(t)); told(err) != "server.moves_from_file" {
		t.Errorf("a new file on a server: %v", err)
	}
}

func TestAServerThatTakesNothingLosesNothing(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	dbtest.Record(t, vera, dbtest.Journal("d1", "waits"))
	s.SQL("alter role vera set default_transaction_read_only = on")
	if err := vera.Publish(t.Context()); told(err) != "server.read_only" || vera.State().Pending != 2 {
		t.Errorf("read only: %v, %+v", err, vera.State())
	}
	s.SQL("alter role vera reset default_transaction_read_only")
	exchange(t, vera)
	onServer(t, s, vera, "anna")
}

func TestAnUnreadableEventStopsNobodyAndIsTold(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	vera := movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	anna := openAt(t, s.Address("anna", dbtest.Dataset), dbtest.As("Anna", 7))
	s.SQL("insert into milstolpe.event (dataset, pos, key, record) values ('" + dbtest.Dataset + "', 1000, decode(repeat('ab', 20), 'hex'), '\\x0102'); update milstolpe.dataset set pos = 1000")
	dbtest.Record(t, vera, dbtest.Journal("d1", "after it"))
	if err := vera.Publish(t.Context()); told(err) != "server.unreadable" {
		t.Errorf("an event that cannot be read: %v", err)
	}
	_ = anna.Publish(t.Context())
	alike(t, vera, anna)
}

func TestNewsComesInSecondsWhereTheServerTells(t *testing.T) {
	t.Parallel()
	s := dbtest.NewServer(t)
	movedTo(t, s, dbtest.Opened("d1", "Kvarnen"))
	live := func(o *db.Options) { o.Manual, o.Clock, o.Debounce = false, time.Now, 50*time.Millisecond }
	anna := openAt(t, s.Address("anna", dbtest.Dataset), dbtest.As("Anna", 7), live)
	bo := openAt(t, s.Address("bo", dbtest.Dataset), dbtest.As("Bo", 8), live)
	eventually(t, "both listen", func() bool {
		return s.SQL("select count(*) from pg_stat_activity where application_name = 'milstolpe' and query like '%pg_notify%'")[0] == "2"
	})
	dbtest.Record(t, anna, value("d1", 77_000))
	began := time.Now()
	eventually(t, "Bo sees it", func() bool { return bo.StateHash() == anna.StateHash() })
	if took := time.Since(began); took > 10*time.Second { // a look every 15 seconds would mostly be later
		t.Errorf("it took %s", took)
	}
	eventually(t, "Bo is told", func() bool { return len(bo.News()) == 1 })
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 400 {
		if holds() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("after ten seconds it does not hold that %s", what)
}
