package postgres

import (
	"errors"
	"strings"
	"testing"

	"milstolpe/process"
)

func toldBy(err error) string {
	var e *process.Error
	if errors.As(err, &e) {
		return e.Msg
	}
	return ""
}

func TestAnAddressHasOneWayOfBeingWritten(t *testing.T) {
	t.Setenv("PGSSLMODE", "")
	for typed, want := range map[string]string{
		"postgres://anna@db.firma.se/sales?dataset=01KAR":                   "postgres://anna@db.firma.se/sales?dataset=01KAR",
		" postgresql://anna@DB.firma.se:5432/sales?dataset=01KAR ":          "postgres://anna@db.firma.se/sales?dataset=01KAR",
		"postgres://anna@db1.firma.se,db2.firma.se:5433/sales":              "postgres://anna@db1.firma.se,db2.firma.se:5433/sales",
		"postgres://anna@a,b/sales?port=6000":                               "postgres://anna@a:6000,b:6000/sales",
		"postgres://anna@[::1]:5433/sales?sslmode=disable":                  "postgres://anna@[::1]:5433/sales",
		"postgres://anna@[2001:db8::1]/sales":                               "postgres://anna@[2001:db8::1]/sales",
		"postgres://anna@127.0.0.1/sales?sslmode=verify-full":               "postgres://anna@127.0.0.1/sales?sslmode=verify-full",
		"postgres://anna@db.firma.se/sales?sslmode=verify-full&dataset=x":   "postgres://anna@db.firma.se/sales?dataset=x",
		"postgres://anna@%2Fvar%2Frun%2Fpostgresql/sales":                   "postgres://anna@%2Fvar%2Frun%2Fpostgresql/sales",
		"postgres://anna@/sales?host=/var/run/postgresql":                   "postgres://anna@%2Fvar%2Frun%2Fpostgresql/sales",
		"postgres://anna%40firma.se@db.firma.se/f%C3%B6rs%C3%A4ljning":      "postgres://anna%40firma.se@db.firma.se/f%C3%B6rs%C3%A4ljning",
		"postgres://db.firma.se/sales?user=anna&target_session_attrs=any":   "postgres://anna@db.firma.se/sales",
		"postgres://anna@db.firma.se/sales?sslrootcert=/tmp/ca.pem":         "postgres://anna@db.firma.se/sales",
		"POSTGRES://anna@xn--frsljning-02a3q.se/sales?application_name=app": "postgres://anna@xn--frsljning-02a3q.se/sales",
	} {
		a, err := ParseAddress(typed)
		if err != nil || a.String() != want {
			t.Errorf("%s is read as %s, %v; want %s", typed, a, err, want)
			continue
		}
		if again, err := ParseAddress(a.String()); err != nil || again.String() != want {
			t.Errorf("%s is read again as %s, %v", want, again, err)
		}
	}
}

func TestAnAddressThatIsRefusedSaysWhy(t *testing.T) {
	t.Setenv("PGSSLMODE", "")
	for typed, want := range map[string]string{
		"Sales.milstolpe":                                     "server.bad_address",
		"postgres://":                                         "server.bad_address",
		"postgres://anna@/sales":                              "server.bad_address",
		"postgres://anna@db.firma.se:99999/sales":             "server.bad_address",
		"postgres://anna@db firma/sales":                      "server.bad_address",
		"postgres://anna@db.firma.se":                         "server.no_database_named",
		"postgres://anna:secret@db.firma.se/sales":            "server.password_in_address",
		"postgres://anna@db.firma.se/sales?password=secret":   "server.password_in_address",
		"postgres://anna@db.firma.se/sales?sslmode=require":   "server.weak_tls",
		"postgres://anna@db.firma.se/sales?sslmode=verify-ca": "server.weak_tls",
		"postgres://anna@127.0.0.1,db/sales?sslmode=disable":  "server.weak_tls",
		"postgres://anna@127.0.0.1.evil.com/s?sslmode=prefer": "server.weak_tls",
		"postgres://anna@localhost.evil.com/s?sslmode=prefer": "server.weak_tls",
		"postgres://anna@x/sales?host=db&sslmode=allow":       "server.weak_tls",
		"postgres://anna@db.firma.se/sales?options=-c%20x=y":  "server.bad_parameter",
		"postgres://anna@db.firma.se/sales?service=other":     "server.bad_parameter",
	} {
		if a, err := ParseAddress(typed); toldBy(err) != want {
			t.Errorf("%s is read as %s, %v; want %s", typed, a, err, want)
		}
	}
}

func TestAWeakerModeFromTheSurroundingsIsRefused(t *testing.T) {
	t.Setenv("PGSSLMODE", "require")
	if _, err := ParseAddress("postgres://anna@db.firma.se/sales"); toldBy(err) != "server.weak_tls" {
		t.Errorf("PGSSLMODE=require: %v", err)
	}
	if _, err := ParseAddress("postgres://anna@127.0.0.1/sales"); err != nil {
		t.Errorf("on this computer: %v", err)
	}
	t.Setenv("PGSSLMODE", "verify-full")
	a, err := ParseAddress("postgres://anna@db1.firma.se,127.0.0.1/sales")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PGSERVICE", "")
	config, err := configOf(a, Login{})
	if err != nil {
		t.Fatal(err)
	}
	if config.TLSConfig == nil || config.TLSConfig.InsecureSkipVerify || len(config.Fallbacks) != 1 || config.Fallbacks[0].TLSConfig == nil || config.Fallbacks[0].TLSConfig.InsecureSkipVerify {
		t.Error("one of two hosts is not verified")
	}
}

const someCertificate = `-----BEGIN CERTIFICATE-----
TWlsc3RvbHBl
-----END CERTIFICATE-----
`

func TestAnInvitationComesThroughTheMail(t *testing.T) {
	a, err := ParseAddress("postgres://anna@db.firma.se/sales?dataset=01KAR")
	if err != nil {
		t.Fatal(err)
	}
	text := string(Invitation{Address: a, CA: []byte(someCertificate)}.Encode())
	if strings.Contains(text, "anna") {
		t.Error("the invitation names who sent it")
	}
	for name, got := range map[string]string{"as it was": text, "windows": "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"), "with a key beside": text + "-----BEGIN PRIVATE KEY-----\nTWls\n-----END PRIVATE KEY-----\n"} {
		i, err := ParseInvitation([]byte(got))
		if err != nil || i.Address.String() != "postgres://db.firma.se/sales?dataset=01KAR" || string(i.CA) != someCertificate {
			t.Errorf("%s: %+v, %v", name, i, err)
		}
	}
	for got, want := range map[string]string{
		"":                              "server.no_invitation",
		"hello":                         "server.no_invitation",
		"Milstolpe server 1\n":          "server.no_invitation",
		"Milstolpe server 2\naddress: ": "server.newer_invitation",
		"Milstolpe server 1\naddress: postgres://db.firma.se/sales\n":                                    "server.no_invitation",
		"Milstolpe server 1\naddress: postgres://x:y@db.firma.se/sales?dataset=1\n":                      "server.password_in_address",
		"Milstolpe server 1\naddress: postgres://db.firma.se/sales?dataset=1&sslmode=disable\n":          "server.weak_tls",
		"Milstolpe server 1\naddress: postgres://db.firma.se/sales?dataset=1\n-----BEGIN CERTIFICATE---": "server.bad_ca",
	} {
		if i, err := ParseInvitation([]byte(got)); toldBy(err) != want {
			t.Errorf("%q is read as %+v, %v; want %s", got, i, err, want)
		}
	}
}

// What is read is written so that it is read in the same way, and never holds a password.
func FuzzParseAddress(f *testing.F) {
	for _, text := range []string{"postgres://anna@db:1,[::1]:2/s?dataset=x", "postgres://%2Frun:5/s", "postgresql://a%3Ab@h/x%2Fy?host=/run&port=7", "postgres://@,/"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAddress(text)
		if err != nil {
			return
		}
		again, err := ParseAddress(a.String())
		if err != nil || again.String() != a.String() {
			t.Errorf("%q is written as %q, and that is read as %q, %v", text, a, again, err)
		}
	})
}

func FuzzParseInvitation(f *testing.F) {
	f.Add([]byte("Milstolpe server 1\naddress: postgres://db/s?dataset=1\n" + someCertificate))
	f.Fuzz(func(t *testing.T, text []byte) {
		i, err := ParseInvitation(text)
		if err != nil {
			return
		}
		again, err := ParseInvitation(i.Encode())
		if err != nil || again.Address.String() != i.Address.String() || string(again.CA) != string(i.CA) {
			t.Errorf("%q is written as %q", text, i.Encode())
		}
	})
}
