package db_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/process"
)

// FORMAT.md names every type of fact with every member that it can have; whoever adds one finds out here.
func TestEveryFactIsDocumented(t *testing.T) {
	rows := map[string]string{}
	for line := range strings.Lines(string(readFile(t, "FORMAT.md"))) {
		if cells := strings.Split(line, "|"); len(cells) > 3 {
			rows[strings.Trim(cells[1], " `")] = cells[2]
		}
	}
	for _, name := range process.FactTypes() {
		row, ok := rows[name]
		if !ok {
			t.Errorf("FORMAT.md has no row for %s", name)
			continue
		}
		fact := reflect.TypeOf(process.NewFact(name)).Elem()
		for i := range fact.NumField() {
			member, _, _ := strings.Cut(fact.Field(i).Tag.Get("json"), ",")
			if !fact.Field(i).Anonymous && !strings.Contains(row, "`"+member+"`") {
				t.Errorf("FORMAT.md does not name %s of %s", member, name)
			}
		}
	}
}

func TestThePhrasesAreDocumented(t *testing.T) {
	text := string(readFile(t, "FORMAT.md"))
	for i, p := range db.Phrases() {
		if row := fmt.Sprintf("| %02X | `%s` |", i, p); !strings.Contains(text, row) {
			t.Errorf("FORMAT.md does not say %s", row)
		}
	}
}
