package db

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"milstolpe/db/postgres"
	"milstolpe/process"
)

// What the pages and commands need of package postgres.
type (
	// Login is what is secret about coming to a server.
	Login = postgres.Login
	// Seen is a login that has sent something, and when the last of it was recorded.
	Seen = postgres.Seen
	// Address says where on a server a dataset lies.
	Address = postgres.Address
)

// InvitationEnding is how the file of an invitation is called.
const InvitationEnding = postgres.InvitationEnding

// IsServer tells the address of a server from a path.
func IsServer(path string) bool { return postgres.IsAddress(path) }

// ParseAddress reads the address of a server as a person writes it.
func ParseAddress(text string) (Address, error) { return postgres.ParseAddress(text) }

// ServerSQL is what whoever runs the database runs once.
func ServerSQL() string { return postgres.SQL() }

// NameOf is what a person calls a file: its name, and the database for one that lies on a server.
func NameOf(path string) string {
	if !IsServer(path) {
		return filepath.Base(path)
	}
	a, err := postgres.ParseAddress(path)
	if err != nil {
		return path
	}
	return a.Name()
}

// serverLook is how often a server is looked at that does not tell of changes by itself.
const serverLook = 15 * time.Second

// openServer opens the events that lie on a server. Where there is a working copy here, it does not wait for the server.
func openServer(text string, o Options) (*File, error) {
	if o.PollEvery == defaultLook { // nobody has chosen another time
		o.PollEvery = serverLook
	}
	if o.ReadOnly {
		a, err := addressed(context.Background(), text, o)
		if err != nil {
			return nil, err
		}
		return openReadOnly(a.String(), o)
	}
	a, err := addressed(context.Background(), text, o)
	if err != nil {
		return nil, err
	}
	h := homeFor(o.StateDir, a.String(), a.Dataset)
	var w *File
	if h.filled() {
		w, err = openHome(h, o)
	} else {
		w, err = joinServer(context.Background(), a, h, o)
	}
	if err != nil {
		return nil, err
	}
	if o.Manual && w.State().Problem == nil {
		_ = w.Pull(context.Background()) // that it cannot be reached is in the state
	}
	return w.start(), nil
}

// openInvited opens what somebody is invited to, once they have joined. Before that they have to say who they are.
func openInvited(i postgres.Invitation, o Options, err error) (*File, error) {
	if err != nil {
		return nil, err
	}
	if address := joinedAs(o.StateDir, i.Address); address != "" {
		return openServer(address, o)
	}
	return nil, process.Wrong("", "server.invited", i.Address.Place())
}

// joinedAs is the address with which somebody has come to a place from here; empty when nobody has.
func joinedAs(stateDir string, place postgres.Address) string {
	for _, h := range allHomes(stateDir) {
		about, err := h.about()
		if err != nil || !IsServer(about.Path) || !h.filled() {
			continue
		}
		if a, err := postgres.ParseAddress(about.Path); err == nil && a.Place() == place.Place() {
			return about.Path
		}
	}
	return ""
}

// HasJoinedPlace tells whether there is a working copy here of what lies at a place, whoever came.
func HasJoinedPlace(stateDir string, place Address) bool { return joinedAs(stateDir, place) != "" }

// HasJoined tells whether there is a working copy here of what lies at an address.
func HasJoined(stateDir, address string) bool {
	a, err := postgres.ParseAddress(address)
	if err != nil || a.User == "" {
		return false
	}
	if a.Dataset == "" {
		return len(knownAt(stateDir, a)) == 1
	}
	return homeFor(stateDir, a.String(), a.Dataset).filled()
}

// addressed is an address with everything that it needs: who comes, and the dataset, which may be left out where there is only one.
func addressed(ctx context.Context, text string, o Options) (postgres.Address, error) {
	a, err := postgres.ParseAddress(text)
	if err != nil {
		return a, err
	}
	if a, err = a.Complete(); err != nil {
		return a, err
	}
	if a.Dataset != "" {
		_, err = loginFor(o.StateDir, a) // which keeps the authority that the address names
		a.CAFile = ""
		return a, err
	}
	if known := knownAt(o.StateDir, a); len(known) == 1 { // the only one that was ever opened there from here
		a.Dataset, a.CAFile = known[0], ""
		return a, nil
	}
	conn, err := dialAs(ctx, a, o)
	if err != nil {
		return a, err
	}
	defer conn.Close()
	list, err := conn.Datasets(ctx)
	switch {
	case err != nil:
		return a, err
	case len(list) == 0:
		return a, &process.Error{Kind: process.NotFound, Msg: "server.no_dataset", Args: []any{a.Name()}}
	case len(list) > 1:
		return a, process.Wrong("", "server.which_dataset", a.Name(), strings.Join(list, ", "))
	}
	a.Dataset, a.CAFile = list[0], ""
	return a, nil
}

// knownAt are the datasets at a place of which there are working copies here.
func knownAt(stateDir string, a postgres.Address) (list []string) {
	for _, h := range allHomes(stateDir) {
		about, err := h.about()
		if err != nil || !IsServer(about.Path) || !h.filled() {
			continue
		}
		if with := a; about.Dataset != "" {
			with.Dataset = about.Dataset
			if with.String() == about.Path {
				list = append(list, about.Dataset)
			}
		}
	}
	return list
}

func dialAs(ctx context.Context, a postgres.Address, o Options) (*postgres.Conn, error) {
	login, err := loginFor(o.StateDir, a)
	if err != nil {
		return nil, err
	}
	return postgres.Dial(ctx, a, login)
}

// joinServer makes a working copy of what lies on a server, and brings along what copies hold that the team has moved away from.
func joinServer(ctx context.Context, a postgres.Address, h copyDir, o Options) (*File, error) {
	conn, err := dialAs(ctx, a, o)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	s, err := conn.Look(ctx, postgres.Known{})
	if err != nil {
		return nil, err
	}
	p := &serverPlace{w: &File{options: o}, address: a}
	state := serverState{Epoch: s.Epoch, Rights: s.Rights, Pos: s.Pos, Checked: o.Clock(), Contact: o.Clock()}
	var records []Record
	for after := int64(0); after < s.Pos; after += postgres.PullAtMost {
		err := conn.Pull(ctx, after, min(after+postgres.PullAtMost, s.Pos), func(e postgres.Event) error {
			state.MarkPos, state.Mark = e.Pos, e.Key
			r, ok, err := p.read(e)
			if ok {
				records = append(records, r)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	state.There = len(records) + p.unread
	records, again, err := p.remembered(h, records)
	if err != nil {
		return nil, err
	}
	if again != nil {
		state.Epoch = "" // what was brought back here may be missing there: compare
	}
	w, err := newCopy(h, a.String(), a.Dataset, records, sharedState{}, o)
	if err != nil {
		return nil, err
	}
	place, ok := w.place.(*serverPlace)
	if !ok {
		return nil, errors.New("join a server: the working copy is none of a server")
	}
	place.unread = p.unread
	place.permit(s, s.Rights)
	if err := place.save(state); err != nil {
		w.abandon()
		return nil, err
	}
	if again != nil {
		again(w)
	}
	w.startReach()
	if _, err := w.TakeMoved(ctx); err != nil {
		o.Log.Warn("bring along what copies of the file hold", "error", err)
	}
	return w, nil
}

// remembered adds to what the server has what backups hold of a working copy that was here once and is gone; again, unless it is nil,
// tells what is lost for good.
func (p *serverPlace) remembered(h copyDir, there []Record) (all []Record, again func(*File), err error) {
	there, _ = believed(there)
	slices.SortFunc(there, func(a, b Record) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	far, err := openReach(h.reach())
	if err != nil || len(far.far) == 0 {
		return there, nil, err
	}
	found, lastSave := newScanned(), modTime(h.reach())
	for _, r := range there {
		found.put(r)
	}
	if len(found.lost(far)) == 0 {
		return there, nil, nil
	}
	more, err := gather(h, copyInfo{Dataset: p.address.Dataset, Path: p.address.String()}, far, func(Record) bool { return true })
	if err != nil {
		return nil, nil, err
	}
	for _, r := range more.records {
		found.put(r)
	}
	return found.sorted(), func(w *File) { w.tellLosses(found.lost(far), lastSave) }, nil
}
