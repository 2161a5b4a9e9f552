package main_test

import (
	"slices"
	"strings"
	"testing"
)

// roomsBelow are the packages of ours that a package may import. What is not listed is held to its layer alone.
var roomsBelow = map[string][]string{
	"process":           {"process/money"},
	"process/money":     {},
	"process/hlc":       {},
	"process/counting":  {},
	"process/sales":     {"process", "process/money"},
	"process/namecheck": {},
	"process/presets":   {"process"},
	"process/forecast":  {"process", "process/sales", "process/counting"},
	"process/importer":  {"process", "process/money", "process/sales"},
	"process/example":   {"process", "process/money", "process/sales", "process/presets", "process/hlc"},
	"db":                {"process", "process/sales", "process/hlc"},
	"handlers/sheet":    {"process", "process/money", "process/sales", "process/importer"},
	"handlers/report":   {"handlers/sheet", "process", "process/money", "process/sales", "process/forecast", "process/importer", "process/counting"},
}

func TestImportsPointInward(t *testing.T) {
	allowed := map[string][]string{
		"process":  {"process"},
		"db":       {"db", "process"},
		"assets":   {"assets"},
		"handlers": {"handlers", "process", "db", "assets"},
		"main":     {"handlers", "process", "db", "assets"},
	}
	for _, s := range sources(t) {
		layers, known := allowed[s.layer()]
		if !known {
			t.Errorf("%s: no such layer in the project", s.path)
		}
		for _, imp := range s.imports() {
			inner, ours := strings.CutPrefix(imp, module+"/")
			if ours && !slices.Contains(layers, layerOf(inner)) {
				t.Errorf("%s imports %s: %s may import only %v", s.path, imp, s.layer(), layers)
			}
			if rooms, listed := roomsBelow[s.dir()]; ours && listed && !s.test() && !slices.Contains(rooms, inner) {
				t.Errorf("%s imports %s: package %s may import only %v", s.path, imp, s.dir(), rooms)
			}
			if support := []string{module + "/db/dbtest", module + "/handlers/sheet/sheettest"}; slices.Contains(support, imp) && !s.test() {
				t.Errorf("%s imports %s: test support does not go into the program", s.path, imp)
			}
		}
	}
}

func TestLibrariesStayWhereTheyBelong(t *testing.T) {
	home := map[string]string{"go.etcd.io/bbolt": "db", "github.com/labstack/echo": "handlers", "github.com/alecthomas/kong": "main"}
	seen := map[string]bool{}
	for _, s := range sources(t) {
		for _, imp := range s.imports() {
			for library, layer := range home {
				if !strings.HasPrefix(imp, library) {
					continue
				}
				seen[library] = true
				if s.layer() != layer {
					t.Errorf("%s imports %s, which only %s may know", s.path, imp, layer)
				}
			}
		}
	}
	for library := range home {
		if !seen[library] {
			t.Errorf("%s is used nowhere: this rule guards nothing any more", library)
		}
	}
}
