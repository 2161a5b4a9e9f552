package columns

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
)

// cells gives the cells of the columns whose meaning fits, column by column.
func (g *guesser) cells(fits func(Meaning) bool, do func(header string, c Cell) (more bool)) {
	for i, h := range g.list.Headers {
		if m := g.Mapping.Columns[h]; m == MeansNothing || !fits(m) {
			continue
		}
		for _, r := range g.list.Rows {
			if i < len(r.Cells) && !cells.IsNothing(r.Cells[i].Text) && !do(h, r.Cells[i]) {
				break
			}
		}
	}
}

func isDayMeaning(m Meaning) bool {
	_, milestone := m.Milestone()
	return milestone || m == MeansOpened || m == MeansClosed || m == MeansExpectedClose || m == MeansStageOn || m == MeansJournal
}

// plain settles what a header does not tell and the rest of the list does: a "date" is when a deal began where another column is its end, and no
// row says that it ended before; who ordered is the customer where there is no other.
func (g *guesser) plain() {
	g.take(func(h string) Meaning {
		if g.taken[MeansOpened] || g.Mapping.Shape != Wide || !cells.IsPlainDay(h) || !g.begins(h) {
			return MeansNothing
		}
		return g.fitting(h, MeansOpened)
	})
	for h, m := range g.Mapping.Columns {
		if m == MeansContact && !g.taken[MeansCustomer] && cells.IsOrderer(h) {
			g.rename(MeansContact, MeansCustomer)
			return
		}
	}
}

// begins tells whether the days of a column never come after those of the close, and both are there in some row.
func (g *guesser) begins(header string) bool {
	closed := slices.IndexFunc(g.list.Headers, func(h string) bool { return g.Mapping.Columns[h] == MeansClosed })
	at, both := g.list.column(header), 0
	for _, r := range g.list.Rows {
		if closed < 0 || at >= len(r.Cells) || closed >= len(r.Cells) {
			continue
		}
		for _, order := range orders {
			from, err := cells.ParseDay(r.Cells[at].Text, order, nil)
			to, errTo := cells.ParseDay(r.Cells[closed].Text, order, nil)
			if err != nil || errTo != nil {
				continue
			}
			if from.Day > to.Last() {
				return false
			}
			both++
			break
		}
	}
	return both > 0
}

// dottedShape is a day with points and the year last, or first. Nobody writes the month first with points.
var dottedShape = regexp.MustCompile(`^\s*\d\d?\.\s?\d\d?\.\s?\d{2,4}`)

// orders are tried in this order; the first of several that fit equally well is taken.
var orders = []cells.DateOrder{cells.DayMonthYear, cells.MonthDayYear, cells.YearMonthDay}

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
		_, err := cells.ParseDay(c.Text, "", time.UTC)
		if err != nil && !cells.IsTwofold(err) {
			return true
		}
		var readings []string
		for i, o := range orders {
			day, err := cells.ParseDay(c.Text, o, time.UTC)
			if err != nil || o == cells.MonthDayYear && dottedShape.MatchString(c.Text) {
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
	var rivals []int
	for i := range tallies {
		if tallies[i].read == tallies[best].read {
			rivals = append(rivals, i)
		}
	}
	if len(rivals) == len(tallies) && twofold.Sample == "" {
		return // every day says itself how it is read
	}
	if len(rivals) > 1 && twofold.Sample != "" {
		settled, ok := nearestOrder(tallies, rivals)
		if best = settled; !ok {
			g.Doubts = append(g.Doubts, twofold)
		}
	}
	g.Mapping.DateOrder = orders[best]
}

// nearestOrder settles whether the year stands first: days of one list lie together, so 26-11-23 and 26-11-30 are not seven years apart,
// and 23-11-26 and 30-11-26 neither. Whether the day or the month comes first no distance tells.
func nearestOrder(tallies []orderTally, rivals []int) (order int, ok bool) {
	yearFirst := len(tallies) - 1
	if !slices.Contains(rivals, yearFirst) {
		return rivals[0], false
	}
	span := func(i int) int { return tallies[i].last.Sub(tallies[i].first) }
	nearest := rivals[0]
	for _, i := range rivals[:len(rivals)-1] {
		if span(i) < span(nearest) {
			nearest = i
		}
	}
	switch {
	case 2*span(yearFirst) < span(nearest):
		return yearFirst, true
	case len(rivals) == 2 && 2*span(nearest) < span(yearFirst):
		return nearest, true
	}
	return rivals[0], false
}

// enoughThousands is how many different amounts have to have three figures behind the sign for it to be no decimal sign.
const enoughThousands = 3

// decimal finds the decimal sign of the amounts.
func (g *guesser) decimal() {
	points, commas := 0, 0
	var twofold ListDoubt
	thousands := map[string]bool{} // different amounts of money in which one sign stands before three figures
	g.cells(func(m Meaning) bool { return m == MeansValue || m == MeansProbability }, func(h string, c Cell) bool {
		if c.Exact {
			return true
		}
		sign, readings := cells.DecimalIn(c.Text)
		if readings != nil && g.Mapping.Columns[h] == MeansValue {
			thousands[c.Text] = true
		}
		switch {
		case readings != nil && twofold.Sample == "":
			twofold = ListDoubt{Kind: DoubtDecimal, Column: h, Sample: c.Text, Readings: readings}
		case sign == ".":
			points++
		case sign == ",":
			commas++
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
		if len(thousands) < enoughThousands { // no money has three decimals in cell after cell
			g.Doubts = append(g.Doubts, twofold)
		}
	}
}

// outcomes settles every word in the outcome column: words that everybody uses, and stages that are milestones of ours, are open. What a
// word says that nobody knows is for somebody to say, unless the list says it beside.
func (g *guesser) outcomes() {
	seen := map[string]bool{}
	var words []string
	g.cells(func(m Meaning) bool { return m == MeansOutcome }, func(_ string, c Cell) bool {
		if key := cells.Key(c.Text); !seen[key] {
			seen[key] = true
			words = append(words, strings.TrimSpace(c.Text))
		}
		return len(words) < mostStages
	})
	flagged := g.taken[MeansIsWon] && g.taken[MeansIsClosed]
	for _, word := range words {
		if _, ok := cells.OutcomeOf(word); ok {
			continue
		}
		o, certain := cells.OutcomeIn(word)
		switch {
		case certain:
			g.say(word, o)
		case g.milestone(word) != MeansNothing:
			g.say(word, StillOpen)
		case !flagged:
			g.Doubts = append(g.Doubts, ListDoubt{Kind: DoubtOutcome, Sample: word, Readings: []string{string(o)}})
		}
	}
}

// say notes what a word says about how a deal ended.
func (g *guesser) say(word string, o process.Outcome) {
	if g.Mapping.Outcomes == nil {
		g.Mapping.Outcomes = map[string]process.Outcome{}
	}
	g.Mapping.Outcomes[word] = o
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
		if _, ok := cells.OutcomeOf(word); ok && !cells.IsStage(word) {
			continue
		}
		if m := g.milestone(word); m != MeansNothing {
			g.Mapping.Stages[word] = m
		} else if o, ends := endsDeal(word, said); ends {
			g.say(word, o)
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
	if g.taken[MeansClosed] && !g.taken[MeansOutcome] && !(g.taken[MeansIsWon] && g.taken[MeansIsClosed]) {
		miss(MeansOutcome)
	}
}
