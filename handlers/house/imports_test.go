package house

import (
	"slices"
	"strings"
	"testing"
)

// below are the packages of process that show and report what is there; none of them asks for pages.
var below = []string{
	"process", "process/money", "process/register", "process/calls", "process/people", "process/rates", "process/conflicts", "process/drafts", "process/settings", "process/activities", "process/picklists", "process/rollback", "process/sales", "process/forecast", "process/changes", "process/winloss", "process/meeting", "process/importer", "process/importer/cells", "process/importer/columns", "process/importer/names", "process/stats", "process/namecheck", "process/presets", "process/search", "process/handover", "process/extract",
}

// screens are the packages that have pages. None imports another: addresses come from urls, what several share lies in a package below.
var screens = []string{
	"handlers/activity", "handlers/calendar", "handlers/contacts", "handlers/customers", "handlers/deallist", "handlers/deals", "handlers/exports", "handlers/files", "handlers/forecasts", "handlers/handover", "handlers/help",
	"handlers/home", "handlers/imports", "handlers/keys", "handlers/mails", "handlers/outcomes", "handlers/plans", "handlers/processes", "handlers/search", "handlers/settings",
}

// roomsBelow are the packages of ours that a package may import. What is not listed is held to its layer alone.
var roomsBelow = map[string][]string{
	"process":            {"process/money"},
	"process/money":      {},
	"process/hlc":        {},
	"process/stats":      {},
	"process/register":   {"process"},
	"process/calls":      {"process", "process/money", "process/register"},
	"process/people":     {"process", "process/register"},
	"process/rates":      {"process", "process/money", "process/register", "process/conflicts"},
	"process/conflicts":  {"process", "process/register"},
	"process/drafts":     {"process", "process/register"},
	"process/settings":   {"process", "process/register"},
	"process/activities": {"process", "process/register", "process/conflicts"},
	"process/picklists":  {"process", "process/register", "process/conflicts"},
	"process/rollback":   {"process", "process/register", "process/sales"},
	"process/sales":      {"process", "process/picklists", "process/money", "process/register", "process/calls", "process/people", "process/rates", "process/conflicts", "process/settings", "process/drafts", "process/activities"},
	"process/namecheck":  {},
	"process/search":     {"process", "process/sales"},
	"process/handover":   {"process", "process/sales"},
	"process/extract":    {"process", "process/register", "process/sales", "process/search"},
	"process/presets":    {"process"},
	"process/cohort":     {"process", "process/sales", "process/stats"},
	"process/forecast":   {"process", "process/money", "process/register", "process/sales", "process/stats", "process/cohort"},
	"process/changes":    {"process", "process/sales", "process/forecast"},
	"process/winloss":    {"process", "process/picklists", "process/sales", "process/stats", "process/forecast"},
	"process/meeting":    {"process", "process/register", "process/activities", "process/sales"},
	"process/importer":   {"process", "process/picklists", "process/money", "process/register", "process/activities", "process/sales", "process/importer/cells", "process/importer/columns", "process/importer/names"},
	"process/example":    {"process", "process/money", "process/calls", "process/activities", "process/sales", "process/meeting", "process/presets", "process/hlc"},
	"db":                 {"db/postgres", "process", "process/conflicts", "process/sales", "process/hlc"},
	"db/postgres":        {"process"},
	"handlers/sheet":     {"process", "process/picklists", "process/money", "process/activities", "process/meeting", "process/sales", "process/importer/cells", "process/importer/columns"},
	"handlers/report":    append([]string{"handlers/sheet"}, below...),
	"handlers/i18n":      {"process", "process/money", "assets"},
	"handlers/urls":      {"process", "process/forecast"},
	"handlers/parts":     {"handlers/i18n"},
	"handlers/chart":     append([]string{"handlers/i18n"}, below...),
	"handlers/web":       append([]string{"handlers/parts", "handlers/urls", "handlers/i18n", "handlers/report", "handlers/sheet", "db", "assets"}, below...),
	"handlers/wording":   append([]string{"handlers/web", "handlers/parts", "handlers/urls", "handlers/i18n"}, below...),
	"handlers/mail":      {"process"},
	"handlers/ical":      append([]string{"handlers/wording", "handlers/i18n", "db"}, below...),
	"handlers/workbook":  append([]string{"handlers/sheet", "handlers/i18n", "db"}, below...),
	"handlers/figures":   append([]string{"handlers/wording", "handlers/web", "handlers/parts", "handlers/urls", "handlers/i18n"}, below...),
	"handlers/dealindex": append([]string{"handlers/figures", "handlers/wording", "handlers/web", "handlers/parts", "handlers/urls", "handlers/i18n", "handlers/chart"}, below...),

	// The cells of a list are read without knowing what a team is.
	"process/importer/cells":   {"process", "process/money"},
	"process/importer/columns": {"process", "process/picklists", "process/money", "process/sales", "process/importer/cells"},
	"process/importer/names":   {},
}

// roomsOf are the packages that a package may import, and whether the table says so. A screen may import all that lies below screens.
func roomsOf(dir string) ([]string, bool) {
	if slices.Contains(screens, dir) {
		return slices.Concat(roomsBelow["handlers/dealindex"], []string{"handlers/dealindex", "handlers/report", "handlers/sheet", "handlers/ical", "handlers/mail", "handlers/workbook", "db"}), true
	}
	rooms, listed := roomsBelow[dir]
	return rooms, listed
}

func TestImportsPointInward(t *testing.T) {
	allowed := map[string][]string{
		"process":  {"process"},
		"db":       {"db", "process"},
		"assets":   {"assets"},
		"handlers": {"handlers", "process", "db", "assets"},
		"main":     {"handlers"},
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
			if rooms, listed := roomsOf(s.dir()); ours && listed && !s.test() && !slices.Contains(rooms, inner) {
				t.Errorf("%s imports %s: package %s may import only %v", s.path, imp, s.dir(), rooms)
			}
			if support := []string{module + "/db/dbtest", module + "/handlers/sheet/sheettest", module + "/handlers/handlerstest", module + "/process/processtest"}; slices.Contains(support, imp) && !s.test() && s.dir() != "handlers/handlerstest" && s.dir() != "db/dbtest" {
				t.Errorf("%s imports %s: test support does not go into the program", s.path, imp)
			}
		}
	}
}

func TestScreensImportNoScreens(t *testing.T) {
	found := map[string]bool{}
	for _, s := range sources(t) {
		found[s.dir()] = true
		if s.test() || s.dir() == "handlers" {
			continue
		}
		for _, imp := range s.imports() {
			inner, _ := strings.CutPrefix(imp, module+"/")
			if slices.Contains(screens, inner) {
				t.Errorf("%s imports %s: only the list of screens in package handlers does", s.path, imp)
			}
			if inner == "handlers" && s.dir() != "handlers/command" && s.dir() != "handlers/handlerstest" {
				t.Errorf("%s imports the list of screens", s.path)
			}
		}
	}
	for _, screen := range screens {
		if !found[screen] {
			t.Errorf("there is no package %s: this rule guards nothing any more", screen)
		}
	}
}

func TestLibrariesStayWhereTheyBelong(t *testing.T) {
	home := map[string]string{"go.etcd.io/bbolt": "db", "github.com/jackc/pgx": "db", "github.com/labstack/echo": "handlers", "github.com/alecthomas/kong": "handlers"}
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
