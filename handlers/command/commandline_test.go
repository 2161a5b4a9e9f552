package command

import (
	"testing"

	"milstolpe/handlers/i18n"
)

func TestEveryCommandAndFlagIsExplainedInBothLanguages(t *testing.T) {
	for _, l := range i18n.Langs {
		text, err := i18n.TextIn(l)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := newParser(&commandLine{}, text, Environment{}); err != nil { // it refuses what has no help
			t.Error(err)
		}
	}
}
