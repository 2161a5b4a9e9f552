package house

import (
	"cmp"
	"go/ast"
	"maps"
	"slices"
	"strings"
	"testing"
)

// mostHolders is how many files outside its own package may name a type. One that more hold is where the program is all one thing: whoever
// changes it has to look everywhere.
const mostHolders = 100

// heldByAll are the types that everybody may hold, each with the reason.
var heldByAll = map[string]string{
	"process.Date": "a day is a value like a number, and says nothing of how anything is kept or decided",
}

func TestNoTypeIsHeldByEverybody(t *testing.T) {
	holders := holdersOfTypes(sources(t))
	for name, reason := range heldByAll {
		if holders[name] <= mostHolders {
			t.Errorf("%s (%s) is held by %d files: it needs no exception any more", name, reason, holders[name])
		}
	}
	most := slices.SortedFunc(maps.Keys(holders), func(a, b string) int { return cmp.Compare(holders[b], holders[a]) })
	for _, name := range most {
		if _, allowed := heldByAll[name]; holders[name] > mostHolders && !allowed {
			t.Errorf("%s is held by %d files outside its package; %d is the most: pass what is needed of it", name, holders[name], mostHolders)
		}
	}
	if len(most) < 200 {
		t.Fatalf("found only %d types that others hold: this rule looks in the wrong place", len(most))
	}
	for _, name := range most[:8] {
		t.Logf("%s is held by %d files", name, holders[name])
	}
}

// holdersOfTypes counts, for each exported type of ours, the files outside its own package that name it, but for tests.
func holdersOfTypes(all []source) map[string]int {
	declared := map[string]bool{}
	for _, s := range all {
		for _, decl := range s.file.Decls {
			types, ok := decl.(*ast.GenDecl)
			if !ok || s.test() {
				continue
			}
			for _, spec := range types.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok && spec.Name.IsExported() {
					declared[s.dir()+"."+spec.Name.Name] = true
				}
			}
		}
	}
	holders := map[string]int{}
	for _, s := range all {
		if s.test() {
			continue
		}
		for name := range namedIn(s) {
			if declared[name] {
				holders[name]++
			}
		}
	}
	return holders
}

// namedIn are the names of our other packages that a file uses, each with its folder before it.
func namedIn(s source) map[string]bool {
	dirs := map[string]string{} // what the file calls a package -> its folder
	for i, imp := range s.imports() {
		if dir, ours := strings.CutPrefix(imp, module+"/"); ours {
			called := dir[strings.LastIndexByte(dir, '/')+1:]
			if as := s.file.Imports[i].Name; as != nil {
				called = as.Name
			}
			dirs[called] = dir
		}
	}
	names := map[string]bool{}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := sel.X.(*ast.Ident); ok && dirs[pkg.Name] != "" {
				names[dirs[pkg.Name]+"."+sel.Sel.Name] = true
			}
		}
		return true
	})
	return names
}
