package house

import (
	"go/ast"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestFilesAreShort(t *testing.T) {
	for _, s := range sources(t) {
		if s.lines > 300 {
			t.Errorf("%s has %d lines; 300 is the most: is it still one thing?", s.path, s.lines)
		}
	}
}

func TestPackagesAreSmall(t *testing.T) {
	files, lines := map[string]int{}, map[string]int{}
	for _, s := range sources(t) {
		if !s.test() {
			files[s.dir()]++
			lines[s.dir()] += s.lines
		}
	}
	for dir := range files {
		if dir != "db" && (files[dir] > 25 || lines[dir] > 3500) {
			t.Errorf("%s has %d files with %d lines; 25 and 3500 are the most: is it still one room?", dir, files[dir], lines[dir])
		}
	}
}

func TestFunctionsAreShort(t *testing.T) {
	for _, s := range sources(t) {
		limit := 60
		if s.test() {
			limit = 120
		}
		for _, decl := range s.file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			body := s.fset.Position(fn.Body.Rbrace).Line - s.fset.Position(fn.Body.Lbrace).Line - 1
			if body > limit {
				t.Errorf("%s: %s has %d lines; %d is the most", s.fset.Position(fn.Pos()), fn.Name.Name, body, limit)
			}
		}
	}
}

func TestNothingIsNamedAfterWhatItIsNot(t *testing.T) {
	empty := []string{"util", "utils", "common", "helper", "helpers", "type", "types", "models", "misc"}
	for _, s := range sources(t) {
		stem := strings.TrimSuffix(strings.TrimSuffix(path.Base(s.path), ".go"), "_test")
		for _, name := range append(strings.Split(s.dir(), "/"), stem, s.file.Name.Name) {
			if slices.Contains(empty, name) {
				t.Errorf("%s: %q says nothing about what is in it", s.path, name)
			}
		}
	}
}

func TestNothingIsLeftForLater(t *testing.T) {
	marks := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
	written := regexp.MustCompile(`\.(go|md|html|css|js|svg|json|toml|mod)$`)
	for _, p := range append(projectFiles(t), ".ci/run", ".golangci.yml") {
		if !written.MatchString(p) && !strings.HasPrefix(p, ".") || strings.HasSuffix(p, ".min.js") {
			continue
		}
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		number := 0
		for line := range strings.Lines(string(text)) {
			number++
			if mark := marks.FindString(line); mark != "" {
				t.Errorf("%s:%d says %s: do it, or write down in words what is not done", p, number, mark)
			}
		}
	}
}

func TestTheTopLevelStaysSmall(t *testing.T) {
	allowed := []string{
		"README.md", "go.mod", "go.sum", "main.go",
		"assets", "db", "handlers", "process",
		".ci", ".git", ".gitattributes", ".gitignore", ".golangci.yml",
	}
	ignored := ignoredNames(t)
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(allowed, e.Name()) && !ignored(e.Name()) {
			t.Errorf("%s does not belong at the top: it is code for one of the four packages, or something for .ci", e.Name())
		}
	}
}

// A stranger has to remember two commands. Others in the README, for measuring or fuzzing, carry flags.
func TestReadmeNamesTheTwoCommands(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`^(?:    |\t)?(?:\$ )?((?:go|make|npm|bash|sh|docker) .*)$`)
	var commands []string
	fenced := false
	for text := range strings.Lines(string(readme)) {
		text = strings.TrimRight(text, " \r\n")
		if strings.HasPrefix(text, "```") {
			fenced = !fenced
			continue
		}
		indented := strings.HasPrefix(text, "    ") || strings.HasPrefix(text, "\t")
		if found := line.FindStringSubmatch(text); found != nil && (fenced || indented) {
			command, _, _ := strings.Cut(found[1], "#")
			if command = strings.TrimSpace(command); !strings.Contains(command, " -") {
				commands = append(commands, command)
			}
		}
	}
	slices.Sort(commands)
	want := []string{"go run .", "go test ./..."}
	if got := slices.Compact(commands); !slices.Equal(got, want) {
		t.Errorf("commands without flags in the README's code blocks: %q, want %q", got, want)
	}
}
