package house

import (
	"go/ast"
	"slices"
	"testing"
)

// Whoever looks at the team holds the file's lock for reading, and a second request for it waits behind a writer that waits for the first: both
// wait for ever. So nothing asks the file, or looks at the team once more, while it is looked at.
func TestTheFileIsNotAskedWhileTheTeamIsLookedAt(t *testing.T) {
	looks := []string{"View", "Reports", "Model", "Act", "ActOnDeal", "ActOnDealInTeam", "ActBulk"}
	withoutLock := []string{"Path", "Dataset", "Revision"}
	found := 0
	for _, s := range sources(t) {
		if s.test() || s.layer() != "handlers" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			look, ok := n.(*ast.CallExpr)
			if !ok || !slices.Contains(looks, selected(look)) {
				return true
			}
			for _, arg := range look.Args {
				body, ok := arg.(*ast.FuncLit)
				if !ok {
					continue
				}
				found++
				ast.Inspect(body, func(n ast.Node) bool {
					asked, ok := n.(*ast.CallExpr)
					if !ok {
						return true
					}
					on, _ := asked.Fun.(*ast.SelectorExpr)
					if on != nil && !slices.Contains(withoutLock, on.Sel.Name) {
						if file, ok := on.X.(*ast.CallExpr); ok && selected(file) == "OpenedFile" {
							t.Errorf("%s asks the file for its %s while the team is looked at: ask before", s.fset.Position(asked.Pos()), on.Sel.Name)
						}
					}
					if slices.Contains(looks, selected(asked)) && slices.ContainsFunc(asked.Args, func(a ast.Expr) bool { _, ok := a.(*ast.FuncLit); return ok }) {
						t.Errorf("%s looks at the team while it is looked at", s.fset.Position(asked.Pos()))
					}
					return true
				})
			}
			return true
		})
	}
	if found < 100 {
		t.Fatalf("found only %d looks at the team: this rule looks in the wrong place", found)
	}
}

// selected is the method that a call calls.
func selected(call *ast.CallExpr) string {
	if on, ok := call.Fun.(*ast.SelectorExpr); ok {
		return on.Sel.Name
	}
	return ""
}
