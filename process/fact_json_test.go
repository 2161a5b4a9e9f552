package process_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestEveryFactComesBackFromItsBytes(t *testing.T) {
	for _, name := range processtest.FactTypes() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				was := processtest.NewDrawer(rt, process.EventID{1}, process.EventID{2}, process.EventID{0xff}).Fact(name)
				payload, err := process.MarshalFact(was)
				if err != nil {
					rt.Fatal(err)
				}
				if !bytes.HasPrefix(payload, []byte(`{"type":"`+name+`",`)) || !json.Valid(payload) {
					rt.Fatalf("a payload begins with its type and is JSON: %s", payload)
				}
				is, err := process.UnmarshalFact(payload)
				if err != nil {
					rt.Fatal(err)
				}
				if diff := cmp.Diff(was, is, processtest.SameEmpty); diff != "" {
					rt.Errorf("(-was +is)\n%s\n%s", diff, payload)
				}
				again, _ := process.MarshalFact(is)
				if !bytes.Equal(payload, again) {
					rt.Errorf("the same fact gives other bytes:\n%s\n%s", payload, again)
				}
				if process.FactType(is) != name {
					rt.Errorf("it is a %s", process.FactType(is))
				}
			})
		})
	}
}

// Files live longer than programs: what the first version wrote has to be read for ever, and written in the same bytes. A field may be
// added; a line of the golden file may never change.
func TestPayloadsStayAsTheFirstVersionWroteThem(t *testing.T) {
	golden := filepath.Join("testdata", "payloads.jsonl")
	if *update {
		var b bytes.Buffer
		for _, name := range processtest.FactTypes() {
			payload, err := process.MarshalFact(sample(name))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s\n", payload)
		}
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		f, err := process.UnmarshalFact([]byte(line))
		if err != nil {
			t.Errorf("%v\n%s", err, line)
			continue
		}
		if _, lost := f.(*process.Unknown); lost {
			t.Errorf("this version does not know its own %s", process.FactType(f))
		}
		seen[process.FactType(f)] = true
		if again, _ := process.MarshalFact(f); string(again) != line {
			t.Errorf("read and written again\n%s\nbecomes\n%s", line, again)
		}
	}
	for _, name := range processtest.FactTypes() {
		if !seen[name] {
			t.Errorf("%s is not in %s: add it with -update", name, golden)
		}
	}
}

// sample is a fact of the type with something in every field.
func sample(name string) process.Fact {
	f := process.NewFact(name)
	number := 0
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		number++
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0))
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem())
		case reflect.Array:
			v.Index(0).SetUint(uint64(number))
		case reflect.String:
			v.SetString(fmt.Sprintf("å%d", number))
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Int32: // a Date
			v.SetInt(int64(process.MustDate("2026-11-23")) + int64(number))
		case reflect.Int, reflect.Int64:
			v.SetInt(int64(number) * 1_000_000)
		case reflect.Float64:
			v.SetFloat(float64(number) + 0.25)
		default:
			panic(v.Kind())
		}
	}
	fill(reflect.ValueOf(f).Elem())
	return f
}

func TestAFactOfALaterVersionIsKeptByteForByte(t *testing.T) {
	for _, payload := range []string{
		`{"type":"deal.danced","known":"2026-11-23","import":"i1","base":["` + process.EventID{7}.String() + `"],"steps":[1,2,{"a":null}]}`,
		`{ "known": "2026-11-23", "type": "deal.danced" }`,
		`{"type":"deal.danced","known":{"day":"of another shape"}}`,
		`{"type":"deal.danced \"twice\"","x":1}`,
	} {
		f, err := process.UnmarshalFact([]byte(payload))
		if err != nil {
			t.Fatal(err)
		}
		if u, ok := f.(*process.Unknown); !ok || !strings.HasPrefix(u.Type, "deal.danced") {
			t.Errorf("%s is read as %T %s", payload, f, process.FactType(f))
		}
		if again, _ := process.MarshalFact(f); string(again) != payload {
			t.Errorf("%s is written as %s", payload, again)
		}
	}
	// A later version adds a field to a fact we know: it is read, and whoever keeps the file keeps the payload as it came.
	f, err := process.UnmarshalFact([]byte(`{"type":"journal.written","known":"2026-11-23","deal":"d","on":"2026-11-23","text":"t","mood":"good"}`))
	if j, ok := f.(*process.JournalWritten); err != nil || !ok || j.Text != "t" {
		t.Errorf("%T %v", f, err)
	}
}

func TestWhatIsNoPayloadIsAnError(t *testing.T) {
	for _, payload := range []string{
		``, `{}`, `null`, `[]`, `{"type":""}`, `{"type":5}`, `{"type":"journal.written"`, `{"type":"journal.written","on":"the first"}`,
		`{"type":"journal.written","base":["short"]}`,
	} {
		if f, err := process.UnmarshalFact([]byte(payload)); err == nil {
			t.Errorf("%s is read as %+v", payload, f)
		}
	}
	type stranger struct{ process.JournalWritten }
	if _, err := process.MarshalFact(&stranger{}); err == nil {
		t.Error("a fact without a name on disk is written")
	}
	if f := process.NewFact("deal.danced"); f != nil {
		t.Errorf("a new %T", f)
	}
}

func FuzzUnmarshalFact(f *testing.F) {
	for _, name := range processtest.FactTypes() {
		payload, err := process.MarshalFact(sample(name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(payload)
	}
	f.Add([]byte(`{"type":"undone","events":["AAAAAAAAAAAAAAAAAAAAAAAAAAA"],"base":null}`))
	f.Add([]byte(`{"type":"version.published","definition":{"milestones":[{"required":true,"patience_days":-1},{}]}}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		sameAsJSON(t, new(process.FactReader), payload)
		fact, err := process.UnmarshalFact(payload)
		if err != nil {
			return
		}
		written, err := process.MarshalFact(fact)
		if err != nil {
			t.Fatal(err)
		}
		again, err := process.UnmarshalFact(written)
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, written)
		}
		if diff := cmp.Diff(fact, again, processtest.SameEmpty); diff != "" {
			t.Errorf("(-was +is)\n%s", diff)
		}
		// Whatever it says, a team bears it, and can be looked at.
		team := sales.NewTeam()
		team.Apply(process.Event{ID: process.NewEventID(1<<16, process.Writer{1}, payload), Fact: fact})
		processtest.Look(team)
	})
}
