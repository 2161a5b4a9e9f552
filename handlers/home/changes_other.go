package home

import (
	"slices"
	"time"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/money"
)

// others is everything else that has come in: values and dates that changed, re-openings, what was withdrawn, planned or written in the
// journal, and what colleagues have changed for all. The latest stands first.
func (c *changesView) others() {
	for _, i := range slices.Backward(c.items) {
		if i.deal == nil {
			c.common(i)
			continue
		}
		if c.ofOpening(i) {
			continue
		}
		var what []i18n.Piece
		switch f := i.Fact.(type) {
		case *process.DealOpened, *process.DealClosed, *process.MilestoneReached:
			if c.shown(i) {
				continue
			}
			what = c.words(i)
		case *process.ValueSet:
			what = c.Text.Sentence("home.value", c.amount(c.valueBefore(i)), c.amount(f.Value))
		case *process.ExpectedCloseSet:
			what = c.Text.Sentence("home.expected", c.dayOrNone(c.expectedBefore(i)), c.dayOrNone(f.Day))
		default:
			what = c.words(i)
		}
		team := c.m.Team()
		link := i18n.Piece{Text: wording.DealName(team, i.deal), Href: urls.DealPath(i.deal.ID)}
		c.lines = append(c.lines, homeLine{
			What: append([]i18n.Piece{link, {Text: ": "}}, what...), Small: []i18n.Piece{{Text: c.byAndWhen(i)}}, New: i.unread,
		})
	}
}

// shown tells what a line of its own kind says already: that a deal was opened, closed, or came further. A deal that was closed since, or
// re-opened, has other lines.
func (c *changesView) shown(i newsItem) bool {
	switch f := i.Fact.(type) {
	case *process.DealOpened:
		return i.deal.Now.Close == nil
	case *process.DealClosed:
		return i.deal.Now.Close != nil && i.deal.Now.Close.ID == i.ID
	case *process.MilestoneReached:
		if end := i.deal.Now.Close; end != nil { // where the deal is told to have ended, that is all
			return slices.ContainsFunc(c.items, func(o newsItem) bool { return o.ID == end.ID })
		}
		return slices.Contains(i.deal.MarkIDs(f.Milestone, process.FarFuture), i.ID)
	}
	return false
}

// withOpening is how soon after it was opened a deal is still being described.
const withOpening = 2 * time.Minute

// ofOpening tells what was recorded together with a deal that is new itself, and says nothing that the deal does not.
func (c *changesView) ofOpening(i newsItem) bool {
	switch i.Fact.(type) {
	case *process.DealOpened, *process.DealClosed, *process.DealReopened, *process.MilestoneReached, *process.JournalWritten:
		return false
	}
	return slices.ContainsFunc(c.items, func(o newsItem) bool {
		_, opens := o.Fact.(*process.DealOpened)
		return opens && o.deal == i.deal && o.ID.Writer() == i.ID.Writer() && i.ID.At().Sub(o.ID.At()) < withOpening
	})
}

// common is what a colleague has changed that all deals have in common.
func (c *changesView) common(i newsItem) {
	if i.by == c.FileInfo.Person() {
		return
	}
	switch i.Fact.(type) {
	case *process.VersionPublished, *process.ImportTaken, *process.ImportUndone, *process.SettingSet, *process.TargetSet, *process.RateSet,
		*process.CustomersMerged, *process.Undone:
		c.lines = append(c.lines, homeLine{What: c.words(i), Small: []i18n.Piece{{Text: c.byAndWhen(i)}}, New: i.unread})
	}
}

func (c *changesView) byAndWhen(i newsItem) string {
	if i.by == "" {
		return c.when(i)
	}
	return c.T("home.by", i.by, c.when(i))
}

// words is the sentence of the log, as it goes on behind the name of a deal.
func (c *changesView) words(i newsItem) []i18n.Piece {
	w := wording.FactSentence{T: c.Text, Team: c.m.Team()}
	if i.deal == nil {
		return w.Pieces(i.Event)
	}
	w.Process = i.deal.Process()
	pieces := w.Pieces(i.Event)
	if len(pieces) > 0 && !pieces[0].Strong && pieces[0].Href == "" {
		pieces[0].Text = i18n.LowerFirst(pieces[0].Text)
	}
	return pieces
}

func (c *changesView) amount(v *money.Amount) string {
	if v == nil {
		return c.T("deal.empty")
	}
	return c.Text.Money(*v)
}

func (c *changesView) dayOrNone(day process.Date) string {
	if day.IsZero() {
		return c.T("deal.empty")
	}
	return c.Text.DayNear(day, c.Today)
}

// valueBefore is the value that a change replaced.
func (c *changesView) valueBefore(i newsItem) (before *money.Amount) {
	for _, e := range i.deal.Values().Entries() {
		if slices.Contains(i.Fact.Recorded().Base, e.ID) {
			before = e.Value
		}
	}
	return before
}

// expectedBefore is the expected close that a change replaced.
func (c *changesView) expectedBefore(i newsItem) (before process.Date) {
	for _, e := range i.deal.ExpectedCloses().Entries() {
		if slices.Contains(i.Fact.Recorded().Base, e.ID) {
			before = e.Value
		}
	}
	return before
}
