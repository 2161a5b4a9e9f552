package process_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/processtest"
)

// asJSONSays is what encoding/json makes of a payload of a known type.
func asJSONSays(payload []byte) (process.Fact, bool) {
	f := process.NewFact(process.PayloadType(payload))
	return f, f != nil && json.Unmarshal(payload, f) == nil
}

// sameAsJSON holds what a reader says about a payload of a known type against what encoding/json says.
func sameAsJSON(t interface{ Errorf(string, ...any) }, r *process.FactReader, payload []byte) {
	want, ok := asJSONSays(payload)
	if want == nil {
		return
	}
	got, err := r.Read(payload)
	if (err == nil) != ok {
		t.Errorf("encoding/json reads it: %t; we say: %v\n%s", ok, err, payload)
		return
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); ok && diff != "" {
		t.Errorf("(-encoding/json +we)\n%s\n%s", diff, payload)
	}
}

func TestAReaderSaysWhatEncodingJSONSays(t *testing.T) {
	for _, name := range processtest.FactTypes() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				var r process.FactReader
				payload, err := process.MarshalFact(processtest.NewDrawer(rt, process.EventID{1}, process.EventID{2}, process.EventID{0xff}).Fact(name))
				if err != nil {
					rt.Fatal(err)
				}
				sameAsJSON(rt, &r, payload)
				sameAsJSON(rt, &r, spoilt(rt, payload))
			})
		})
	}
}

// spoilt puts pieces of JSON, or anything, in the place of a few bytes, or moves a piece elsewhere.
func spoilt(rt *rapid.T, payload []byte) []byte {
	text := string(payload)
	for range rapid.IntRange(1, 3).Draw(rt, "faults") {
		from := rapid.IntRange(0, len(text)).Draw(rt, "from")
		to := rapid.IntRange(from, min(len(text), from+rapid.SampledFrom([]int{0, 1, 12}).Draw(rt, "length"))).Draw(rt, "to")
		put := rapid.SampledFrom([]string{
			"", " ", `"`, `\`, `\u00e5`, "\xff", "\x01", ",", "{", "}", "[", "]", "null", "true", "false", "0", "-", "1.5", "e3", "01", "99999999999999999999",
			`,"known":"2026-02-30"`, `,"known":""`, `,"base":[]`, `,"base":null`, `,"Deal":"d9"`, `,"mood":"good"`, text[from:to],
		}).Draw(rt, "put")
		text = text[:from] + put + text[to:]
	}
	return []byte(text)
}

func TestAReaderSaysWhatEncodingJSONSaysOfOddPayloads(t *testing.T) {
	for _, payload := range []string{
		`{"type":"deal.closed"}`,
		`{"type":"deal.closed","known":"2026-11-23"}`,
		`{"type":"deal.closed","known":"2026-11-31","deal":"d"}`,
		`{"type":"deal.closed","known":"","deal":"d"}`,
		`{"type":"deal.closed","known":"2026-11-23","deal":"d","value":{"minor":-5,"currency":"SEK"}}`,
		`{"type":"deal.closed","known":"2026-11-23","deal":"d","value":{"minor":5.0,"currency":"SEK"}}`,
		`{"type":"deal.closed","known":"2026-11-23","deal":"d","value":{"minor":05}}`,
		`{"type":"deal.closed","known":"2026-11-23","deal":"d","value":{"currency":"SEK"}}`,
		`{"type":"deal.closed","known":"2026-11-23","deal":"d","value":{}}`,
		`{"type":"deal.closed","known":"2026-11-23","deal":"d","value":null}`,
		`{"type":"deal.closed","deal":"d","known":"2026-11-23"}`,
		`{"type":"deal.closed","known":"2026-11-23","deal":"d","deal":"e"}`,
		`{"type":"deal.closed","known":"2026-11-23","deal":"d"} `,
		`{"type":"deal.closed","known":"2026-11-23","deal":"d"},`,
		`{"type":"deal.closed","known":"2026-11-23","history":false,"deal":"d"}`,
		`{"type":"deal.closed","known":"2026-11-23","base":["BwAAAAAAAAAAAAAAAAAAAAAAAAA","CgAAAAAAAAAAAAAAAAAAAAAAAAA"],"deal":"d"}`,
		`{"type":"deal.closed","known":"2026-11-23","base":["BwAAAAAAAAAAAAAAAAAAAAAAAAA",],"deal":"d"}`,
		`{"type":"import.taken","known":"2026-11-23","id":"i","source":"Kunder – våren.xlsx","deals":12}`,
		`{"type":"import.taken","known":"2026-11-23","id":"i","source":"a","deals":-0}`,
		`{"type":"milestone.reached","known":"2026-11-23","deal":"d","milestone":"m","on":"2026-11-23","evidence":{"link":"https://ekeby.se/a?b=c&d"}}`,
	} {
		var r process.FactReader
		sameAsJSON(t, &r, []byte(payload))
	}
}

// The way around encoding/json is taken, or else it would be there for nothing.
func TestAReaderKeepsOneCopyOfWhatComesAgain(t *testing.T) {
	var r process.FactReader
	read := func() *process.MilestoneReached {
		f, err := r.Read([]byte(`{"type":"milestone.reached","known":"2026-11-23","deal":"d","milestone":"offer-returned","on":"2026-11-23"}`))
		reached, ok := f.(*process.MilestoneReached)
		if err != nil || !ok {
			t.Fatalf("read as %T: %v", f, err)
		}
		return reached
	}
	first, second := read(), read()
	if unsafe.StringData(string(first.Milestone)) != unsafe.StringData(string(second.Milestone)) {
		t.Error("there are two copies of the milestone's key")
	}
	if first == second {
		t.Error("two payloads became one fact")
	}
}

func BenchmarkReadingAFact(b *testing.B) {
	payload := []byte(`{"type":"milestone.reached","known":"2026-11-23","deal":"01KAR0G5ZZ3J8V6Q2M7XW9Y4TB","milestone":"01KAR0G5ZZ3J8V6Q2M7XW9Y4TC","on":"2026-11-21"}`)
	b.Run("straight", func(b *testing.B) {
		var r process.FactReader
		for b.Loop() {
			if _, err := r.Read(payload); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("by encoding json", func(b *testing.B) {
		escaped := []byte(strings.Replace(string(payload), "2026", `\u0032026`, 1))
		var r process.FactReader
		for b.Loop() {
			if _, err := r.Read(escaped); err != nil {
				b.Fatal(err)
			}
		}
	})
}
