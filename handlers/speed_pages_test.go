package handlers_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// BenchmarkPages says how long a browser on this computer waits for a page when something was recorded since it was last asked for: a
// milestone, a close, and a rate, which makes the model learn everything anew. What the first two take of the third is told too, because
// that does not depend on the machine.
func BenchmarkPages(b *testing.B) {
	forCrowds(b, func(b *testing.B, c *crowdSite) {
		b.Helper()
		turn := &changer{b: b, c: c}
		for _, page := range []struct{ name, path string }{
			{"deals", "/deals"},
			{"deal", c.deal},
			{"home", "/"},
			{"meeting", "/meeting"},
			{"customers", "/customers"},
			{"forecast", "/forecast"},
			{"outcome", "/outcome?from=2023-10-01&to=2026-09-30"},
		} {
			b.Run(page.name, func(b *testing.B) {
				c.fetch(b, page.path)
				took := map[string][]time.Duration{}
				for b.Loop() {
					for name, change := range turn.changes() {
						change()
						took[name] = append(took[name], c.fetch(b, page.path))
					}
				}
				fresh := middle(took["anew"])
				for _, name := range []string{"milestone", "close"} {
					ms := middle(took[name])
					b.ReportMetric(ms, "ms/"+name)
					b.ReportMetric(ms/fresh, name+"/anew")
				}
				b.ReportMetric(fresh, "ms/anew")
			})
		}
	})
}

// fetch is how long a browser waits for a page, to its last byte.
func (c *crowdSite) fetch(b *testing.B, path string) time.Duration {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, c.Web.URL+path, http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Cookie", c.cookie)
	client := http.Client{CheckRedirect: handlerstest.Stay}
	began := time.Now()
	resp, err := client.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		b.Fatalf("%s answers %d, %v", path, resp.StatusCode, err)
	}
	return time.Since(began)
}

// changer records something new each time, as people do in the course of a day.
type changer struct {
	b    *testing.B
	c    *crowdSite
	open []*sales.Deal
	n    int
}

func (t *changer) changes() map[string]func() {
	return map[string]func(){
		"milestone": func() {
			d := t.next()
			key := process.MilestoneID("m0")
			for _, m := range []process.MilestoneID{"m1", "m2", "m3", "m4"} {
				if _, there := d.MarkOn(key, process.FarFuture); !there {
					break
				}
				key = m
			}
			t.record(&process.MilestoneReached{Stamp: t.today(), Deal: d.ID, Milestone: key, On: t.today().Known})
		},
		"close": func() {
			d := t.next()
			outcome := []process.Outcome{process.Won, process.Lost}[t.n%2]
			t.record(&process.DealClosed{Stamp: t.today(), Deal: d.ID, Outcome: outcome, On: t.today().Known})
		},
		"anew": func() { t.record(&process.RateSet{Stamp: t.today(), Currency: "NOK", Rate: 1 + float64(t.n)/1000}) },
	}
}

func (*changer) today() process.Stamp { return process.Stamp{Known: process.DateOf(dbtest.Now)} }

func (t *changer) record(f process.Fact) {
	t.n++
	dbtest.Record(t.b, t.c.file, f)
}

// next is an open deal to which nothing has happened yet, but not the one whose page is looked at.
func (t *changer) next() *sales.Deal {
	if t.open == nil {
		_ = t.c.file.View(func(team *sales.Team) error {
			for _, d := range team.Deals() {
				if d.Now.Close == nil && "/deals/"+string(d.ID) != t.c.deal {
					t.open = append(t.open, d)
				}
			}
			return nil
		})
	}
	d := t.open[0]
	t.open = t.open[1:]
	return d
}
