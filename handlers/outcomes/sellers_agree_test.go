package outcomes_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

// reportedSeller is a seller in the document of the page.
type reportedSeller struct {
	Seller string `json:"seller"`
	Calls  struct {
		Periods int      `json:"periods"`
		Bias    *float64 `json:"bias"`
	} `json:"calls"`
	Values struct {
		Deals int      `json:"deals"`
		Bias  *float64 `json:"bias"`
	} `json:"values"`
	Dates struct {
		Deals int      `json:"deals"`
		Days  *float64 `json:"days"`
	} `json:"dates"`
}

// A seller's figures are the same on the page, in its document and in its list.
func TestSellersAreTheSameOnThePageAndInWhatIsTakenAway(t *testing.T) {
	t.Parallel()
	compared := 0
	for name, s := range map[string]*handlerstest.Site{"example": handlerstest.NewExampleSite(t, i18n.English), "team": handlerstest.NewTeamSite(t)} {
		var document struct {
			Sellers []reportedSeller `json:"sellers"`
		}
		if err := json.Unmarshal([]byte(s.In(i18n.English, "/outcome/sellers/sheet/json").Text), &document); err != nil {
			t.Fatal(err)
		}
		list, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.In(i18n.English, "/outcome/sellers/sheet/csv").Text, "\ufeff"))).ReadAll()
		if err != nil || len(list) != len(document.Sellers)+1 {
			t.Fatalf("%s: the list has %d rows, the document %d sellers, %v", name, len(list), len(document.Sellers), err)
		}
		rows := s.In(i18n.English, "/outcome/sellers").Page(t).Find("section.first tbody tr")
		if rows.Length() != len(document.Sellers) {
			t.Fatalf("%s: the page has %d sellers, the document %d", name, rows.Length(), len(document.Sellers))
		}
		for i, tr := range rows.EachIter() {
			d, row := document.Sellers[i], list[i+1]
			if got := handlerstest.Plain(tr.Find("th").Text()); got != d.Seller || row[0] != d.Seller {
				t.Fatalf("%s: the page has %q where the document has %q and the list %q", name, got, d.Seller, row[0])
			}
			for _, one := range []struct {
				cell, column int
				base         int
				figure       *float64
				scale        float64
			}{
				{1, 1, d.Calls.Periods, d.Calls.Bias, 100}, {2, 4, d.Values.Deals, d.Values.Bias, 100}, {3, 7, d.Dates.Deals, d.Dates.Days, 1},
			} {
				small := handlerstest.Plain(tr.Find("td:nth-child(" + strconv.Itoa(one.cell+1) + ") small").Text())
				figure, base, both := strings.Cut(small, "·")
				if !both {
					figure, base = "", small
				}
				if handlerstest.Digits(base) != int64(one.base) || row[one.column] != strconv.Itoa(one.base) {
					t.Errorf("%s, %s: the page says %q, the document %d, the list %q", name, d.Seller, small, one.base, row[one.column])
				}
				if both != (one.figure != nil) {
					t.Errorf("%s, %s: the page says %q, and the document has a figure: %v", name, d.Seller, small, one.figure != nil)
				}
				if one.figure != nil && handlerstest.Digits(figure) != int64(math.Round(*one.figure*one.scale)) {
					t.Errorf("%s, %s: the page says %q, the document %v", name, d.Seller, small, *one.figure)
				}
				compared++
			}
		}
	}
	if compared < 20 {
		t.Errorf("only %d figures were compared", compared)
	}
}
