package i18n

import (
	"strings"

	"golang.org/x/text/language"
)

// Lang is a language that pages are written in. Its methods, in the format files, write numbers, amounts, days and periods as that
// language does.
type Lang string

// The languages. Pseudo is English made two fifths longer, for tests of the layout; nobody is offered it.
const (
	Swedish Lang = "sv"
	English Lang = "en"
	Pseudo  Lang = "en-XA"
)

// Langs are the languages that a person can choose.
var Langs = []Lang{Swedish, English}

var langMatcher = language.NewMatcher([]language.Tag{language.Swedish, language.English})

// ParseLang reads "sv" or "en".
func ParseLang(text string) (Lang, bool) {
	for _, l := range Langs {
		if string(l) == strings.ToLower(strings.TrimSpace(text)) {
			return l, true
		}
	}
	return "", false
}

// LangOf finds the language that suits an Accept-Language header. Norwegian and Danish readers get Swedish, everybody else who asks for
// neither of ours gets English; who asks for nothing gets Swedish.
func LangOf(accept string) Lang {
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return Swedish
	}
	for _, tag := range tags {
		switch base, _ := tag.Base(); base.String() {
		case "sv", "nb", "no", "nn", "da":
			return Swedish
		case "en":
			return English
		}
	}
	if _, i, c := langMatcher.Match(tags...); c >= language.High {
		return Langs[i]
	}
	return English
}

func (l Lang) swedish() bool { return l == Swedish }

// Pick is a way to say "in Swedish this, else that" for the few words that belong to numbers and days.
func (l Lang) Pick(swedish, other string) string {
	if l.swedish() {
		return swedish
	}
	return other
}
