package web

import (
	"bytes"
	"fmt"
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

// newsNote says what is new since the page was made. It only offers to show it: a form may be being filled in.
type newsNote struct {
	Changes int
	People  string
	Copies  int  // second copies of the file that have turned up beside it
	Gone    bool // the file is not where it was any more
	Day     bool // it is another day
}

type liveAnswer struct {
	Saved string `json:"saved"` // the line of the footer
	News  string `json:"news"`  // empty while the page shows everything
}

// shown is what a page shows of the file, as far as it tells what is new since. The page sends it along when it asks.
type shown struct {
	came, copies int // changes of others that had come in, and copies beside the file
	gone         bool
	day, run     string
}

func (v *Request) shownNow() shown {
	return shown{v.Open.cameIn(), len(v.Open.file.SecondCopies()), v.FileInfo.state.Gone(), v.Today.String(), v.Server.id}
}

// String is as a page sends it.
func (s shown) String() string {
	return fmt.Sprintf("%d.%d.%t.%s.%s", s.came, s.copies, s.gone, s.day, s.run)
}

// shownThen reads what a page sends. What it does not say is as now. A page of an earlier run of the program shows nothing of what has come
// in since that began.
func shownThen(text string, now shown) shown {
	then := now
	part := strings.Split(text, ".")
	if n, err := strconv.Atoi(part[0]); err == nil {
		then.came = n
	}
	if len(part) > 1 {
		if n, err := strconv.Atoi(part[1]); err == nil {
			then.copies = n
		}
	}
	if len(part) == 5 {
		then.gone, then.day, then.run = part[2] == "true", part[3], part[4]
	}
	if then.run != now.run {
		then.came = 0
	}
	return then
}

func live(v *Request) error {
	now := v.shownNow()
	then := shownThen(v.QueryParam("came"), now)
	var saved, news bytes.Buffer
	if err := v.execute(&saved, "layout/saved", v.saveState()); err != nil {
		return err
	}
	note := v.newsSince(then.came)
	note.Copies, note.Gone, note.Day = max(0, now.copies-then.copies), now.gone && !then.gone, now.day != then.day
	if note != (newsNote{}) {
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
	if note.Changes = max(0, seen-since); note.Changes > 0 {
		note.People = v.Text.List(people)
	}
	return note
}
