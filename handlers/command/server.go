package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"milstolpe/db"
	"milstolpe/process"
)

// ServerSQL prints what whoever runs the database runs once.
type ServerSQL struct{}

// Run prints it as data, so that it can be piped into psql.
func (*ServerSQL) Run(_ context.Context, p *Program) error {
	_, err := io.WriteString(p.Out, db.ServerSQL())
	return err
}

// ServerMove moves a file to a server.
type ServerMove struct{ To string }

// Run moves it, and prints the whole address when everything is there and compared.
func (m *ServerMove) Run(ctx context.Context, p *Program) error {
	if strings.TrimSpace(m.To) == "" {
		return process.Wrong("to", "cli.no_to")
	}
	if err := named(p.File); err != nil {
		return err
	}
	w, err := db.Open(p.File, p.options())
	if err != nil {
		return err
	}
	address, err := w.MoveToServer(ctx, m.To, func(done, of int) { p.progress("cli.progress.sending", done, of) })
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.Out, address)
	p.say("cli.server.moved", db.NameOf(address))
	return err
}

// ServerStatus says how a server and this computer stand.
type ServerStatus struct{}

// Run exchanges what there is, and prints what holds then. A server that does not answer is an error, after what was last known of it.
func (*ServerStatus) Run(ctx context.Context, p *Program) error {
	if err := named(p.File); err != nil {
		return err
	}
	if !db.IsServer(p.File) {
		return process.Wrong("file", "cli.no_server", p.File)
	}
	w, err := db.Open(p.File, p.options())
	if err != nil {
		return err
	}
	err = w.Publish(ctx)
	s, _ := w.ServerStatus(ctx)
	line := func(name string, value any) { _, _ = fmt.Fprintf(p.Out, "%s: %v\n", name, value) }
	line("address", s.Address)
	line("login", s.Login)
	line("rights", s.Rights)
	line("events here", s.Here)
	line("events there", s.There)
	line("last contact", s.Contact.UTC().Format(time.RFC3339))
	line("waits", s.Waiting)
	for _, who := range s.Seen {
		line("seen "+who.Login, who.Last.UTC().Format(time.RFC3339))
	}
	if closed := w.Close(); err == nil {
		err = errors.Join(s.Problem, closed)
	}
	return err
}
