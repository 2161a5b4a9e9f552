package handlers_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

// slowly sends the pages of a program in pieces, as a browser meets them on a busy machine, where it may paint what is there before the
// rest has come.
func slowly(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		whole := &held{header: w.Header(), status: http.StatusOK}
		pages.ServeHTTP(whole, r)
		w.WriteHeader(whole.status)
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			_, _ = w.Write(whole.body.Bytes())
			return
		}
		flush := http.NewResponseController(w)
		for rest := whole.body.Bytes(); len(rest) > 0; {
			end := min(len(rest), 1500)
			if tag := bytes.IndexByte(rest[end:], '<'); tag >= 0 {
				end += tag
			} else {
				end = len(rest)
			}
			if _, err := w.Write(rest[:end]); err != nil || flush.Flush() != nil {
				return // the browser has gone elsewhere
			}
			rest = rest[end:]
			time.Sleep(20 * time.Millisecond)
		}
	})
}

// held is an answer that is not sent yet.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *held) Header() http.Header             { return h.header }
func (h *held) WriteHeader(status int)          { h.status = status }
func (h *held) Write(piece []byte) (int, error) { return h.body.Write(piece) }

func TestNothingMovesWhileAPageComesInSlowly(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewExampleSite(t, i18n.Swedish)
	s.Web.Config.Handler = slowly(s.Server.Handler())
	b := handlerstest.NewBrowser(t, s)
	b.Before(watchShifts)
	for _, l := range []handlerstest.Look{{Lang: i18n.Swedish, Theme: "light", Width: 360}, {Lang: i18n.English, Theme: "light", Width: 1280}} {
		b.Dress(l)
		for _, path := range []string{"/deals", "/outcome", "/forecast"} {
			b.Open(path)
			for _, mover := range handlerstest.Ask[[]string](b, "window.movers") {
				t.Errorf("%s (%s): %s", path, l, mover)
			}
		}
	}
}
