package columns

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
)

// column is the place of a header; -1 for none.
func (l List) column(header string) int { return slices.Index(l.Headers, header) }

// cellsLookedAt is how many cells of a column are looked at to see what it holds.
const cellsLookedAt = 200

// each gives the first cells of a column with something in them, until do has seen enough.
func (l List) each(at int, do func(c Cell) (more bool)) {
	n := 0
	for _, r := range l.Rows {
		if at < 0 || n == cellsLookedAt {
			return
		}
		if at >= len(r.Cells) || cells.IsNothing(r.Cells[at].Text) {
			continue
		}
		n++
		if !do(r.Cells[at]) {
			return
		}
	}
}

// days counts the first cells of a column that can be read as days, in whatever order, and those that cannot.
func (l List) days(at int) (days, others int) {
	l.each(at, func(c Cell) bool {
		if isDay(c) {
			days++
		} else {
			others++
		}
		return true
	})
	return days, others
}

// all tells whether a column holds nothing else, and something at all.
func (l List) all(at int, is func(c Cell) bool) bool {
	n, other := 0, false
	l.each(at, func(c Cell) bool {
		n++
		other = other || !is(c)
		return !other
	})
	return n > 0 && !other
}

func (l List) some(at int, is func(c Cell) bool) (found bool) {
	l.each(at, func(c Cell) bool {
		found = is(c)
		return !found
	})
	return found
}

// distinct tells whether no cell of a column says what another one does.
func (l List) distinct(at int) bool {
	seen := map[string]bool{}
	return l.all(at, func(c Cell) bool {
		had := seen[c.Text]
		seen[c.Text] = true
		return !had
	})
}

// endings tells whether a column has words for how a deal ended.
func (l List) endings(at int) bool {
	return l.some(at, func(c Cell) bool {
		o, certain := cells.OutcomeIn(c.Text)
		return certain && o != StillOpen && !isFlagLike(c.Text)
	})
}

// filled counts the cells of a column with something in them.
func (l List) filled(at int) (n int) {
	for _, r := range l.Rows {
		if at < len(r.Cells) && !cells.IsNothing(r.Cells[at].Text) {
			n++
		}
	}
	return n
}

func isDay(c Cell) bool {
	for _, order := range orders {
		if _, err := cells.ParseDayNear(c.Text, order, nil, aDay); err == nil {
			return true
		}
	}
	return false
}

// aDay lets "v. 40" be seen to be a day; which one does not matter here.
var aDay = process.NewDate(2026, 1, 1)

func isFlag(c Cell) bool { _, ok := cells.Flag(c.Text); return ok }

func isFlagLike(text string) bool { _, ok := cells.Flag(text); return ok }

func isAmount(c Cell) bool {
	for _, sign := range []string{".", ","} {
		if _, err := cells.ParseAmount(c.Text, sign); err == nil {
			return true
		}
	}
	return false
}

// isReference tells a number or a code: no blank in it, and a figure.
func isReference(c Cell) bool {
	return len(c.Text) <= 40 && !strings.ContainsAny(strings.TrimSpace(c.Text), " \t\n") && strings.ContainsAny(c.Text, "0123456789")
}

// UnreadColumn is a column that a mapping leaves out.
type UnreadColumn struct {
	Header string
	Filled int     // how many of its cells have something in them
	Like   Meaning // what it looks like, where nothing else in the list means that
}

// UnreadColumns are the columns of a list that are not read and have something in them.
func UnreadColumns(list List, m Mapping) (unread []UnreadColumn) {
	read, taken := map[string]bool{}, map[Meaning]bool{}
	for h, meaning := range m.Columns {
		if meaning != MeansNothing {
			read[process.FoldName(h)], taken[meaning] = true, true
		}
	}
	for h := range m.LeaveOut {
		read[process.FoldName(h)] = true
	}
	for at, h := range list.Headers {
		if read[process.FoldName(h)] {
			continue
		}
		if n := list.filled(at); n > 0 {
			unread = append(unread, UnreadColumn{h, n, list.like(at, m.Shape, taken)})
		}
	}
	return unread
}

// Hints are parts of headers over what a column looks like, and over what it does not look like whatever is in it.
var (
	valueHints = []string{
		"value", "amount", "price", "revenue", "belopp", "värde", "summa", "pris", "verdi", "beløp", "værdi", "beløb", "wert", "betrag", "waarde",
		"montant", "importe", "valor", "importo", "wartość", "kwota", "arvo", "intäkt", "omsätt", "sales",
	}
	closeHints = []string{
		"clos", "won", "end", "decision", "decided", "avslut", "beslut", "slut", "stäng", "lukk", "lukk", "luk", "abschluss", "clôt", "cierre", "cerrad", "chius",
		"zamk", "sulj", "complet", "signed", "sign", "signer", "order",
	}
	outcomeHints = []string{"status", "result", "outcome", "stage", "utfall", "läge", "ergebnis", "état", "estado", "esito", "stato", "tila"}
	otherHints   = []string{
		"id", "nr", "no", "number", "phone", "tel", "zip", "post", "year", "år", "days", "dagar", "dage", "duration", "cycle", "employees", "anställda", "probability",
		"sannolikhet", "age", "score", "quantity", "antal", "weighted", "viktat", "viktad", "vägt", "prorated", "prev", "previous", "expected revenue", "tax", "moms", "vat",
		"margin", "cost", "kostnad", "rabatt", "discount", "currency", "valuta", "org", "modified", "updated", "activity", "last", "next", "entered", "exited", "stamp", "by",
		"forecast", "fiscal", "archive", "time", "sort", "email", "count", "expected",
	}
)

// like is what a column looks like that is not read, of the things that no other column means.
func (l List) like(at int, shape Shape, taken map[Meaning]bool) Meaning {
	header := l.Headers[at]
	other := slices.ContainsFunc(cells.Tokens(header), func(w string) bool { return slices.Contains(otherHints, w) })
	if other || cells.Key(header) == "" {
		return MeansNothing
	}
	key := cells.Key(header)
	hinted := func(hints []string) bool {
		return slices.ContainsFunc(hints, func(h string) bool { return strings.Contains(key, h) })
	}
	days, others := l.days(at)
	switch {
	case !taken[MeansValue] && others+days > 0 && l.all(at, isAmount) && (hinted(valueHints) || l.all(at, isMoney)):
		return MeansValue
	case shape == Long:
		return MeansNothing
	case !taken[MeansOutcome] && !taken[MeansIsWon] && days == 0 && (l.endings(at) || hinted(outcomeHints) && l.fewWords(at)):
		return MeansOutcome
	case !taken[MeansClosed] && days > others && hinted(closeHints) && !taken[MeansExpectedClose]:
		return MeansClosed
	}
	return MeansNothing
}

// isMoney tells an amount that names its currency, or has thousands or decimals as amounts have.
func isMoney(c Cell) bool {
	if !isAmount(c) {
		return false
	}
	return !isReference(c) || strings.ContainsAny(c.Text, ".,€$£") && !c.Exact
}

// fewWords tells a column with the same few words over and over.
func (l List) fewWords(at int) bool {
	words := l.wordsAt(at)
	return len(words) > 0 && len(words) <= 15 && (len(words) < len(l.Rows) || len(l.Rows) < 5)
}

// unread asks about columns that are left out and look like what nothing else in the list means.
func (g *guesser) unread() {
	for _, u := range UnreadColumns(g.list, g.Mapping) {
		if u.Like != MeansNothing {
			g.Doubts = append(g.Doubts, ListDoubt{Kind: DoubtUnread, Column: u.Header, Sample: string(u.Like)})
		}
	}
}

// Pipelines is the column that says in which pipeline of another system a deal is, with those that there are; only where there are several,
// which would all come into one process.
func Pipelines(list List, m Mapping) (header string, pipelines []string) {
	for at, h := range list.Headers {
		if key := cells.Key(h); m.Columns[h] == MeansNothing && (key == "pipeline" || key == "dealpipeline") {
			if words := list.wordsAt(at); len(words) > 1 && len(words) <= 20 {
				return h, words
			}
		}
	}
	return "", nil
}

func (g *guesser) pipelines() {
	if h, words := Pipelines(g.list, g.Mapping); h != "" {
		g.Doubts = append(g.Doubts, ListDoubt{Kind: DoubtPipelines, Column: h, Sample: words[0], Readings: words})
	}
}
