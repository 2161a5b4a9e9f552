package handlers_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"milstolpe/assets"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
)

func TestCataloguesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	t.Parallel()
	texts := handlerstest.NewSiteWithoutFile(t).Server.Texts()
	swedish, english := texts[i18n.Swedish].Keys(), texts[i18n.English].Keys()
	for key, marks := range swedish {
		other, ok := english[key]
		if !ok {
			t.Errorf("%s is missing in English", key)
		} else if other != marks {
			t.Errorf("%s has the values %q in Swedish and %q in English", key, marks, other)
		}
	}
	for key := range english {
		if _, ok := swedish[key]; !ok {
			t.Errorf("%s is missing in Swedish", key)
		}
	}
}

// Of two texts under one key the first would be gone without a word.
func TestCataloguesHaveEachKeyOnce(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(assets.FS(), "locale/*/*.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d catalogues, %v", len(files), err)
	}
	for _, name := range files {
		body, err := fs.ReadFile(assets.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[json.Token]bool{}
		list := json.NewDecoder(bytes.NewReader(body))
		_, err = list.Token() // the bracket
		for err == nil && list.More() {
			var key json.Token
			var text json.RawMessage
			if key, err = list.Token(); seen[key] {
				t.Errorf("%s has %v twice", name, key)
			}
			seen[key] = true
			err = errors.Join(err, list.Decode(&text))
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCataloguesHaveEveryKeyThatIsUsed(t *testing.T) {
	t.Parallel()
	text := handlerstest.NewSiteWithoutFile(t).Server.Texts()[i18n.Swedish]
	for key, places := range keysInCode(t).used {
		if !text.Has(key) {
			t.Errorf("no catalogue has %s, which %s uses", key, places)
		}
	}
}

func TestCataloguesHaveNoKeyThatNobodyUses(t *testing.T) {
	t.Parallel()
	found := keysInCode(t)
	for key := range handlerstest.NewSiteWithoutFile(t).Server.Texts()[i18n.Swedish].Keys() {
		if !found.mentions(key) {
			t.Errorf("%s is used nowhere: take it out of the catalogues", key)
		}
	}
}

// codeKeys is what the code says about keys: those that are used as they stand, all strings that could be a key, and all that could be
// the beginning of one ("deal.status_").
type codeKeys struct {
	used     map[string]string
	strings  map[string]bool
	prefixes map[string]bool
}

func (c codeKeys) mentions(key string) bool {
	if c.strings[key] {
		return true
	}
	for i, r := range key {
		if (r == '.' || r == '_') && c.prefixes[key[:i+1]] {
			return true
		}
	}
	return false
}

var (
	templateKey = regexp.MustCompile(`\b(?:t|sentence)\s+"([^"]+)"`)
	quoted      = regexp.MustCompile(`"([a-z][a-z0-9_.]*)"`)
)

func keysInCode(t *testing.T) codeKeys {
	t.Helper()
	found := codeKeys{map[string]string{}, map[string]bool{}, map[string]bool{}}
	eachTemplate(t, func(name, body string) {
		body = comment.ReplaceAllString(body, "")
		for _, m := range templateKey.FindAllStringSubmatch(body, -1) {
			found.note(m[1], name)
		}
		for _, m := range quoted.FindAllStringSubmatch(body, -1) {
			found.loose(m[1])
		}
	})
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		found.readGo(t, name)
		return nil
	})
	if err != nil {
		t.Fatalf("list Go files: %v", err)
	}
	return found
}

func (c codeKeys) note(key, place string) {
	c.used[key] = place
	c.loose(key)
}

func (c codeKeys) loose(s string) {
	c.strings[s] = true
	if strings.Contains(s, ".") && (strings.HasSuffix(s, ".") || strings.HasSuffix(s, "_")) {
		c.prefixes[s] = true
	}
}

// takesKey names the functions whose argument number n is a key.
var takesKey = map[string]int{"T": 0, "t": 0, "Sentence": 0, "Wrong": 1, "Missing": 0, "Add": 1}

func (c codeKeys) readGo(t *testing.T, name string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if i, ok := takesKey[calledName(n.Fun)]; ok && i < len(n.Args) {
				if key, ok := literal(n.Args[i]); ok && strings.Contains(key, ".") {
					c.note(key, name)
				}
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok && id.Name == "Msg" {
				if key, ok := literal(n.Value); ok {
					c.note(key, name)
				}
			}
		case *ast.Field:
			if n.Tag == nil {
				break
			}
			if tag, ok := literal(n.Tag); ok {
				if key := reflect.StructTag(tag).Get("label"); key != "" {
					c.note(key, name)
				}
			}
		case *ast.BasicLit:
			if s, ok := literal(n); ok {
				c.loose(s)
			}
		}
		return true
	})
}

func calledName(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

func eachTemplate(t *testing.T, look func(name, body string)) {
	t.Helper()
	err := fs.WalkDir(assets.FS(), "templates", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(assets.FS(), name)
		look(name, string(body))
		return err
	})
	if err != nil {
		t.Fatalf("read templates: %v", err)
	}
}

func TestPseudoLanguageIsTwoFifthsLonger(t *testing.T) {
	t.Parallel()
	texts := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.Pseudo = true }).Server.Texts()
	plain, long := texts[i18n.English].T("entry.how"), texts[i18n.Pseudo].T("entry.how")
	if got := float64(len([]rune(long))) / float64(len([]rune(plain))); got < 1.39 || got > 1.45 {
		t.Errorf("%q is %.2f times as long as %q", long, got, plain)
	}
}

func TestMessageFilesRefuseMarksOutOfPlace(t *testing.T) {
	for situation, body := range map[string]string{
		"a placeholder with a name": `{"a.b": "{{.Name}}"}`,
		"a link without an address": `{"a.b": "see [here] now"}`,
		"a link that never ends":    `{"a.b": "see [here now"}`,
		"not JSON":                  `{"a.b": `,
	} {
		t.Run(situation, func(t *testing.T) {
			files := os.DirFS(t.TempDir())
			if _, err := handlerstest.ReadText(files, i18n.Swedish); err != nil {
				t.Fatalf("an empty catalogue: %v", err)
			}
			if _, err := handlerstest.ReadText(handlerstest.Catalogue{"locale/sv/a.json": body}.Fs(), i18n.Swedish); err == nil {
				t.Errorf("%s was taken", body)
			}
		})
	}
	t.Run("a key in two files", func(t *testing.T) {
		twice := handlerstest.Catalogue{"locale/sv/a.json": `{"a.b": "one"}`, "locale/sv/b.json": `{"a.b": "two"}`}
		if _, err := handlerstest.ReadText(twice.Fs(), i18n.Swedish); err == nil {
			t.Error("it was taken")
		}
	})
}
