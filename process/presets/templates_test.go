package presets_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/presets"
)

func TestTemplatesCanBePublishedAsTheyAre(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		for _, template := range presets.Templates(lang) {
			def := template.Definition
			if err := def.Check(); err != nil {
				t.Errorf("%s %s: %v", lang, template.Key, err)
			}
			required := len(def.Required())
			optional := len(def.Milestones) - required
			if template.Key == "simple" {
				if required != 4 || optional != 0 {
					t.Errorf("%s: the short one has %d required and %d optional milestones, want four and none", lang, required, optional)
				}
			} else if required < 5 || required > 6 || optional < 2 || optional > 3 {
				t.Errorf("%s %s has %d required and %d optional milestones; want five or six, and two or three", lang, template.Key, required, optional)
			}
			if def.Milestones[len(def.Milestones)-1].Evidence != process.EvidenceRequired {
				t.Errorf("%s %s: the last milestone before the win needs evidence", lang, template.Key)
			}
		}
	}
}

// The page writes "Counts as reached when" before the criterion, so that is the rest of a sentence; why and our part are sentences.
func TestTemplateTextsAreWholeAndReadWell(t *testing.T) {
	voice := map[string]*regexp.Regexp{
		"sv": regexp.MustCompile(`^(Kunden|Kundens |Beslutsfattaren|Den som äger budgeten) ?.*\bhar\b`),
		"en": regexp.MustCompile(`^The (buyer|buyer's \w+|decision maker|person who owns the budget) (has|have) `),
	}
	for _, lang := range []string{"sv", "en"} {
		for _, template := range presets.Templates(lang) {
			for _, m := range template.Definition.Milestones {
				at := lang + " " + template.Key + " " + string(m.Key)
				if !voice[lang].MatchString(m.Name) || strings.HasSuffix(m.Name, ".") {
					t.Errorf("%s: %q is not something the buyer has done", at, m.Name)
				}
				if first, _ := utf8.DecodeRuneInString(m.Criterion); !unicode.IsLower(first) || strings.HasSuffix(m.Criterion, ".") {
					t.Errorf("%s: %q does not go on after \"counts as reached when\"", at, m.Criterion)
				}
				for _, sentence := range []string{m.Why, m.OurPart} {
					if first, _ := utf8.DecodeRuneInString(sentence); !unicode.IsUpper(first) || !strings.HasSuffix(sentence, ".") {
						t.Errorf("%s: %q is not a sentence", at, sentence)
					}
				}
				if m.Patience != nil {
					t.Errorf("%s: the normal wait is the team's own to learn", at)
				}
			}
		}
	}
}

func TestTemplatesAreTheSameInBothLanguages(t *testing.T) {
	type shape struct {
		Key      process.MilestoneID
		Required bool
		Evidence process.EvidenceRule
	}
	shapes := func(lang string) map[string][]shape {
		all := map[string][]shape{}
		for _, template := range presets.Templates(lang) {
			for _, m := range template.Definition.Milestones {
				all[template.Key] = append(all[template.Key], shape{m.Key, m.Required, m.Evidence})
			}
		}
		return all
	}
	if diff := cmp.Diff(shapes("sv"), shapes("en")); diff != "" {
		t.Errorf("(-sv +en)\n%s", diff)
	}
	swedish, english := presets.Templates("sv"), presets.Templates("en")
	for i := range swedish {
		if swedish[i].Definition.Name == english[i].Definition.Name {
			t.Errorf("%s has the same name in both languages: %s", swedish[i].Key, swedish[i].Definition.Name)
		}
	}
}

func TestATemplateThatIsChangedIsChangedForNobodyElse(t *testing.T) {
	mine, _ := presets.TemplateByKey("en", "saas")
	mine.Definition.Milestones[0].Name = "changed"
	if theirs, _ := presets.TemplateByKey("en", "saas"); theirs.Definition.Milestones[0].Name == "changed" {
		t.Error("the next one to ask gets the change")
	}
	if _, ok := presets.TemplateByKey("en", "nothing"); ok {
		t.Error("found a template that there is none of")
	}
	if other := presets.Templates("de"); other[1].Definition.Name != "Consulting and services" {
		t.Errorf("a language that we have no texts for gives %q, want the English ones", other[1].Definition.Name)
	}
}

func TestLossReasonsAreKnownAgainInBothLanguages(t *testing.T) {
	swedish, english := presets.LossReasons("sv"), presets.LossReasons("en")
	seen := map[string]bool{}
	for i := range swedish {
		if swedish[i].Key != english[i].Key || seen[swedish[i].Key] {
			t.Errorf("reason %d: keys %s and %s, want the same and each once", i, swedish[i].Key, english[i].Key)
		}
		seen[swedish[i].Key] = true
		for _, text := range []string{swedish[i].Text, english[i].Text, " " + strings.ToUpper(english[i].Text)} {
			if key, ok := presets.LossReasonKey(text); !ok || key != swedish[i].Key {
				t.Errorf("%q is known as %q, want %q", text, key, swedish[i].Key)
			}
		}
	}
	if key, ok := presets.LossReasonKey("Chefen tyckte inte om färgen"); ok {
		t.Errorf("somebody's own words are taken for %s", key)
	}
}
