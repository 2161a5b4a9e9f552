package web

import (
	"crypto/rand"
	"strings"
	"sync"

	"milstolpe/handlers/urls"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// undos are the last actions that can still be taken back from their toast. They are kept by a meaningless name, so that the browser
// learns nothing of them; what was recorded is only ever countered by another event, never removed.
type undos struct {
	mu    sync.Mutex
	names []string // oldest first
	kept  map[string][]process.Event
}

// maxUndos is for how many actions a way back is kept. Toasts go with their page, so the last few would do.
const maxUndos = 200

func (u *undos) put(events []process.Event) (name string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.kept == nil {
		u.kept = map[string][]process.Event{}
	}
	if len(u.names) == maxUndos {
		delete(u.kept, u.names[0])
		u.names = u.names[1:]
	}
	name = rand.Text()
	u.names, u.kept[name] = append(u.names, name), events
	return name
}

func (u *undos) take(name string) ([]process.Event, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	events, ok := u.kept[name]
	delete(u.kept, name)
	return events, ok
}

// DoneWithUndo ends a handler that recorded events: the browser goes to address, and a toast says what was done, with a way back. Where there was
// nothing to record it says nothing.
func (v *Request) DoneWithUndo(address string, events []process.Event, text string) error {
	switch {
	case len(events) > 0:
	case v.wantsPlain():
		return v.plainDone(address, "")
	default:
		return v.RedirectTo(address)
	}
	return v.DoneWith(address, Flash{Text: text, Undo: undoPath + v.Open.undos.put(events)})
}

const undoPath = "/undo/"

func undoRoutes(r *Router) { r.Post(undoPath+":name", undo) }

type undoForm struct {
	Back string `form:"back"`
}

// undo takes an action back; so that this too can be taken back, the toast after it has a way to do it again.
func undo(v *Request) error {
	var f undoForm
	if err := v.Read(&f); err != nil {
		return err
	}
	back := LocalPath(f.Back)
	taken, ok := v.Open.undos.take(v.Param("name"))
	if !ok {
		return v.DoneWith(back, Flash{Text: v.T("undo.too_late")})
	}
	events, err := v.Act(func(team *sales.Team) ([]process.Fact, error) { return team.Undo(taken, v.Today) })
	if err != nil {
		return err
	}
	return v.DoneWithUndo(v.stillThere(back, taken), events, v.T("undo.done"))
}

// stillThere is the page to go back to, or the list of deals when the page was about a deal whose opening has been undone.
func (v *Request) stillThere(back string, undone []process.Event) string {
	for _, e := range undone {
		id := process.DealOf(e.Fact)
		if id == "" || !strings.HasPrefix(back, urls.DealPath(id)) {
			continue
		}
		there := true
		// Looking at a deal cannot fail.
		_ = v.View(func(team *sales.Team) error { _, there = team.Deal(id); return nil })
		if !there {
			return string(urls.Deals)
		}
	}
	return back
}
