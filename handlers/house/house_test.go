package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestMain goes to the top of the project, where the rules look from.
func TestMain(m *testing.M) {
	for {
		if _, err := os.Stat("go.mod"); err == nil {
			break
		}
		if err := os.Chdir(".."); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

const module = "milstolpe"

// source is one Go file of the project, with its path from the top and slashes in it.
type source struct {
	path  string
	text  string
	lines int
	file  *ast.File
	fset  *token.FileSet
}

func (s source) dir() string   { return path.Dir(s.path) }
func (s source) test() bool    { return strings.HasSuffix(s.path, "_test.go") }
func (s source) layer() string { return layerOf(s.dir()) }

// layerOf gives the first folder of a path, and "main" for the top.
func layerOf(dir string) string {
	if dir == "." {
		return "main"
	}
	first, _, _ := strings.Cut(dir, "/")
	return first
}

// imports gives the import paths of the file.
func (s source) imports() []string {
	var paths []string
	for _, spec := range s.file.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, p)
	}
	return paths
}

// projectFiles lists the files of the project that we write ourselves: nothing hidden, no test data, nothing that .gitignore names.
func projectFiles(t *testing.T) []string {
	t.Helper()
	ignored := ignoredNames(t)
	var files []string
	err := fs.WalkDir(os.DirFS("."), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || p == "." {
			return err
		}
		name := d.Name()
		skip := strings.HasPrefix(name, ".") || name == "testdata" || ignored(name)
		switch {
		case skip && d.IsDir():
			return fs.SkipDir
		case !skip && !d.IsDir():
			files = append(files, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 10 {
		t.Fatalf("found only %d files: the rules are looking in the wrong place", len(files))
	}
	return files
}

// ignoredNames reads .gitignore, as far as we use it: names and patterns without folders in them.
func ignoredNames(t *testing.T) func(name string) bool {
	t.Helper()
	text, err := os.ReadFile(".gitignore")
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for line := range strings.Lines(string(text)) {
		if line = strings.Trim(strings.TrimSpace(line), "/"); line != "" && !strings.HasPrefix(line, "#") {
			patterns = append(patterns, line)
		}
	}
	return func(name string) bool {
		return slices.ContainsFunc(patterns, func(pattern string) bool {
			match, _ := path.Match(pattern, name)
			return match
		})
	}
}

// sources parses every Go file of the project that a person wrote.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, p := range projectFiles(t) {
		if path.Ext(p) != ".go" {
			continue
		}
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, p, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if !ast.IsGenerated(file) {
			all = append(all, source{p, string(text), strings.Count(string(text), "\n"), file, fset})
		}
	}
	return all
}

func TestProcessIsPure(t *testing.T) {
	allowed := regexp.MustCompile(`^(` + module + `/process|gonum\.org/v1/gonum|github\.com/oklog/ulid/v2|golang\.org/x/text/unicode/norm)(/|$)`)
	outside := regexp.MustCompile(`^[^/]*\.`) // the standard library has no dot in its first word
	forbidden := regexp.MustCompile(`^(os|net|context|log|math/rand|crypto/rand|database|html|testing)(/|$)`)
	clock := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}
	for _, s := range sources(t) {
		if s.layer() != "process" || s.test() || s.dir() == "process/processtest" {
			continue
		}
		for _, imp := range s.imports() {
			if forbidden.MatchString(imp) || outside.MatchString(imp) && !allowed.MatchString(imp) {
				t.Errorf("%s imports %s: process computes from its arguments and from nothing else", s.path, imp)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains(clock, sel.Sel.Name) {
					t.Errorf("%s uses time.%s: the day is an argument", s.fset.Position(n.Pos()), sel.Sel.Name)
				}
			}
			return true
		})
	}
}

func TestPackagesIntroduceThemselves(t *testing.T) {
	comment := map[string]int{} // folder -> lines of its package comment, where it belongs
	for _, s := range sources(t) {
		if _, met := comment[s.dir()]; !met {
			comment[s.dir()] = 0
		}
		home := "doc.go"
		if s.dir() == "." {
			home = "main.go"
		}
		switch {
		case s.file.Doc == nil || s.test():
		case path.Base(s.path) == home:
			comment[s.dir()] = strings.Count(s.file.Doc.Text(), "\n")
		default:
			t.Errorf("%s has a package comment: it belongs in %s, where it is looked for", s.path, home)
		}
	}
	for dir, lines := range comment {
		if lines < 5 {
			t.Errorf("package %s: its comment in doc.go (main.go at the top) has %d lines; a stranger needs the nouns, the traps and where to begin", dir, lines)
		}
	}
}

// A fact is about the team or about a deal, and each switch meets its half of them. None may be met by neither: it would be recorded and
// then forgotten.
func TestEveryFactIsFolded(t *testing.T) {
	facts := map[string]bool{} // name -> whether it names a deal
	met := map[string][]string{}
	for _, s := range sources(t) {
		if s.dir() != "process" && s.dir() != "process/sales" || s.test() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if record, ok := n.Type.(*ast.StructType); ok && s.dir() == "process" && embeds(record, "Stamp") {
					facts[n.Name.Name] = has(record, "Deal")
				}
			case *ast.FuncDecl:
				name := strings.ToLower(n.Name.Name)
				for _, begins := range []string{"apply", "dealof"} { // Apply, and what it leaves to others such as applyMilestone
					if strings.HasPrefix(name, begins) {
						name = begins
					}
				}
				met[name] = append(met[name], pointerCases(n)...)
			}
			return true
		})
	}
	if len(facts) < 30 || len(met["apply"]) < 30 {
		t.Fatalf("found %d facts and %d cases that fold one: this rule looks in the wrong place", len(facts), len(met["apply"]))
	}
	for fact, ofDeal := range facts {
		if !slices.Contains(met["apply"], fact) {
			t.Errorf("process.%s is met by no apply: it would be recorded and forgotten", fact)
		}
		if ofDeal != slices.Contains(met["dealof"], fact) {
			t.Errorf("process.%s: DealOf must meet exactly the facts that name a deal", fact)
		}
	}
}

// pointerCases gives the names in the cases "case *Name:" and "case *process.Name:" of a function.
func pointerCases(fn *ast.FuncDecl) []string {
	var names []string
	ast.Inspect(fn, func(n ast.Node) bool {
		if c, ok := n.(*ast.CaseClause); ok {
			for _, expr := range c.List {
				if star, ok := expr.(*ast.StarExpr); ok {
					switch x := star.X.(type) {
					case *ast.Ident:
						names = append(names, x.Name)
					case *ast.SelectorExpr:
						names = append(names, x.Sel.Name)
					}
				}
			}
		}
		return true
	})
	return names
}

func embeds(record *ast.StructType, name string) bool {
	return slices.ContainsFunc(record.Fields.List, func(f *ast.Field) bool {
		id, ok := f.Type.(*ast.Ident)
		return ok && len(f.Names) == 0 && id.Name == name
	})
}

func has(record *ast.StructType, name string) bool {
	return slices.ContainsFunc(record.Fields.List, func(f *ast.Field) bool {
		return slices.ContainsFunc(f.Names, func(id *ast.Ident) bool { return id.Name == name })
	})
}
