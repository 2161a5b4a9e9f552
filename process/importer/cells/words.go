package cells

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key is what headers and words of a list are compared by: letters and digits alone, without case, composed. So "Deal - Stage",
// deal_stage, dealStage and "deal stage" are one.
func Key(text string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	if b.Len() == 0 {
		return strings.TrimSpace(text)
	}
	return b.String()
}

var plainLetters = strings.NewReplacer("ø", "o", "æ", "ae", "ł", "l", "ß", "ss", "đ", "d")

// Plain is a key without the marks on its letters, as systems write it that know no others.
func Plain(key string) string {
	return plainLetters.Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(key)))
}

// Words is a vocabulary: what words stand for, by their keys.
type Words[T any] map[string]T

// NewWords makes a vocabulary of lists of words with commas between them. The first list that has a word decides what it stands for.
func NewWords[T any](lists ...WordList[T]) Words[T] {
	w := Words[T]{}
	var plain []func()
	for _, l := range lists {
		for word := range strings.SplitSeq(l.Words, ",") {
			key := Key(word)
			w.put(key, l.For)
			plain = append(plain, func() { w.put(Plain(key), l.For) })
		}
	}
	for _, put := range plain { // a word that is written so stands before one that has lost its marks
		put()
	}
	return w
}

// WordList is one part of a vocabulary.
type WordList[T any] struct {
	For   T
	Words string
}

func (w Words[T]) put(key string, what T) {
	if _, taken := w[key]; !taken && key != "" {
		w[key] = what
	}
}

// Of is what a word stands for, if it is known.
func (w Words[T]) Of(word string) (what T, ok bool) {
	key := Key(word)
	if what, ok = w[key]; !ok {
		what, ok = w[Plain(key)]
	}
	return what, ok
}

// Tokens are the words of a text, each as its key.
func Tokens(text string) []string {
	return strings.FieldsFunc(strings.ToLower(norm.NFC.String(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

var nothings = map[string]bool{}

func init() {
	for _, mark := range []string{
		"", "-", "--", "---", "–", "—", "?", "??", "null", "nil", "none", "na", "n/a", "n.a.", "n.a", "#n/a", "nan", "nat", "<na>", "(blank)", "(none)", "(null)",
		`\n`, "#value!", "#ref!", "#div/0!", "#name?", "#num!", "#null!", "#värdefel!", "#verdi!", "#wert!", "#saknas!", "#referens!", "#i/t", "undefined",
		"0000-00-00", "0000-00-00 00:00:00", "-/-", "ej angivet", "not specified", "unspecified",
	} {
		nothings[mark] = true
	}
}

// IsNothing tells what people and programs write where nothing is known.
func IsNothing(text string) bool {
	if len(text) > 20 {
		return false
	}
	return nothings[strings.ToLower(strings.TrimSpace(text))]
}

var flags = NewWords(
	WordList[bool]{true, "1,true,yes,y,t,ja,j,sant,sand,wahr,vrai,oui,sí,si,vero,tosi,kyllä,tak,prawda,x,✓,waar,verdadero"},
	WordList[bool]{false, "0,false,no,n,f,nej,nei,nein,falskt,falsk,falsch,faux,non,falso,epätosi,ei,nie,fałsz,onwaar,nee"},
)

// Flag reads a yes or a no.
func Flag(text string) (yes, ok bool) {
	if number, isNumber := strings.CutSuffix(strings.TrimSpace(text), ".0"); isNumber {
		text = number
	}
	return flags.Of(text)
}
