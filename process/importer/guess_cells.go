package importer

import (
	"slices"
	"strings"
	"time"

	"milstolpe/process"
)

// cells gives the cells of the columns whose meaning fits, column by column.
func (g *guesser) cells(fits func(Meaning) bool, do func(header string, c Cell) (more bool)) {
	for i, h := range g.list.Headers {
		if m := g.Mapping.Columns[h]; m == MeansNothing || !fits(m) {
			continue
		}
		for _, r := range g.list.Rows {
			if i < len(r.Cells) && !isNothing(r.Cells[i].Text) && !do(h, r.Cells[i]) {
				break
			}
		}
	}
}

func isDayMeaning(m Meaning) bool {
	_, milestone := m.Milestone()
	return milestone || m == MeansOpened || m == MeansClosed || m == MeansExpectedClose || m == MeansStageOn || m == MeansJournal
}

// orders are tried in this order; the first of several that fit equally well is taken.
var orders = []DateOrder{DayMonthYear, MonthDayYear, YearMonthDay}

// orderTally is what reading a list in one order gives: how many days can be read, and how far they lie apart.
type orderTally struct {
	read        int
	first, last process.Date
}

func (t *orderTally) add(d process.Date) {
	if t.read++; t.read == 1 || d < t.first {
		t.first = d
	}
	t.last = max(t.last, d)
}

// dateOrder finds the order in which most days can be read. Days that can be read in two ways leave a doubt, unless others settle it.
func (g *guesser) dateOrder() {
	tallies := make([]orderTally, len(orders))
	var twofold ListDoubt
	g.cells(isDayMeaning, func(h string, c Cell) bool {
		_, err := ParseDay(c.Text, "", time.UTC)
		if err != nil && !isTwofold(err) {
			return true
		}
		var readings []string
		for i, o := range orders {
			day, err := ParseDay(c.Text, o, time.UTC)
			if err != nil {
				continue
			}
			tallies[i].add(day.Day)
			if text := day.Day.String(); !slices.Contains(readings, text) {
				readings = append(readings, text)
			}
		}
		if err != nil && twofold.Sample == "" && len(readings) > 1 {
			twofold = ListDoubt{Kind: DoubtDateOrder, Column: h, Sample: c.Text, Readings: readings}
		}
		return true
	})
	g.settleOrder(tallies, twofold)
}

func (g *guesser) settleOrder(tallies []orderTally, twofold ListDoubt) {
	best := 0
	for i := range tallies {
		if tallies[i].read > tallies[best].read {
			best = i
		}
	}
	rivals := 0
	for i := range tallies {
		if tallies[i].read == tallies[best].read {
			rivals++
		}
	}
	ymd := tallies[len(tallies)-1]
	switch {
	case rivals == len(tallies) && twofold.Sample == "":
		return // every day says itself how it is read
	case rivals == 1 || twofold.Sample == "":
	case ymd.read == tallies[best].read && 2*ymd.last.Sub(ymd.first) < tallies[best].last.Sub(tallies[best].first):
		best = len(tallies) - 1 // days of one list lie together: 26-11-23 and 26-11-30 are not seven years apart
	default:
		g.Doubts = append(g.Doubts, twofold)
	}
	g.Mapping.DateOrder = orders[best]
}

func isTwofold(err error) bool {
	e, ok := err.(*process.Error) //nolint:errorlint // ParseDay and ParseAmount make no other
	return ok && (e.Msg == "date.two_readings" || e.Msg == "amount.two_readings")
}

// decimal finds the decimal sign of the amounts.
func (g *guesser) decimal() {
	points, commas := 0, 0
	var twofold ListDoubt
	g.cells(func(m Meaning) bool { return m == MeansValue || m == MeansProbability }, func(h string, c Cell) bool {
		if c.Exact {
			return true
		}
		_, number, _, ok := splitAmount(c.Text)
		if !ok {
			return true
		}
		if sign, two := guessDecimal(strings.TrimPrefix(number, "-")); two {
			if twofold.Sample == "" {
				twofold = ListDoubt{Kind: DoubtDecimal, Column: h, Sample: c.Text, Readings: readingsOf(number)}
			}
		} else if strings.ContainsAny(number, ".,") {
			if sign == "." {
				points++
			} else {
				commas++
			}
		}
		return true
	})
	switch {
	case points > 0 && commas == 0:
		g.Mapping.Decimal = "."
	case commas > 0 && points == 0:
		g.Mapping.Decimal = ","
	case twofold.Sample != "" && points == 0:
		// "1.250" alone is a thousand and something more often than it is one and a quarter: the sign separates thousands.
		g.Mapping.Decimal = map[bool]string{true: ",", false: "."}[strings.Contains(twofold.Sample, ".")]
		g.Doubts = append(g.Doubts, twofold)
	}
}

func readingsOf(number string) []string {
	thousands := strings.NewReplacer(".", "", ",", "").Replace(number)
	return []string{thousands, strings.ReplaceAll(number, ",", ".")}
}

// wonWords and lostWords in the name of a stage say that a deal has ended there.
var (
	wonWords  = []string{"won", "vunnen", "vunnet", "vunna", "vunnit", "signed", "order", "beställd", "beställt"}
	lostWords = []string{"lost", "förlorad", "förlorat", "förlorade", "abandoned", "dead", "avböjd", "avböjt", "avslag", "declined"}
	denials   = []string{"ej", "inte", "ingen", "inget", "utan", "no", "not", "without"}
)

// outcomes settles every word in the outcome column. In a column of stages those that are no end are simply open.
func (g *guesser) outcomes() {
	seen := map[string]bool{}
	var words []string
	g.cells(func(m Meaning) bool { return m == MeansOutcome }, func(_ string, c Cell) bool {
		if folded := process.FoldName(c.Text); !seen[folded] {
			seen[folded] = true
			words = append(words, strings.TrimSpace(c.Text))
		}
		return len(words) < 200
	})
	for _, word := range words {
		if _, ok := outcomeWords[process.FoldName(word)]; ok {
			continue
		}
		if g.Mapping.Outcomes == nil {
			g.Mapping.Outcomes = map[string]process.Outcome{}
		}
		o, certain := outcomeLike(word)
		if !certain && g.System == "" {
			g.Doubts = append(g.Doubts, ListDoubt{Kind: DoubtOutcome, Sample: word, Readings: []string{string(o)}})
		}
		g.Mapping.Outcomes[word] = o
	}
}

func outcomeLike(word string) (o process.Outcome, certain bool) {
	switch process.FoldName(word) {
	case "ja", "yes":
		return process.Won, true
	case "nej", "no", "ej":
		return process.Lost, true
	}
	words := strings.FieldsFunc(strings.ToLower(word), func(c rune) bool { return strings.ContainsRune(" -_/()–,.", c) })
	denied := slices.ContainsFunc(words, func(w string) bool { return slices.Contains(denials, w) })
	for _, w := range words {
		if slices.Contains(wonWords, w) {
			if denied {
				return process.Lost, false // "ej order"
			}
			return process.Won, true
		}
		if slices.Contains(lostWords, w) {
			return process.Lost, true
		}
	}
	return StillOpen, false
}

// stages settles the stages of a long list: milestones by name, ends by word; the others are for somebody to say.
func (g *guesser) stages() {
	if g.Mapping.Shape != Long {
		return
	}
	g.Mapping.Stages = map[string]Meaning{}
	header := ""
	g.cells(func(m Meaning) bool { return m == MeansStage }, func(h string, _ Cell) bool { header = h; return false })
	words := g.list.wordsAt(slices.Index(g.list.Headers, header))
	said := outcomesSaid(words)
	for _, word := range words {
		if _, ok := outcomeWords[process.FoldName(word)]; ok {
			continue
		}
		if m := g.milestone(process.FoldName(word)); m != MeansNothing {
			g.Mapping.Stages[word] = m
		} else if o, ends := endsDeal(word, said); ends {
			if g.Mapping.Outcomes == nil {
				g.Mapping.Outcomes = map[string]process.Outcome{}
			}
			g.Mapping.Outcomes[word] = o
		} else {
			g.Doubts = append(g.Doubts, ListDoubt{Kind: DoubtStage, Column: header, Sample: word})
		}
	}
}

// gaps names the columns without which the list cannot be read.
func (g *guesser) gaps() {
	miss := func(m Meaning) { g.Doubts = append(g.Doubts, ListDoubt{Kind: DoubtMissing, Column: string(m)}) }
	if !g.taken[MeansID] && !g.taken[MeansName] && !g.taken[MeansCustomer] {
		miss(MeansID)
	}
	if g.Mapping.Shape == Long {
		return
	}
	if !g.taken[MeansOpened] {
		miss(MeansOpened)
	}
	if g.taken[MeansOutcome] && !g.taken[MeansClosed] {
		miss(MeansClosed)
	}
	if g.taken[MeansClosed] && !g.taken[MeansOutcome] {
		miss(MeansOutcome)
	}
}
