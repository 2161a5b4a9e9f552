package shell

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"milstolpe/handlers/web"
	"milstolpe/process"
)

// client is a visitor of the pages.
type client struct {
	http http.Client
	base *url.URL
}

// enter goes in at an address that is good once. Pages answer in the language that is given.
func enter(ctx context.Context, address, lang string) (*client, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("read the address of the program: %w", err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("make room for cookies: %w", err)
	}
	c := &client{base: base, http: http.Client{
		Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}, // no proxy for our own computer
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	jar.SetCookies(base, []*http.Cookie{{Name: web.LangCookie, Value: lang, Path: "/"}})
	_, err = c.ask(ctx, http.MethodGet, base.RequestURI(), nil, "text/html")
	return c, err
}

// answer is what a page answers with.
type answer struct {
	status int
	kind   string
	body   []byte
}

// mostAnswer is more than the longest page has.
const mostAnswer = 32 << 20

func (c *client) ask(ctx context.Context, method, path string, form url.Values, accept string) (answer, error) {
	var body io.Reader = http.NoBody
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	at, err := c.base.Parse(path)
	if err != nil {
		return answer{}, fmt.Errorf("read an address: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, method, at.String(), body)
	if err != nil {
		return answer{}, fmt.Errorf("ask the program: %w", err)
	}
	r.Header.Set("Accept", accept)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	got, err := c.http.Do(r)
	if err != nil {
		return answer{}, fmt.Errorf("ask the program: %w", err)
	}
	defer func() { _ = got.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(got.Body, mostAnswer))
	if err != nil {
		return answer{}, fmt.Errorf("read what the program answers: %w", err)
	}
	return answer{got.StatusCode, got.Header.Get("Content-Type"), text}, nil
}

// get reads what a program is answered with at an address.
func (c *client) get(ctx context.Context, path string, into any) error {
	got, err := c.ask(ctx, http.MethodGet, path, nil, "application/json")
	if err != nil {
		return err
	}
	if got.status != http.StatusOK {
		return got.refusal()
	}
	if err := json.Unmarshal(got.body, into); err != nil {
		return &process.Error{Kind: process.Internal, Msg: "cli.deal.other_program", Err: err}
	}
	return nil
}

// form is a form as it stands on a page, with what is in it.
type form struct {
	action string
	values url.Values
	labels map[string]map[string]string // of what can be chosen: by field, the text of each and its value
	picks  []pick
}

// open finds the form on a page that goes to an address. Where the page has none, as for a deal that has ended, an empty one goes there: what
// is behind it will say why not.
func (c *client) open(ctx context.Context, page, action string) (*form, error) {
	got, err := c.ask(ctx, http.MethodGet, page, nil, "text/html")
	if err != nil {
		return nil, err
	}
	f := &form{action: action, values: url.Values{}, labels: map[string]map[string]string{}}
	if got.status != http.StatusOK {
		return f, nil
	}
	doc, err := html.Parse(strings.NewReader(string(got.body)))
	if err != nil {
		return nil, fmt.Errorf("read a page: %w", err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && attr(n, "method") == "post" && attr(n, "action") == action {
			f.read(n)
			f.readPicks(n)
			return f, nil
		}
	}
	return f, nil
}

// read takes the controls of a form as a browser sends them.
func (f *form) read(n *html.Node) {
	for c := range n.Descendants() {
		name := attr(c, "name")
		if c.Type != html.ElementNode || name == "" {
			continue
		}
		switch c.Data {
		case "input":
			if kind := attr(c, "type"); kind != "checkbox" && kind != "radio" || has(c, "checked") {
				f.values.Add(name, attr(c, "value"))
			}
		case "textarea":
			f.values.Add(name, textOf(c))
		case "select":
			f.choose(name, c)
		}
	}
}

// choose takes the option of a select that is chosen, and remembers all of them.
func (f *form) choose(name string, n *html.Node) {
	f.labels[name] = map[string]string{}
	chosen, first := "", true
	for o := range n.Descendants() {
		if o.Type != html.ElementNode || o.Data != "option" {
			continue
		}
		f.labels[name][process.FoldName(textOf(o))] = attr(o, "value")
		if first || has(o, "selected") {
			chosen, first = attr(o, "value"), false
		}
	}
	f.values.Add(name, chosen)
}

// fill writes into a field what was given; nothing leaves it as it is. In a list what is written there can be given too.
func (f *form) fill(name, value string) {
	if value == "" {
		return
	}
	if choice, ok := f.labels[name][process.FoldName(value)]; ok {
		value = choice
	}
	f.values.Set(name, value)
}

// send sends a form, and gives what was done or the refusal.
func (c *client) send(ctx context.Context, f *form) (web.PlainAnswer, error) {
	got, err := c.ask(ctx, http.MethodPost, f.action, f.values, "application/json")
	if err != nil {
		return web.PlainAnswer{}, err
	}
	if got.status != http.StatusOK {
		return web.PlainAnswer{}, got.refusal()
	}
	var done web.PlainAnswer
	if err := json.Unmarshal(got.body, &done); err != nil {
		return done, &process.Error{Kind: process.Internal, Msg: "cli.deal.other_program", Err: err}
	}
	return done, nil
}

// kindOf is the kind of an error by the status of a page.
var kindOf = map[int]process.Kind{
	http.StatusUnprocessableEntity: process.Invalid, http.StatusNotFound: process.NotFound, http.StatusConflict: process.Conflict, http.StatusLocked: process.Busy,
}

// refusal is what a page refuses with, in its own words.
func (a answer) refusal() error {
	var said web.PlainAnswer
	if err := json.Unmarshal(a.body, &said); err != nil || len(said.Faults) == 0 {
		return &process.Error{Kind: process.Internal, Msg: "cli.deal.other_program", Err: errors.Join(err, fmt.Errorf("status %d, %s", a.status, a.kind))}
	}
	var all process.Problems
	for _, f := range said.Faults {
		all = append(all, &process.Error{Kind: kindOf[a.status], Msg: "cli.deal.said", Args: []any{f.Text}})
	}
	if len(all) == 1 {
		return all[0]
	}
	return all
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var out strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			out.WriteString(c.Data)
		}
	}
	return out.String()
}
