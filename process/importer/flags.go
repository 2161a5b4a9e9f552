package importer

import (
	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
)

// flag reads a cell with a yes or a no.
func (r *record) flag(m columns.Meaning, text string) error {
	yes, ok := cells.Flag(text)
	if !ok {
		return process.Wrong("", "import.no_flag", cells.Shortened(text))
	}
	switch m {
	case columns.MeansIsWon:
		r.isWon = &yes
	case columns.MeansIsClosed:
		r.isClosed = &yes
	case columns.MeansIsDeleted:
		r.isDeleted = &yes
	case columns.MeansIsActive:
		r.isActive = &yes
	case columns.MeansIsArchived:
		active := !yes
		r.isActive = &active
	}
	return nil
}

func said(flag *bool, is bool) bool { return flag != nil && *flag == is }

// readFlags holds the flags of a row against the word for its outcome. Where they say different things somebody has to say which is true;
// a word that nobody knows is explained by them.
func (k *planner) readFlags(r *record) {
	if said(r.isDeleted, true) {
		r.skip = &process.Error{Kind: process.Invalid, Msg: "import.deleted"}
		return
	}
	flagged, told := r.flaggedOutcome()
	word := r.outcomeSaid && r.outcome != ""
	switch {
	case !word && r.outcomeText != "" && !told:
		r.fault(r.outcomeColumn, r.outcomeText, process.Wrong("", "import.unknown_outcome", cells.Shortened(r.outcomeText)))
		return
	case told && word && !agree(flagged, r.outcome):
		r.fault(r.outcomeColumn, r.outcomeText, process.Wrong("", "import.flags_differ", cells.Shortened(r.outcomeText), k.flagHeader(), string(flagged)))
		return
	case told && !word:
		r.outcome, r.outcomeSaid = flagged, true
	}
	if said(r.isActive, false) && (r.outcome == "" || r.outcome == columns.StillOpen) {
		k.archived(r)
	}
}

// flaggedOutcome is what the flags say about the end of the deal, if they say anything.
func (r *record) flaggedOutcome() (o process.Outcome, told bool) {
	switch {
	case said(r.isWon, true):
		return process.Won, true
	case said(r.isClosed, true) && said(r.isWon, false):
		return process.Lost, true
	case said(r.isClosed, false):
		return columns.StillOpen, true
	}
	return "", false
}

// agree tells whether a flag and a word can both be true: any way of losing is no win.
func agree(flagged, word process.Outcome) bool {
	return flagged == word || flagged == process.Lost && (word.IsLoss() || word == process.Void)
}

func (k *planner) flagHeader() string {
	for _, m := range []columns.Meaning{columns.MeansIsWon, columns.MeansIsClosed} {
		if h := k.header(m); h != "" {
			return h
		}
	}
	return ""
}

// archived settles a deal that was put away while its stage says nothing about an end. With a reason for the loss, or no chance left, it
// was lost, which is how Odoo has it; otherwise nobody can tell.
func (k *planner) archived(r *record) {
	if r.reason == "" && (r.opinion == nil || *r.opinion > 0) {
		header := k.header(columns.MeansIsActive)
		if header == "" {
			header = k.header(columns.MeansIsArchived)
		}
		r.fault(header, "", process.Wrong("", "import.archived"))
		return
	}
	r.outcome, r.outcomeSaid = process.Lost, true
}

// readOpening settles the opening of a deal for which the list has no day, as somebody has said.
func (k *planner) readOpening(r *record) {
	if k.faulted(r, columns.MeansOpened) {
		return // a day that cannot be read is told, and no answer for all of them stands in for it
	}
	if k.Mapping.NoOpening == "" {
		if k.Mapping.Shape == columns.Wide || len(r.faults) == 0 {
			k.missing(r, columns.MeansOpened, "date.missing")
			r.unopened = true
		}
		return
	}
	r.openingAssumed = true
	r.opened = k.Today
	if k.Mapping.NoOpening == columns.FromFirstDay {
		r.opened = r.firstDay(k.Today)
	} else if r.closed != 0 && r.outcome != "" && r.outcome != columns.StillOpen {
		r.opened = min(r.opened, r.closed)
	}
	r.noteAbout(k.header(columns.MeansOpened), "", "import.opening_assumed", r.opened)
}

// faulted tells whether the cell of a meaning could not be read.
func (k *planner) faulted(r *record, m columns.Meaning) bool {
	header := k.header(m)
	for _, f := range r.faults {
		if f.Column == header && header != "" {
			return true
		}
	}
	return false
}

// firstDay is the first day up to today that a row knows of its deal, or today.
func (r *record) firstDay(today process.Date) process.Date {
	first := today
	days := []process.Date{r.closed, r.expected, r.stageOn}
	for _, s := range r.steps {
		days = append(days, s.on)
	}
	for _, j := range r.journal {
		days = append(days, j.On)
	}
	for _, d := range days {
		if d != 0 && d < first {
			first = d
		}
	}
	return first
}
