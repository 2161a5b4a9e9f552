package outcomes_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

// said are the forecast and the actual of a period in whole units, as a page, a document or a list has them; absent is what none was given for.
type said struct{ forecast, actual int64 }

const absent = math.MinInt64

// pageSays reads the table of periods. A period that is running has no actual yet: what stands there is what has come so far.
func pageSays(doc *goquery.Document) map[string]said {
	read := map[string]said{}
	cell := func(tr *goquery.Selection, column string) int64 {
		text := tr.Find(column)
		text.Find("small").Remove()
		if plain := handlerstest.Plain(text.Text()); strings.ContainsAny(plain, "0123456789") {
			return handlerstest.Digits(plain)
		}
		return absent
	}
	for _, tr := range doc.Find("#periods tbody tr").EachIter() {
		u, err := url.Parse(tr.Find("th a").AttrOr("href", ""))
		if err != nil || u.Query().Get("chosen") == "" {
			continue
		}
		read[u.Query().Get("chosen")] = said{cell(tr, "td:nth-child(2)"), cell(tr, "td:nth-child(4)")}
	}
	return read
}

type reported struct {
	Period   string   `json:"period"`
	Forecast *float64 `json:"forecast"`
	Actual   *float64 `json:"actual"`
}

func whole(x *float64) int64 {
	if x == nil {
		return absent
	}
	return int64(math.Round(*x))
}

// documentSays reads the JSON of a page: the whole, and by name the groups that it is split into.
func documentSays(t *testing.T, s *handlerstest.Site, query string) (all map[string]said, groups map[string]map[string]said) {
	t.Helper()
	var made struct {
		Periods []reported `json:"periods"`
		Groups  []struct {
			Name    *string    `json:"seller"`
			Periods []reported `json:"periods"`
		} `json:"groups"`
	}
	if err := json.Unmarshal([]byte(s.In(i18n.English, "/outcome/sheet/json"+query).Text), &made); err != nil {
		t.Fatal(err)
	}
	list := func(periods []reported) map[string]said {
		read := map[string]said{}
		for _, p := range periods {
			read[p.Period] = said{whole(p.Forecast), whole(p.Actual)}
		}
		return read
	}
	groups = map[string]map[string]said{}
	for _, g := range made.Groups {
		if g.Name != nil {
			groups[*g.Name] = list(g.Periods)
		}
	}
	return list(made.Periods), groups
}

// listSays reads the CSV of a page.
func listSays(t *testing.T, s *handlerstest.Site, query string) map[string]said {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.In(i18n.English, "/outcome/sheet/csv"+query).Text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, head := range rows[0] {
		if _, taken := at[head]; !taken {
			at[head] = i
		}
	}
	amount := func(row []string, head string) int64 {
		x, err := strconv.ParseFloat(row[at[head]], 64)
		if err != nil {
			return absent
		}
		return int64(math.Round(x))
	}
	read := map[string]said{}
	for _, row := range rows[1:] {
		if period := row[at["Period"]]; read[period] == (said{}) {
			read[period] = said{amount(row, "Forecast"), amount(row, "Actual")}
		}
	}
	return read
}

// What was forecast for a period, and what came, are the same to the krona on the page, in its list, in its document, and in the document that
// is split by seller: for the whole team, and for each seller.
func TestTheOutcomeIsTheSameKronaOnThePageAndInWhatIsTakenAway(t *testing.T) {
	t.Parallel()
	compared := 0
	for name, s := range map[string]*handlerstest.Site{
		"example": handlerstest.NewExampleSite(t, i18n.English), "team": handlerstest.NewTeamSite(t),
	} {
		_, split := documentSays(t, s, "?by=seller")
		scopes := map[string]string{"": ""} // the name of a seller by the query
		for _, a := range s.In(i18n.English, "/outcome").Page(t).Find("#groups tbody th a").EachIter() {
			u, err := url.Parse(a.AttrOr("href", ""))
			if err != nil {
				t.Fatal(err)
			}
			scopes["?seller="+url.QueryEscape(u.Query().Get("seller"))] = handlerstest.Plain(a.Text())
		}
		if len(scopes) < 3 {
			t.Fatalf("%s: only %d sellers", name, len(scopes)-1)
		}
		for query, seller := range scopes {
			page := pageSays(s.In(i18n.English, "/outcome"+query).Page(t))
			document, _ := documentSays(t, s, query)
			list := listSays(t, s, query)
			for period, want := range page {
				inParts, isSplit := split[seller][period]
				for source, got := range map[string]said{"document": document[period], "list": list[period], "split document": inParts} {
					if source == "split document" && !isSplit {
						continue
					}
					if want.forecast != absent && got.forecast != absent && got.forecast != want.forecast {
						t.Errorf("%s %q %s: the page says a forecast of %d, the %s %d", name, seller, period, want.forecast, source, got.forecast)
					}
					if want.actual != absent && got.actual != absent && got.actual != want.actual {
						t.Errorf("%s %q %s: the page says an actual of %d, the %s %d", name, seller, period, want.actual, source, got.actual)
					}
					if got.forecast != absent {
						compared++
					}
				}
			}
		}
	}
	if compared < 100 {
		t.Errorf("only %d amounts were compared", compared)
	}
}
