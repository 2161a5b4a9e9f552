package namecheck

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// Doubt is a question about the name of a milestone, for the editor to ask. It never keeps anybody from going on: the team knows its
// buyers.
type Doubt struct {
	Kind  DoubtKind
	topic *doubtTopic
}

// DoubtKind is what is doubtful about a name.
type DoubtKind string

// The doubts.
const (
	// OurDoing is something that the seller does: "quote sent". What does the buyer do?
	OurDoing DoubtKind = "ours"
	// CostsNothing is something that the buyer does without giving anything for it: "has asked for a quote". What shows that they
	// mean it?
	CostsNothing DoubtKind = "free"
)

// Msg is the catalogue key of the question; its one value is the name that was asked about.
func (d Doubt) Msg() string { return "process.question." + string(d.Kind) }

// Suggestions are three milestones at the buyer that the name may be meant for, in a language ("sv" or "en"; English for any other).
func (d Doubt) Suggestions(lang string) []string {
	if d.topic == nil {
		return nil
	}
	if lang == "sv" {
		return d.topic.sv[:]
	}
	return d.topic.en[:]
}

// Question tells whether the name of a milestone sounds like something that we do, or that costs the buyer nothing. It reads Swedish and
// English, whichever language the page is in, because teams mix them. It would rather be silent than doubt a good name: a name in
// which the buyer does something is left alone, whatever it is about.
func Question(name string) (Doubt, bool) {
	text := plainWords(name)
	if topic := firstTopic(freeTopics, text); topic != nil && !saysWho().MatchString(text) {
		return Doubt{CostsNothing, topic}, true
	}
	if buyerActs(text) {
		return Doubt{}, false
	}
	for _, topics := range [][]doubtTopic{ourPapers, ourTalks} {
		if topic := firstTopic(topics, text); topic != nil {
			return Doubt{OurDoing, topic}, true
		}
	}
	return Doubt{}, false
}

// plainWords is a name in lower case with single blanks between its words and around them, so that patterns can use the blank as the
// border of a word in any alphabet.
func plainWords(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}

// doubtTopic is one kind of doubtful name, with what to suggest instead.
type doubtTopic struct {
	names  wordPattern
	sv, en [3]string
}

func firstTopic(topics []doubtTopic, text string) *doubtTopic {
	for i := range topics {
		if topics[i].names().MatchString(text) {
			return &topics[i]
		}
	}
	return nil
}

// buyerActs tells whether it is the buyer who does it: by a verb that only a buyer has, among themselves, or as the subject of the name.
// In "the buyer has received a quote" and "customer meeting" the buyer is named first and does nothing.
func buyerActs(text string) bool {
	if buyerVerb().MatchString(text) || amongThem().MatchString(text) || buyerAgent().MatchString(text) {
		return true
	}
	return buyerFirst().MatchString(text) && !buyerReceives().MatchString(text) && !aboutBuyer().MatchString(text)
}

// atBuyer are the words for who acts at the buyer. Sellers write them at the beginning of a name.
const atBuyer = `kund|kunden|kunder|kundens|köpare|köparen|köparens|beställaren|beslutsfattare|beslutsfattaren|budgetägare|budgetägaren|` +
	`budgetansvarig|inköp|inköpare|inköparen|inköpschefen|ledning|ledningen|ledningsgrupp|ledningsgruppen|styrgrupp|styrgruppen|styrelsen|` +
	`juridik|juristerna|it|vd|ekonomichefen|projektledaren|användarna|den som|de|någon|` +
	`buyer|buyers|customer|customers|client|clients|prospect|decision maker|decision makers|budget owner|budget holder|sponsor|champion|` +
	`management|board|steering group|procurement|purchasing|legal|engineers|engineering|security|cfo|ceo|cto|users|person who|they|somebody|someone`

var (
	buyerFirst = pattern(`^ (?:the |an? |en |ett |their |deras )?(?:final |main |key |right |technical |economic |slutliga? |rätt |högsta )?(?:` + atBuyer + `) `)
	buyerVerb  = wordsLike(`godkän\p{L}*`, `accepter\p{L}*`, `underteckna\p{L}*`, `signer\p{L}*`, `påskriv\p{L}*`, `skrivit på`, `returner\p{L}*`,
		`besvara\p{L}*`, `utvalda?`, `antagen`, `antaget`, `antagits`, `beställ\p{L}*`, `tackat ja`, `sagt ja`, `bevilja\p{L}*`, `tilldela\p{L}*`,
		`kommentera\p{L}*`, `valt`, `approved`, `accepted`, `signed`, `returned`, `answered`, `chosen`, `chose`, `selected`, `short ?listed`,
		`countersigned`, `said yes`, `awarded`, `commented`, `ordered`)
	amongThem = wordsLike(`internal`, `internally`, `internt`, `interna?`, `without us`, `utan oss`, `egna`, `eget`, `egen`, `own`, `reference calls?`, `called (?:a|one of our) references?`,
		`ringt (?:en|våra) referens(?:er)?`, `visited (?:us|our|a)`, `besökt (?:oss|vår|vårt|en)`)
	// Naming who decides costs something, whatever it comes along with.
	saysWho    = wordsLike(`(?:named|named us|told us|said|described|sagt|namngett|namngivit|angett|berättat|beskrivit) (?:who|whom|vem|vilka) (?:\p{L}+ ){0,3}(?:decides?|signs?|approves?|beslutar|bestämmer|godkänner|skriver på)`)
	buyerAgent = wordsLike(`(?:av|by|från|from) (?:the )?(?:`+atBuyer+`)`,
		`(?:vi|we) (?:har |have |are |är )?(?:fått|mottagit|blivit|received|got|been|invited|inbjudna)`)
	buyerReceives = wordsLike(`(?:`+atBuyer+`) (?:har |has |have )?(?:fått|mottagit|tagit emot|blivit|received|got|gets|får|been (?:sent|given|shown|offered|`+
		`contacted|visited|called|informed|qualified|invited|presented))`, `(?:har|have) (?:kontaktats|informerats|besökts|uppvaktats|kvalificerats)`)
	aboutBuyer = wordsLike(`(?:customer|client|buyer|prospect|decision maker|kund|kunden|beslutsfattare) (?:meetings?|calls?|visits?|demos?|presentation|workshop|contact|contacted|` +
		`qualified|qualification|informed|briefed|lunch|negotiation|follow up|followed up|kontakt|kontaktad|uppringd|informerad|kvalificerad|` +
		`besök|möte|samtal|uppvaktad|bearbetad)`)
)

// wordPattern is a pattern that is compiled when a name is first asked about: most runs of the program never do.
type wordPattern func() *regexp.Regexp

// wordsLike matches any of the alternatives as whole words.
func wordsLike(alternatives ...string) wordPattern {
	return pattern(` (?:` + strings.Join(alternatives, "|") + `) `)
}

func pattern(text string) wordPattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
