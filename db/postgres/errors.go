package postgres

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"milstolpe/process"
)

// away says that the server cannot be reached. Nothing is lost by that.
func (a Address) away(err error) error { return a.told(process.Conflict, "server.away", err) }

func (a Address) told(kind process.Kind, msg string, err error) error {
	return &process.Error{Kind: kind, Msg: msg, Args: []any{a.Name(), a.User}, Err: err}
}

// sentences are what is said of what a server answers, by the beginning of its code (SQLSTATE).
var sentences = []struct{ code, msg string }{
	{"28", "server.password"},      // the password or the name is wrong, or such a login may not come from here
	{"42501", "server.no_right"},   // the login is good and may not do this
	{"3D000", "server.no_such_db"}, // there is no such database
	{"42P01", "server.not_set_up"}, // no table of ours
	{"3F000", "server.not_set_up"}, // no schema of ours
	{"42883", "server.not_set_up"}, // no function of ours
	{"42704", "server.not_set_up"}, // no role of ours
	{"53100", "server.full"},       // its disk is full
	{"25006", "server.read_only"},  // it takes no writes
	{"22023", "server.refused"},    // push did not like it
}

// explain finds the sentence for what went wrong between the server and us. Of several hosts each has its own trouble: what a server has
// answered says more than that another one was silent.
func (a Address) explain(err error) error {
	var known *process.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	all := parts(err)
	for _, e := range all {
		var told *pgconn.PgError
		if !errors.As(e, &told) {
			continue
		}
		for _, s := range sentences {
			if strings.HasPrefix(told.Code, s.code) {
				return a.told(process.Conflict, s.msg, err)
			}
		}
	}
	switch {
	case slices.ContainsFunc(all, badCertificate), a.verified() && strings.Contains(err.Error(), "server refused TLS connection"):
		return a.told(process.Conflict, "server.certificate", err)
	case errors.Is(err, pgconn.ErrReadOnlyConnection):
		return a.told(process.Conflict, "server.read_only", err)
	}
	return a.away(err)
}

// parts are the errors that an error was joined from, one for each host.
func parts(err error) []error {
	for e := err; e != nil; e = errors.Unwrap(e) {
		if joined, ok := e.(interface{ Unwrap() []error }); ok {
			var list []error
			for _, one := range joined.Unwrap() {
				list = append(list, parts(one)...)
			}
			return list
		}
	}
	return []error{err}
}

// badCertificate tells that the server is not who it says to be.
func badCertificate(err error) bool {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verification *tls.CertificateVerificationError
	return errors.As(err, &unknown) || errors.As(err, &name) || errors.As(err, &invalid) || errors.As(err, &verification)
}
