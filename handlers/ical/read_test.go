package ical_test

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// event is what a reader finds between BEGIN:VEVENT and END:VEVENT, by name; the parameters of a name stay with it.
type event map[string]string

// readCalendar reads a calendar by the rules of RFC 5545 alone: lines of at most 75 octets that end with CRLF, folded ones put together,
// text unescaped. It knows nothing of the library that wrote it.
func readCalendar(t testing.TB, body []byte) (head event, events []event) {
	t.Helper()
	text := string(body)
	if !utf8.ValidString(text) || strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "\r\n") {
		t.Fatalf("not UTF-8, or lines that do not end with CRLF: %q", text)
	}
	for _, raw := range strings.Split(text, "\r\n") {
		if len(raw) > 75 {
			t.Errorf("a line of %d octets: %q", len(raw), raw)
		}
	}
	head = event{}
	into := head
	unfolded := strings.NewReplacer("\r\n ", "", "\r\n\t", "").Replace(strings.TrimSuffix(text, "\r\n"))
	lines := strings.Split(unfolded, "\r\n")
	if lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-1] != "END:VCALENDAR" {
		t.Fatalf("begins with %q and ends with %q", lines[0], lines[len(lines)-1])
	}
	for _, l := range lines[1 : len(lines)-1] {
		name, value, ok := strings.Cut(l, ":")
		switch {
		case !ok:
			t.Fatalf("a line without a value: %q", l)
		case l == "BEGIN:VEVENT":
			into = event{}
		case l == "END:VEVENT":
			events, into = append(events, into), head
		default:
			if _, twice := into[name]; twice {
				t.Errorf("%s stands twice", name)
			}
			into[name] = unescaped(t, value)
		}
	}
	return head, events
}

func unescaped(t testing.TB, value string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' {
			b.WriteByte(value[i])
			continue
		}
		i++
		if i == len(value) || !strings.ContainsRune(`\;,nN`, rune(value[i])) {
			t.Fatalf("an escape that RFC 5545 does not have: %q", value)
		}
		if value[i] == 'n' || value[i] == 'N' {
			b.WriteByte('\n')
		} else {
			b.WriteByte(value[i])
		}
	}
	return b.String()
}

// taken is a calendar program that takes files in: what has a UID that it knows replaces what it has, unless it is older.
type taken map[string]event

func (c taken) in(t testing.TB, body []byte) {
	t.Helper()
	_, events := readCalendar(t, body)
	seen := map[string]bool{}
	for _, e := range events {
		uid := e["UID"]
		if seen[uid] {
			t.Errorf("%s stands twice in one file", uid)
		}
		seen[uid] = true
		if have, ok := c[uid]; ok && len(have["SEQUENCE"]) > len(e["SEQUENCE"]) || ok && len(have["SEQUENCE"]) == len(e["SEQUENCE"]) && have["SEQUENCE"] > e["SEQUENCE"] {
			t.Errorf("%s went back from %s to %s", uid, have["SEQUENCE"], e["SEQUENCE"])
		}
		c[uid] = e
	}
}
