package home

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// newsItem is something that was recorded, as this copy came to know it.
type newsItem struct {
	db.Arrival
	deal   *sales.Deal // nil for what is about no deal
	by     string
	unread bool
}

// lastSeen is when somebody was here before: before is the last look on a day before today, prev the last one of all that has ended. Both
// are zero when there was none.
type lastSeen struct{ before, prev time.Time }

const (
	oneYear = 365 * 24 * 60 * 60
	// oneLook is how long a look may pause: who comes back to the page after a moment still sees what was new.
	oneLook = 10 * time.Minute
)

// seenBefore remembers in the browser when somebody looked at a page, and answers with the looks before this one.
func seenBefore(v *web.Request, cookie string) lastSeen {
	var seen lastSeen
	var last time.Time
	if c, err := v.Cookie(v.Server.CookieName(cookie)); err == nil {
		times := strings.Split(c.Value, ".")
		if len(times) == 3 {
			seen.before, seen.prev, last = readTime(times[0]), readTime(times[1]), readTime(times[2])
		}
	}
	if v.Now.Sub(last) >= oneLook {
		seen.prev = last
	}
	if !last.IsZero() && process.DateOf(last.In(v.Now.Location())) != v.Today {
		seen.before = last
	}
	ended := seen.prev
	if last.IsZero() { // what comes in after the very first look is new
		ended = v.Now
	}
	http.SetCookie(v.Response(), v.Server.Cookie(cookie, writeTime(seen.before)+"."+writeTime(ended)+"."+writeTime(v.Now), oneYear))
	return seen
}

func writeTime(t time.Time) string {
	if t.IsZero() {
		return "0"
	}
	return strconv.FormatInt(t.UnixMilli(), 36)
}

// readTime reads what writeTime wrote; anything else is no time.
func readTime(text string) time.Time {
	n, err := strconv.ParseInt(text, 36, 64)
	if err != nil || n <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(n)
}

// newsSpan is what of the news a page shows.
type newsSpan struct {
	from   time.Time // since when
	unread time.Time // from when on it is marked; zero for nothing
	first  bool      // nobody has looked before, so what is told as history is no news
}

// fromDay is the start of a day where the team is.
func fromDay(v *web.Request, day process.Date) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, v.Now.Location())
}

// arrivals keep what came in with the file, because the pages ask for it more often than something comes.
type arrivals struct {
	revision uint64
	from     time.Time
	list     []db.Arrival
}

// cameIn is what has come in since a time. It must not be called inside v.View.
func cameIn(v *web.Request, from time.Time) ([]db.Arrival, error) {
	at := v.OpenedFile().Revision()
	if kept, ok := v.Open.Slots.Load("arrivals"); ok {
		if k, ok := kept.(*arrivals); ok && k.revision == at && k.from.Equal(from) {
			return k.list, nil
		}
	}
	list, err := v.OpenedFile().Since(from)
	if err == nil {
		v.Open.Slots.Store("arrivals", &arrivals{at, from, list})
	}
	return list, err
}

// readNews tells of what came in which deal it is about, who recorded it, and whether it is to be marked: one's own is not. What was taken
// back since is left out. An event that has not come in late counts from its own day too, which an older program may have set apart.
func readNews(v *web.Request, team *sales.Team, list []db.Arrival, span newsSpan) (items []newsItem) {
	for _, a := range list {
		item := newsItem{Arrival: a, by: team.RecordedBy(a.ID)}
		stamp := a.Fact.Recorded()
		if !a.Late && (span.first && stamp.History || !stamp.History && stamp.Known < process.DateOf(span.from.In(v.Now.Location()))) {
			continue
		}
		if id := process.DealOf(a.Fact); id != "" {
			deal, ok := team.Deal(id)
			if !ok || deal.Gone(a.Event) {
				continue
			}
			item.deal = deal
		} else if team.Retractions().Undone(a.ID, stamp, process.FarFuture) {
			continue
		}
		item.unread = !span.unread.IsZero() && a.At.After(span.unread) && item.by != v.FileInfo.Person()
		items = append(items, item)
	}
	return latestOfKind(withoutUntold(items, span.from))
}

// withoutUntold leaves out the undoing of what nobody has been told of, because it was recorded no earlier than what is told now.
func withoutUntold(items []newsItem, from time.Time) []newsItem {
	return slices.DeleteFunc(items, func(i newsItem) bool {
		undone, ok := i.Fact.(*process.Undone)
		return ok && !slices.ContainsFunc(undone.Events, func(id process.EventID) bool { return id.At().Before(from) })
	})
}

// latestOfKind keeps of several changes of one thing of a deal only the last, which is what stands now.
func latestOfKind(items []newsItem) []newsItem {
	type thing struct{ deal, kind string }
	last := map[thing]process.EventID{}
	of := func(i newsItem) thing {
		return thing{string(process.DealOf(i.Fact)), process.FactType(i.Fact)}
	}
	for _, i := range items {
		last[of(i)] = i.ID
	}
	return slices.DeleteFunc(items, func(i newsItem) bool {
		switch i.Fact.(type) {
		case *process.ValueSet, *process.ExpectedCloseSet, *process.SellerSet, *process.DealRenamed, *process.DealCustomerSet, *process.NextStepSet,
			*process.PlanWorded, *process.SourceSet, *process.OpinionSet, *process.DealMoved, *process.OpeningCorrected:
			return last[of(i)] != i.ID
		}
		return false
	})
}
