package outcomes_test

import (
	"os"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
)

// What is won in a currency without a rate is in no sum of the page, so the page says so.
func TestTheOutcomeSaysWhatItDoesNotCount(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	list, err := os.ReadFile("../sheet/testdata/misread/no-rate-deals.csv")
	if err != nil {
		t.Fatal(err)
	}
	review := i.GoOn(t, i.Upload(t, "deals.csv", string(list)), nil)
	i.Post(review, nil)
	note := i.Get("/outcome").Page(t).Find("main .note:has(a[href*=rates])")
	if text := handlerstest.Plain(note.Text()); note.Length() != 1 || !strings.Contains(text, "4 won deals in EUR and NOK") {
		t.Errorf("the outcome says %q", text)
	}
}
