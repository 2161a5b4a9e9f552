package postgres

import (
	"context"
	"crypto/x509"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"milstolpe/process"
)

// Login is what is secret about a connection, or private to a team.
type Login struct {
	Password string // empty leaves it to PGPASSWORD, .pgpass, or a server that asks for none
	CA       []byte // PEM of a private certificate authority; empty for those that the computer trusts
}

// Conn is a connection to the machine of the cluster that takes writes.
type Conn struct {
	pg      *pgconn.PgConn
	address Address
}

const (
	connectWithin = 5 * time.Second // for each host
	answerWithin  = 20 * time.Second
	bulkWithin    = 10 * time.Minute
)

// Dial connects to the machine that takes writes, whichever of the hosts it is.
func Dial(ctx context.Context, a Address, l Login) (*Conn, error) {
	config, err := configOf(a, l)
	if err != nil {
		return nil, err
	}
	pg, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return nil, a.explain(err)
	}
	return &Conn{pg: pg, address: a}, nil
}

func configOf(a Address, l Login) (*pgconn.Config, error) {
	if err := a.strict(); err != nil {
		return nil, err
	}
	hosts, ports := make([]string, len(a.Hosts)), make([]string, len(a.Hosts))
	for i, h := range a.Hosts {
		hosts[i], ports[i] = split(h)
	}
	mode := "prefer"
	if a.verified() {
		mode = verifyFull
	}
	var dsn strings.Builder
	for _, s := range [][2]string{
		{"host", strings.Join(hosts, ",")},
		{"port", strings.Join(ports, ",")},
		{"user", a.User},
		{"dbname", a.Database},
		{"sslmode", mode},
		{"target_session_attrs", "read-write"},
		{"application_name", "milstolpe"},
		{"connect_timeout", strconv.Itoa(int(connectWithin.Seconds()))},
	} {
		dsn.WriteString(s[0] + "='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s[1]) + "' ")
	}
	config, err := pgconn.ParseConfig(dsn.String())
	if err != nil {
		return nil, a.away(err)
	}
	if _, set := os.LookupEnv("PGPASSWORD"); !set && l.Password != "" {
		config.Password = l.Password
	}
	return config, trust(config, l.CA)
}

// verified tells whether the certificate has to be right: always, unless the server is this computer.
func (a Address) verified() bool { return a.verify || !loopback(a.Hosts) }

// trust makes a private authority the only one that may vouch for the server.
func trust(config *pgconn.Config, ca []byte) error {
	if len(ca) == 0 {
		return nil
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(ca) {
		return process.Wrong("", "server.bad_ca")
	}
	if config.TLSConfig != nil {
		config.TLSConfig.RootCAs = pool
	}
	for _, f := range config.Fallbacks {
		if f.TLSConfig != nil {
			f.TLSConfig.RootCAs = pool
		}
	}
	return nil
}

// Close ends the connection.
func (c *Conn) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = c.pg.Close(ctx)
}

// The OIDs of the types that are sent.
const (
	oidBytea      = 17
	oidInt8       = 20
	oidText       = 25
	oidByteaArray = 1001
)

// asBytes asks for every column as it is, and not as text.
var asBytes = []int16{1}

type param struct {
	oid   uint32
	value []byte
}

// query runs one statement and calls each with every row, whose values are good for the length of the call.
func (c *Conn) query(ctx context.Context, within time.Duration, sql string, params []param, each func(row [][]byte) error) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	values, oids := make([][]byte, len(params)), make([]uint32, len(params))
	formats := make([]int16, len(params))
	for i, p := range params {
		values[i], oids[i], formats[i] = p.value, p.oid, 1
	}
	rows := c.pg.ExecParams(ctx, sql, values, oids, formats, asBytes)
	var stopped error
	for stopped == nil && rows.NextRow() {
		if each != nil {
			stopped = each(rows.Values())
		}
	}
	if stopped != nil {
		cancel() // the rest is not wanted
		_, _ = rows.Close()
		return stopped
	}
	if _, err := rows.Close(); err != nil {
		return c.address.explain(err)
	}
	return nil
}
