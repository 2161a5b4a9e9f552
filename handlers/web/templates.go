package web

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"milstolpe/assets"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
)

// views are the templates of all pages, one set for each page and language, with the language's own functions bound to it.
//
// A set is parsed when it is first asked for, and preparse asks for all of one language when nobody waits for anything: parsing eighty
// sets before anything is shown would be most of the time that the program takes to start, and most people use one language. A test asks
// for all of them, so nothing is left to be found out by a user.
type views struct {
	files  fs.FS
	texts  map[i18n.Lang]*i18n.Text
	assets *assets.Set
	types  map[string]reflect.Type // what each page and part is given, by template name

	mu    sync.Mutex
	bases map[i18n.Lang]func() (*template.Template, error)
	sets  map[setKey]func() (*template.Template, error)
}

type setKey struct {
	lang i18n.Lang
	page string
}

func newViews(texts map[i18n.Lang]*i18n.Text, set *assets.Set) *views {
	return &views{
		files: assets.FS(), texts: texts, assets: set, types: map[string]reflect.Type{},
		bases: map[i18n.Lang]func() (*template.Template, error){}, sets: map[setKey]func() (*template.Template, error){},
	}
}

// sharedFolders hold the templates that every set has; they can be rendered alone too.
var sharedFolders = []string{"layout", "parts", "charts"}

// declare says which struct a page or a part is given. A page is named by its file, "deal"; a part of it "deal/milestones".
func (w *views) declare(name string, data any) { w.types[name] = reflect.TypeOf(data) }

// pageOf is the page in whose set a template stands.
func pageOf(name string) string {
	page, _, _ := strings.Cut(name, "/")
	return page
}

// render writes a page (in its layout) or a part of one, to memory: what goes wrong half-way never reaches a browser.
func (w *views) render(out *bytes.Buffer, l i18n.Lang, name string, data any) error {
	want, ok := w.types[name]
	if !ok {
		return fmt.Errorf("render %s: it is not declared in any routes function", name)
	}
	if got := reflect.TypeOf(data); got != want {
		return fmt.Errorf("render %s: it takes %v and was given %v", name, want, got)
	}
	set, err := w.set(l, pageOf(name))
	if err != nil {
		return err
	}
	execute := name
	if execute == pageOf(name) {
		execute = "layout/page"
	}
	if err := set.ExecuteTemplate(out, execute, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	return nil
}

// set is the template set of a page in a language.
func (w *views) set(l i18n.Lang, page string) (*template.Template, error) {
	w.mu.Lock()
	parse, ok := w.sets[setKey{l, page}]
	if !ok {
		base := w.base(l)
		parse = sync.OnceValues(func() (*template.Template, error) { return w.parse(base, page) })
		w.sets[setKey{l, page}] = parse
	}
	w.mu.Unlock()
	return parse()
}

func (w *views) parse(base func() (*template.Template, error), page string) (*template.Template, error) {
	shared, err := base()
	if err != nil {
		return nil, err
	}
	set, err := shared.Clone()
	if err != nil {
		return nil, fmt.Errorf("parse page %s: %w", page, err)
	}
	if slices.Contains(sharedFolders, page) {
		return set, nil
	}
	if set, err = set.ParseFS(w.files, "templates/pages/"+page+".html"); err != nil {
		return nil, fmt.Errorf("parse page %s: %w", page, err)
	}
	return set, nil
}

// base holds layout, parts and charts with the functions of one language. The caller holds mu.
func (w *views) base(l i18n.Lang) func() (*template.Template, error) {
	if parse, ok := w.bases[l]; ok {
		return parse
	}
	parse := sync.OnceValues(func() (*template.Template, error) {
		text, ok := w.texts[l]
		if !ok {
			return nil, fmt.Errorf("parse templates: no language %q", l)
		}
		set := template.New("base").Option("missingkey=error").Funcs(funcs(text, w.assets))
		for _, folder := range sharedFolders {
			names, err := fs.Glob(w.files, "templates/"+folder+"/*.html")
			if err != nil {
				return nil, fmt.Errorf("parse templates: %w", err)
			}
			if len(names) == 0 {
				continue
			}
			if set, err = set.ParseFS(w.files, names...); err != nil {
				return nil, fmt.Errorf("parse templates: %w", err)
			}
		}
		return set, nil
	})
	w.bases[l] = parse
	return parse
}

// inUse are the languages in which something was shown.
func (w *views) inUse() []i18n.Lang {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Sorted(maps.Keys(w.bases))
}

// preparse parses every set of a language.
func (w *views) preparse(l i18n.Lang) error {
	var problems []error
	for name := range w.types {
		if _, err := w.set(l, pageOf(name)); err != nil {
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}

// funcs are what templates can call. They write values in the language of the set; none of them computes anything about sales. The list,
// with examples, is in the package comment.
func funcs(t *i18n.Text, files *assets.Set) template.FuncMap {
	return template.FuncMap{
		"t": t.T, "sentence": t.Sentence, "link": i18n.Link, "strong": i18n.Strong, "unbroken": i18n.Unbroken,
		"asset": files.URL,

		"num": t.Number, "word": t.Word, "dec": t.Dec, "plus": t.DecDelta,
		"percent": t.Percent, "chance": t.Chance, "chances": t.ChanceRange,
		"money": t.Money, "whole": t.Whole, "signed": t.Signed,
		"amount": t.Amount, "exact": t.Exact, "delta": t.Delta, "range2": t.Range,
		"short": t.Short, "shortCode": t.ShortCode, "shortRange": t.ShortRange,
		"unit": t.Unit, "unitShort": t.UnitShort,

		"day": t.Day, "dayNear": t.DayNear, "dayLong": t.DayLong, "iso": t.ISO,
		"clock": t.Clock, "stamp": t.Stamp, "period": t.Period, "periodName": t.PeriodName,

		"input": parts.Input, "option": parts.OptionOf,
	}
}
