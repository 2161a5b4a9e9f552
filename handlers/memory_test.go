package handlers_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
)

var visited = flag.String("visited", "", "the file and, behind a |, the folder of its working copy that a memory benchmark looks at; it sets them itself")

// BenchmarkMemory says how much of the computer's memory the program keeps after every page of the navigation was looked at. It looks at
// them in a process of its own, which has not made the team up.
func BenchmarkMemory(b *testing.B) {
	if path, state, ok := strings.Cut(*visited, "|"); ok {
		visitAll(b, path, state)
		return
	}
	forCrowds(b, func(b *testing.B, c *crowdSite) {
		b.Helper()
		if err := c.file.Close(); err != nil {
			b.Fatal(err)
		}
		self, err := os.Executable()
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			out, err := exec.Command(self, "-test.run=-", "-test.bench=^BenchmarkMemory$", "-test.benchtime=1x", "-visited="+c.file.Path()+"|"+c.state).CombinedOutput()
			if err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			_, after, _ := strings.Cut(string(out), "ns/op")
			var mb float64
			if _, err := fmt.Sscan(after, &mb); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			b.ReportMetric(mb, "MB-resident")
		}
	})
}

func visitAll(b *testing.B, path, state string) {
	b.Helper()
	file, err := db.Open(path, dbtest.Options(b, dbtest.In(state)))
	if err != nil {
		b.Fatal(err)
	}
	c := sameFile(b, file)
	for b.Loop() {
		for _, path := range []string{"/", "/deals", c.deal, c.deal + "/why", "/process", "/forecast", "/outcome", "/outcome/calibration", "/outcome/timing", "/outcome/sellers", "/meeting", "/customers", "/log"} {
			w := httptest.NewRecorder()
			c.Server.Handler().ServeHTTP(w, c.ask(http.MethodGet, path, ""))
			if w.Code >= http.StatusBadRequest {
				b.Fatalf("%s answers %d", path, w.Code)
			}
		}
	}
	debug.FreeOSMemory() // as the program does when nobody has asked for anything for a few seconds
	b.ReportMetric(residentMB(b), "MB-resident")
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
}

// residentMB is the memory of this process that no file stands behind.
func residentMB(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("this system does not say how much memory a program has: run it on Linux")
	}
	for line := range strings.Lines(string(status)) {
		var kB float64
		if _, err := fmt.Sscanf(line, "RssAnon: %f kB", &kB); err == nil {
			return kB / 1024
		}
	}
	b.Fatal("RssAnon is missing")
	return 0
}
