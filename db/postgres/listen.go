package postgres

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Listen waits for notices that the dataset has changed, and calls changed for each, until the connection ends or ctx does. It calls
// heard once, when the server has answered a notice of our own within a second; where it does not, Listen returns.
func Listen(ctx context.Context, a Address, l Login, heard, changed func()) error {
	config, err := configOf(a, l)
	if err != nil {
		return err
	}
	said := make(map[string]bool)
	config.OnNotification = func(_ *pgconn.PgConn, n *pgconn.Notification) { said[n.Payload] = true }
	pg, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return a.explain(err)
	}
	c := &Conn{pg: pg, address: a}
	defer c.Close()
	if _, err := pg.Exec(ctx, "listen milstolpe").ReadAll(); err != nil {
		return a.explain(err)
	}
	own := "listener " + strconv.FormatUint(uint64(pg.PID()), 10) // nobody else has it as long as we are here
	wait, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := c.query(wait, time.Second, `select pg_notify('milstolpe', $1)`, []param{text(own)}, nil); err != nil {
		return err
	}
	for !said[own] {
		if err := pg.WaitForNotification(wait); err != nil {
			return a.explain(err)
		}
	}
	heard()
	for {
		if said[a.Dataset] {
			clear(said)
			changed()
		}
		if err := c.hear(ctx); err != nil {
			return err
		}
	}
}

// aliveEvery is how often a connection that is quiet is asked whether it is still there: a laptop that slept does not hear of its end.
const aliveEvery = 30 * time.Second

func (c *Conn) hear(ctx context.Context) error {
	wait, cancel := context.WithTimeout(ctx, aliveEvery)
	defer cancel()
	err := c.pg.WaitForNotification(wait)
	if err != nil && ctx.Err() == nil && pgconn.Timeout(err) {
		return c.query(ctx, answerWithin, "select", nil, nil)
	}
	return err
}
