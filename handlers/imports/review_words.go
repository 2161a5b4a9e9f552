package imports

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
	"milstolpe/process/picklists"
)

// wordControl is the name of the controls that ask what a word of a list means. An answer is named with a sign before the name of the choice;
// leftOutWord is the one that means nothing.
const (
	wordControl = "word_choice"
	namedWord   = "="
	leftOutWord = "-"
)

// words asks about those that are no choices of the team's own lists: whether they are added, or mean one that is there.
func (page *reviewPage) words(t *i18n.Text, book *picklists.Book, m *columns.Mapping, words []importer.WordMatch) {
	for i, w := range words {
		if w.FreshList && !slices.Contains(page.NewLists, w.List) {
			page.NewLists = append(page.NewLists, w.List)
		}
		at := "." + strconv.Itoa(i)
		row := whoRow{Name: url.QueryEscape(w.Header) + "&" + url.QueryEscape(w.Word), NameField: wordControl + "_name" + at, Control: parts.Field{
			Name: wordControl + at, Label: t.T("import.word", w.List, w.Word, w.Deals), Kind: "select", Value: namedWord + w.Means,
		}}
		if w.Said && w.Means == "" {
			row.Control.Value = leftOutWord
		}
		row.Control.Options = wordOptions(t, book, m, words, &words[i])
		page.Words = append(page.Words, row)
	}
}

// wordOptions are what a word can mean: a choice of its own, one that is there or that another word of the column becomes, or nothing.
func wordOptions(t *i18n.Text, book *picklists.Book, m *columns.Mapping, words []importer.WordMatch, w *importer.WordMatch) []parts.Option {
	list := []parts.Option{parts.OptionOf(namedWord+w.Word, t.T("import.new_choice", w.Word))}
	id, _ := m.Columns[w.Header].List()
	if l, ok := book.List(id); ok {
		for _, c := range l.Offered() {
			if c.Name != w.Word {
				list = append(list, parts.OptionOf(namedWord+c.Name, t.T("import.means_choice", c.Name)))
			}
		}
	}
	for i := range words {
		if other := &words[i]; other.Header == w.Header && other.Word != w.Word && other.Means == other.Word {
			list = append(list, parts.OptionOf(namedWord+other.Word, t.T("import.means_choice", other.Word)))
		}
	}
	return append(list, parts.OptionOf(leftOutWord, t.T("import.no_choice")))
}

// answerWords takes what words mean from the form.
func answerWords(m *columns.Mapping, posted url.Values) (named bool) {
	for i := 0; posted.Has(wordControl + "." + strconv.Itoa(i)); i++ {
		at := "." + strconv.Itoa(i)
		h, w, ok := strings.Cut(posted.Get(wordControl+"_name"+at), "&")
		header, e1 := url.QueryUnescape(h)
		word, e2 := url.QueryUnescape(w)
		means, isNamed := strings.CutPrefix(posted.Get(wordControl+at), namedWord)
		if !isNamed {
			means = ""
		}
		if have, said := m.Choices[header][word]; !ok || e1 != nil || e2 != nil || said && have == means {
			continue
		}
		choices := map[string]map[string]string{}
		for h, words := range m.Choices {
			choices[h] = map[string]string{}
			for w, is := range words {
				choices[h][w] = is
			}
		}
		if choices[header] == nil {
			choices[header] = map[string]string{}
		}
		choices[header][word] = means
		m.Choices, named = choices, true
	}
	return named
}
