package handlers_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// crowdSizes are the teams of the speed table in README.md: a large one, and one far beyond any.
var crowdSizes = []int{10_000, 100_000}

// forCrowds runs a benchmark with the pages of each of the made-up teams.
func forCrowds(b *testing.B, run func(b *testing.B, c *crowdSite)) {
	b.Helper()
	for _, deals := range crowdSizes {
		b.Run("deals="+strconv.Itoa(deals), func(b *testing.B) { run(b, newCrowdSite(b, deals)) })
	}
}

// crowdSite is a large team, and the cookie of somebody who has been let in.
type crowdSite struct {
	*handlerstest.Site
	file   *db.File
	state  string // the folder of its working copy
	cookie string
	deal   string // the address of an open one
}

func newCrowdSite(b *testing.B, deals int) *crowdSite {
	b.Helper()
	state := b.TempDir()
	file := dbtest.New(b, dbtest.In(state))
	facts := processtest.Crowd(deals, process.DateOf(dbtest.Now).AddDays(-1))
	if _, err := file.Act(b.Context(), func(*sales.Team) ([]process.Fact, error) { return facts, nil }); err != nil {
		b.Fatal(err)
	}
	c := sameFile(b, file)
	c.state = state
	return c
}

// sameFile shows the file of a large team in a program of its own.
func sameFile(b *testing.B, file *db.File) *crowdSite {
	b.Helper()
	c := &crowdSite{file: file, Site: handlerstest.NewSiteWithoutFile(b, func(config *web.Config) { config.File, config.Person = file, "Anna" })}
	c.enter()
	_ = c.file.View(func(t *sales.Team) error {
		for _, d := range t.Deals() {
			if d.Now.Close == nil {
				c.deal = "/deals/" + string(d.ID)
			}
		}
		return nil
	})
	return c
}

// enter lets somebody in.
func (c *crowdSite) enter() {
	entered := httptest.NewRecorder()
	c.Server.Handler().ServeHTTP(entered, c.ask(http.MethodGet, strings.TrimPrefix(c.Server.EntryURL("/"), c.Web.URL), ""))
	for _, cookie := range entered.Result().Cookies() {
		c.cookie += cookie.Name + "=" + cookie.Value + "; "
	}
}

// ask is a request as a browser that has been let in sends it.
func (c *crowdSite) ask(method, path, form string) *http.Request {
	r := httptest.NewRequest(method, c.Web.URL+path, strings.NewReader(form))
	r.Header.Set("Cookie", c.cookie)
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", c.Web.URL)
	}
	return r
}

// show is how long the program takes over a page.
func (c *crowdSite) show(b *testing.B, path string) time.Duration {
	b.Helper()
	w, r := httptest.NewRecorder(), c.ask(http.MethodGet, path, "")
	began := time.Now()
	c.Server.Handler().ServeHTTP(w, r)
	took := time.Since(began)
	if w.Code != http.StatusOK {
		b.Fatalf("%s answers %d", path, w.Code)
	}
	return took
}

// middle is the median of several times, in milliseconds.
func middle(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2]) / float64(time.Millisecond)
}

// BenchmarkStart says how long it takes from the start of the program to its first page, the list of deals: the file is opened, every event
// is read, and what pages need is made. A thousand deals are many years of a small team.
func BenchmarkStart(b *testing.B) {
	for _, deals := range append([]int{1_000}, crowdSizes...) {
		b.Run("deals="+strconv.Itoa(deals), func(b *testing.B) {
			first := newCrowdSite(b, deals)
			if err := first.file.Close(); err != nil {
				b.Fatal(err)
			}
			var times []time.Duration
			for b.Loop() {
				began := time.Now()
				file, err := db.Open(first.file.Path(), dbtest.Options(b, dbtest.In(first.state)))
				if err != nil {
					b.Fatal(err)
				}
				sameFile(b, file).show(b, "/deals")
				times = append(times, time.Since(began))
				if err := file.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(middle(times), "ms/p50")
		})
	}
}

// BenchmarkEightAtOnce is eight people who look at the list of deals as fast as they can, over the network of this computer.
func BenchmarkEightAtOnce(b *testing.B) {
	forCrowds(b, func(b *testing.B, c *crowdSite) {
		b.Helper()
		c.show(b, "/deals")
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}, CheckRedirect: handlerstest.Stay}
		var failed atomic.Int64
		b.ResetTimer()
		b.SetParallelism(max(1, 8/runtime.GOMAXPROCS(0)))
		b.RunParallel(func(each *testing.PB) {
			for each.Next() {
				r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, c.Web.URL+"/deals", http.NoBody)
				if err != nil {
					failed.Add(1)
					return
				}
				r.Header.Set("Cookie", c.cookie)
				resp, err := client.Do(r)
				if err != nil || resp.StatusCode != http.StatusOK {
					failed.Add(1)
					return
				}
				if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.Body.Close() != nil {
					failed.Add(1)
				}
			}
		})
		if n := failed.Load(); n > 0 {
			b.Fatalf("%d failed", n)
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	})
}
