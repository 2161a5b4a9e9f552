package names

import (
	"strings"
	"unicode"
)

// forms are the legal forms of companies, each with the ways in which it is written, without blanks, points and strokes.
var forms = legalForms(map[string]string{
	"ab": "ab aktiebolag aktiebolaget", "abp": "abp", "hb": "hb handelsbolag handelsbolaget", "kb": "kb kommanditbolag kommanditbolaget", "ef": "ekförening ekför",
	"as": "as aksjeselskap aksjeselskapet aktieselskab aktieselskabet", "asa": "asa allmennaksjeselskap", "aps": "aps anpartsselskab anpartsselskabet", "is": "interessentskab",
	"ans": "ans", "enk": "enk enkeltpersonforetak", "oy": "oy osakeyhtiö osakeyhtio", "oyj": "oyj", "gmbh": "gmbh mbh", "ag": "ag aktiengesellschaft", "kg": "kg", "gmbhcokg": "gmbhcokg",
	"ohg": "ohg", "ug": "ug", "ek": "ek", "ltd": "ltd limited", "plc": "plc", "llc": "llc", "llp": "llp", "inc": "inc incorporated", "corp": "corp corporation", "co": "co company",
	"bv": "bv", "nv": "nv", "sa": "sa", "sas": "sas", "sarl": "sarl", "srl": "srl", "spa": "spa", "sl": "sl", "spzoo": "spzoo", "spj": "spj", "ou": "oü ou",
})

func legalForms(byForm map[string]string) map[string]string {
	of := map[string]string{}
	for form, words := range byForm {
		for word := range strings.FieldsSeq(words) {
			of[word] = form
		}
	}
	return of
}

// company is the name of a company, taken apart.
type company struct {
	words []string // in small letters, without signs
	form  string   // empty for none
}

// manyWords are legal forms of several words, put together before the name is cut at blanks.
var manyWords = strings.NewReplacer("gmbh & co. kg", "gmbhcokg", "gmbh & co kg", "gmbhcokg", "gmbh und co kg", "gmbhcokg", "sp. z o.o.", "spzoo", "sp. z o. o.", "spzoo", "sp z o o", "spzoo",
	"ek. för.", "ekför", "ek för", "ekför", "ekonomisk förening", "ekförening", "pty ltd", "ltd", "(publ)", "", "(publ.)", "", "&", " och ", "+", " och ",
	"’", "", "'", "", "´", "", "`", "")

// inFront are the legal forms that stand before a name too.
var inFront = map[string]bool{"ab": true, "as": true, "oy": true, "hb": true}

// ands are the words for and.
var ands = map[string]bool{"och": true, "and": true, "und": true, "og": true, "et": true}

// asCompany takes a name apart.
func asCompany(name string) company {
	var c company
	var words []string
	for part := range strings.FieldsSeq(manyWords.Replace(strings.ToLower(name))) {
		if form := forms[joined(part)]; form != "" { // A/S, s.r.l.
			words = append(words, joined(part))
			continue
		}
		words = append(words, strings.FieldsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })...)
	}
	end := len(words)
	for end > 1 && forms[words[end-1]] != "" {
		end--
		c.form = forms[words[end]]
	}
	words = words[:end]
	if len(words) > 1 && inFront[forms[words[0]]] { // AB Volvo, Aktiebolaget Volvo
		if c.form == "" {
			c.form = forms[words[0]]
		}
		words = words[1:]
	}
	for i, w := range words {
		if ands[w] && i > 0 && i < len(words)-1 {
			w = "och"
		}
		c.words = append(c.words, w)
	}
	return c
}

// joined is a word without points, strokes and commas.
func joined(word string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("./,;-()", r) {
			return -1
		}
		return r
	}, word)
}

// key is the name without its legal form and blanks, as somebody writes it who has no marks at hand.
func (c company) key() string { return plain(strings.Join(c.words, "")) }

// Company tells how two names of companies are alike.
func Company(a, b string) Likeness { return asCompany(a).like(asCompany(b)) }

func (c company) like(d company) Likeness {
	x, y := c.key(), d.key()
	if x == "" || y == "" {
		return Different
	}
	likeness := Different
	if x == y {
		likeness = Form
		if c.form == d.form {
			likeness = Spelling
		}
	} else if l := nearly(c, d); l != Different {
		likeness = l
	}
	if likeness != Different && c.form != "" && d.form != "" && c.form != d.form {
		return OtherForm
	}
	return likeness
}

// shortestWord is how many letters a word has at least in which a slip of the pen is more likely than another word.
const shortestWord = 5

// nearly compares two names word by word: one of them may have one slip of the pen in it. Numbers, and letters that stand for themselves, tell
// one from another.
func nearly(c, d company) Likeness {
	if len(c.words) != len(d.words) {
		return Different
	}
	differ := -1
	for i := range c.words {
		if plain(c.words[i]) == plain(d.words[i]) {
			continue
		}
		if differ >= 0 {
			return Different
		}
		differ = i
	}
	if differ < 0 {
		return Different
	}
	x, y := plain(c.words[differ]), plain(d.words[differ])
	slip, otherLetter := typo(x, y)
	switch {
	case !slip || hasDigit(x+y) || max(len(x), len(y)) < shortestWord:
		return Different
	case otherLetter:
		return Near
	}
	return Spelling
}
