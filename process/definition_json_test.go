package process_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/presets"
	"milstolpe/process/processtest"
)

func TestAProcessIsReadFromJSON(t *testing.T) {
	got, err := process.ParseDefinition([]byte("\ufeff" + `{
		"name": "Nya kunder", "purpose": "Projekt",
		"milestones": [
			{"key": "budget", "name": "Kunden har avsatt pengar", "criterion": "c", "why": "w", "required": true,
			 "evidence": "required", "patience_days": 30, "our_part": "o"},
			{"name": "Kunden har haft ett möte", "required": false, "patience_days": null},
			{"name": "Budget", "required": true}
		]}`))
	if err != nil {
		t.Fatal(err)
	}
	thirty := 30
	want := process.Definition{
		Name: "Nya kunder", Purpose: "Projekt",
		Milestones: []process.Milestone{
			{
				Key: "budget", Name: "Kunden har avsatt pengar", Criterion: "c", Why: "w", Required: true,
				Evidence: process.EvidenceRequired, Patience: &thirty, OurPart: "o",
			},
			{Key: "kunden_har_haft_ett_mote", Name: "Kunden har haft ett möte"},
			{Key: "budget_2", Name: "Budget", Required: true}, // "budget" is taken by a key that somebody wrote
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAProcessInJSONIsRefusedByPathAndLine(t *testing.T) {
	type fault struct {
		msg, field string
		args       []any
	}
	known := "key, name, criterion, why, required, evidence, patience_days, our_part, role"
	for name, c := range map[string]struct {
		text string
		want []fault
	}{
		"unknown fields, all of them": {
			"{\n\"name\": \"P\",\n\"colour\": 1,\n\"milestones\": [\n{\"name\": \"a\", \"required\": true},\n{\"name\": \"b\",\n\"requird\": true, \"required\": false}]}",
			[]fault{
				{"process.json.unknown_field", "colour", []any{"colour", 3, "name, purpose, roles, milestones"}},
				{"process.json.unknown_field", "milestones.1.requird", []any{"milestones.1.requird", 7, known}},
			},
		},
		"a field in capitals is another field": {
			`{"Name": "P"}`, []fault{{"process.json.unknown_field", "Name", []any{"Name", 1, "name, purpose, roles, milestones"}}},
		},
		"a field twice": {
			"{\"name\": \"P\",\n\"name\": \"Q\"}", []fault{{"process.json.field_twice", "name", []any{"name", 2}}},
		},
		"whether it is required is not said": {
			"{\"milestones\": [\n{\"name\": \"a\"}]}",
			[]fault{{"process.json.required_missing", "milestones.0.required", []any{"milestones.0.required", 2}}},
		},
		"an empty milestone": {
			`{"milestones": [{}]}`,
			[]fault{{"process.json.required_missing", "milestones.0.required", []any{"milestones.0.required", 1}}},
		},
		"wrong kinds": {
			"{\"name\": 5,\n\"purpose\": null,\n\"milestones\": [\n\"a\", {\"required\": \"yes\",\n\"patience_days\": 2.5}]}",
			[]fault{
				{"process.json.wrong_kind", "name", []any{"name", 1}},
				{"process.json.wrong_kind", "purpose", []any{"purpose", 2}},
				{"process.json.wrong_kind", "milestones.0", []any{"milestones.0", 4}},
				{"process.json.wrong_kind", "milestones.1.required", []any{"milestones.1.required", 4}},
				{"process.json.wrong_kind", "milestones.1.patience_days", []any{"milestones.1.patience_days", 5}},
			},
		},
		"milestones that are no list": {`{"milestones": {}}`, []fault{{"process.json.wrong_kind", "milestones", []any{"milestones", 1}}}},
		"no object":                   {"\n [1]", []fault{{"process.json.wrong_kind", "", []any{"", 2}}}},
		"a comma too many":            {"{\n  \"name\": \"å\",\n}", []fault{{"process.json.syntax", "", []any{3, 1}}}},
		"a word without quotes":       {"{\"name\": \"å\", name}", []fault{{"process.json.syntax", "", []any{1, 15}}}},
		"it ends too early":           {"{\n\"name\": \"P\"", []fault{{"process.json.syntax", "", []any{2, 12}}}},
		"nothing":                     {"", []fault{{"process.json.syntax", "", []any{1, 1}}}},
		"two objects":                 {"{}\n {}", []fault{{"process.json.more_than_one", "", []any{2, 2}}}},
		"another encoding":            {"{\"name\": \"F\xf6rs\xe4ljning\"}", []fault{{"process.json.not_utf8", "", nil}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := process.ParseDefinition([]byte(c.text))
			var got []fault
			for _, e := range processtest.ProblemsOf(err) {
				got = append(got, fault{e.Msg, e.Field, e.Args})
			}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(fault{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if process.KindOf(err) != process.Invalid {
				t.Errorf("kind %v, want invalid", process.KindOf(err))
			}
		})
	}
}

func FuzzParseDefinition(f *testing.F) {
	for _, key := range presets.TemplateKeys {
		template, _ := presets.TemplateByKey("sv", key)
		text, err := process.FormatDefinition(template.Definition)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"name":"<&>\u2028","milestones":[{"required":true,"patience_days":0}]}`))
	f.Add([]byte(`{"milestones":[{"name":"` + strings.Repeat("å", 60) + `","required":false},{"key":"","required":true}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		def, err := process.ParseDefinition(text)
		if err != nil {
			return
		}
		written, err := process.FormatDefinition(def)
		if err != nil {
			t.Fatal(err)
		}
		again, err := process.ParseDefinition(written)
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, written)
		}
		if diff := cmp.Diff(def, again, processtest.SameEmpty); diff != "" {
			t.Errorf("written and read again (-was +is)\n%s", diff)
		}
	})
}
