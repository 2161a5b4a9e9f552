package web

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// livePath is what an open page asks every few seconds: how the file stands, and whether others' changes have come in since the page was
// made. It is no sign that anybody is there, so it does not keep the program from stopping.
const livePath = "/live"

func liveRoutes(r *Router) {
	r.Get(livePath, live)
	r.Template("layout/news", newsNote{})
}

// newsNote says that changes came in since the page was made. It only offers to show them: a form may be being filled in.
type newsNote struct {
	Changes int
	People  string
	Copies  int // second copies of the file that have turned up beside it
}

type liveAnswer struct {
	Saved string `json:"saved"` // the line of the footer
	News  string `json:"news"`  // empty while the page shows everything
}

func live(v *Request) error {
	copies := len(v.Open.file.SecondCopies())
	came, beside, _ := strings.Cut(v.QueryParam("came"), ".")
	since, err := strconv.Atoi(came)
	if err != nil {
		since = v.Open.cameIn()
	}
	known, err := strconv.Atoi(beside)
	if err != nil {
		known = copies
	}
	var saved, news bytes.Buffer
	if err := v.execute(&saved, "layout/saved", v.saveState()); err != nil {
		return err
	}
	note := v.newsSince(since)
	note.Copies = max(0, copies-known)
	if note.Changes+note.Copies > 0 {
		if err := v.execute(&news, "layout/news", note); err != nil {
			return err
		}
	}
	return v.JSON(http.StatusOK, liveAnswer{saved.String(), news.String()})
}

// cameIn is how many changes of others have come in by themselves since the file was opened.
func (o *openFile) cameIn() (n int) {
	for _, in := range o.file.News() {
		n += len(in.Events)
	}
	return n
}

func (v *Request) newsSince(since int) (note newsNote) {
	var people []string
	seen := 0
	for _, in := range v.Open.file.News() {
		if seen += len(in.Events); seen <= since {
			continue
		}
		for _, p := range in.People {
			if !slices.Contains(people, p.Person) {
				people = append(people, p.Person)
			}
		}
	}
	note.Changes, note.People = seen-since, v.Text.List(people)
	return note
}
