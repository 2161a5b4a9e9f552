package postgres

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"time"

	"milstolpe/process"
)

// Rights are what a login may do.
type Rights int

// The rights, each with all before it.
const (
	NoRights Rights = iota
	Reader          // reads
	User            // reads and records
	Owner           // erases too
)

func (r Rights) String() string { return [...]string{"", "reader", "user", "owner"}[r] }

// Known is what somebody knows of the server from before: it is the same one if all of that is still so.
type Known struct {
	Epoch string
	UpTo  int64 // all up to this position was pulled
	// Pos is the position of Key, the last event that was pulled.
	Pos int64
	Key []byte
	// Sent is an event that was pushed and acknowledged after that.
	Sent []byte
}

// Standing is where the server stands.
type Standing struct {
	Version int // of the schema
	Epoch   string
	Pos     int64 // the last position that was given out
	Rights  Rights
	// Same tells that what was known of the server is still so. It is not when it was put back or replaced.
	Same bool
}

const lookSQL = `
select (select max(version) from milstolpe.schema), d.epoch, d.pos,
  case when pg_has_role(session_user, 'milstolpe_owner', 'member') then 3
       when has_function_privilege('milstolpe.push(text,bytea[],bytea[])', 'execute') then 2 else 1 end,
  $2::bytea is null or exists (select from milstolpe.event e where e.dataset = d.dataset and e.key = $2
    and (e.pos = $3 or e.pos > $3 and get_byte(e.record, 5) & 1 = 1)),
  $4::bytea is null or exists (select from milstolpe.event e where e.dataset = d.dataset and e.key = $4)
from milstolpe.dataset d where d.dataset = $1`

// Look asks where the server stands and whether it is still the one that we knew.
func (c *Conn) Look(ctx context.Context, known Known) (s Standing, err error) {
	found := false
	params := []param{text(c.address.Dataset), octets(known.Key), number(known.Pos), octets(known.Sent)}
	err = c.query(ctx, answerWithin, lookSQL, params, func(row [][]byte) error {
		found = true
		s = Standing{Version: readInt4(row[0]), Epoch: readUUID(row[1]), Pos: readInt8(row[2]), Rights: Rights(readInt4(row[3]))}
		s.Same = known.Epoch == s.Epoch && s.Pos >= known.UpTo && readBool(row[4]) && readBool(row[5])
		return nil
	})
	if err == nil && !found {
		err = &process.Error{Kind: process.NotFound, Msg: "server.no_dataset", Args: []any{c.address.Name()}}
	}
	return s, err
}

// Event is an event as it lies on the server.
type Event struct {
	Pos         int64
	Key, Record []byte
}

// PullAtMost is how many positions are asked for at a time.
const PullAtMost = 20_000

// Pull calls each with the events after one position, up to and with another, in their order.
func (c *Conn) Pull(ctx context.Context, after, upTo int64, each func(Event) error) error {
	const sql = `select pos, key, record from milstolpe.event where dataset = $1 and pos > $2 and pos <= $3 order by pos`
	return c.query(ctx, bulkWithin, sql, []param{text(c.address.Dataset), number(after), number(upTo)}, func(row [][]byte) error {
		return each(Event{readInt8(row[0]), bytes.Clone(row[1]), bytes.Clone(row[2])})
	})
}

// InOrder calls each with every event in the order of their keys.
func (c *Conn) InOrder(ctx context.Context, each func(Event) error) error {
	const sql = `select pos, key, record from milstolpe.event where dataset = $1 order by key`
	return c.query(ctx, bulkWithin, sql, []param{text(c.address.Dataset)}, func(row [][]byte) error {
		return each(Event{readInt8(row[0]), row[1], row[2]})
	})
}

// PushAtMost is how many records go into one push.
const PushAtMost = 500

// Push puts records there, all or none, and returns the last position that was given out by then.
func (c *Conn) Push(ctx context.Context, keys, records [][]byte) (pos int64, err error) {
	const sql = `select milstolpe.push($1, $2, $3)`
	answered := false
	err = c.query(ctx, time.Minute, sql, []param{text(c.address.Dataset), octetArray(keys), octetArray(records)}, func(row [][]byte) error {
		pos, answered = readInt8(row[0]), row[0] != nil
		return nil
	})
	if err == nil && !answered {
		err = &process.Error{Kind: process.NotFound, Msg: "server.no_dataset", Args: []any{c.address.Name()}}
	}
	return pos, err
}

// Found makes room for the dataset; where it is there already nothing happens.
func (c *Conn) Found(ctx context.Context) error {
	return c.query(ctx, answerWithin, `select milstolpe.found($1)`, []param{text(c.address.Dataset)}, nil)
}

// Keys calls each with every key, in their order, and whether a tombstone lies there.
func (c *Conn) Keys(ctx context.Context, each func(key []byte, erased bool) error) error {
	const sql = `select key, get_byte(record, 5) & 1 = 1 from milstolpe.event where dataset = $1 order by key`
	return c.query(ctx, bulkWithin, sql, []param{text(c.address.Dataset)}, func(row [][]byte) error {
		return each(row[0], readBool(row[1]))
	})
}

// sumSQL adds up the four numbers of 64 bits of each key's SHA-256, each modulo 2^64, as FORMAT.md has it.
const sumSQL = `
with h as (select sha256(key) s from milstolpe.event where dataset = $1 and pos <= $2),
n as (select ('x' || encode(substr(s, 1, 8), 'hex'))::bit(64)::int8::numeric a, ('x' || encode(substr(s, 9, 8), 'hex'))::bit(64)::int8::numeric b,
             ('x' || encode(substr(s, 17, 8), 'hex'))::bit(64)::int8::numeric c, ('x' || encode(substr(s, 25, 8), 'hex'))::bit(64)::int8::numeric d from h),
t as (select count(*) n, sum(a) a, sum(b) b, sum(c) c, sum(d) d from n)
select n, (mod(mod(coalesce(a, 0), m) + m, m))::text, (mod(mod(coalesce(b, 0), m) + m, m))::text,
          (mod(mod(coalesce(c, 0), m) + m, m))::text, (mod(mod(coalesce(d, 0), m) + m, m))::text from t, (select 18446744073709551616::numeric m) x`

// Sum is how many events there are up to a position, and the hash over their keys as FORMAT.md has it, as four decimal numbers.
func (c *Conn) Sum(ctx context.Context, upTo int64) (events int64, hash [4]string, err error) {
	err = c.query(ctx, bulkWithin, sumSQL, []param{text(c.address.Dataset), number(upTo)}, func(row [][]byte) error {
		events = readInt8(row[0])
		for i := range hash {
			hash[i] = string(row[i+1])
		}
		return nil
	})
	return events, hash, err
}

// Datasets are the datasets that lie in the database.
func (c *Conn) Datasets(ctx context.Context) (list []string, err error) {
	err = c.query(ctx, answerWithin, `select dataset from milstolpe.dataset order by dataset`, nil, func(row [][]byte) error {
		list = append(list, string(row[0]))
		return nil
	})
	return list, err
}

// Seen is a login that has sent something, and when the last of it was recorded.
type Seen struct {
	Login string
	Last  time.Time
}

// SeenSince are the logins that have sent what was recorded since, the latest first.
func (c *Conn) SeenSince(ctx context.Context, since time.Time) (list []Seen, err error) {
	const sql = `select by, max(encode(substr(key, 1, 6), 'hex')) from milstolpe.event where dataset = $1 and key >= $2 group by by`
	from := binary.BigEndian.AppendUint64(nil, uint64(max(since.UnixMilli(), 0))<<16)
	err = c.query(ctx, answerWithin, sql, []param{text(c.address.Dataset), octets(from)}, func(row [][]byte) error {
		stamp, err := hex.DecodeString(string(row[1]))
		if err != nil || len(stamp) != 6 {
			return err
		}
		ms := binary.BigEndian.Uint64(append([]byte{0, 0}, stamp...))
		list = append(list, Seen{string(row[0]), time.UnixMilli(int64(ms))})
		return nil
	})
	slices.SortFunc(list, func(a, b Seen) int { return b.Last.Compare(a.Last) })
	return list, err
}

// Count is how many events there are.
func (c *Conn) Count(ctx context.Context) (n int, err error) {
	const sql = `select count(*) from milstolpe.event where dataset = $1`
	err = c.query(ctx, answerWithin, sql, []param{text(c.address.Dataset)}, func(row [][]byte) error {
		n = int(readInt8(row[0]))
		return nil
	})
	return n, err
}
