package report

import (
	"cmp"
	"io"
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

// Standings is what was learned of a process: for each place where a deal can stand, how often such deals are won.
func (p Reports) Standings(name string, m *forecast.Model, c *forecast.Calibration, asOf process.Date) Report {
	document := newStandingsJSON(name, m, c, asOf)
	return Report{
		JSON:   func() any { return document },
		Tables: p.tables(name, newGrid(p.Text, document.Standings, standingColumns(c))),
		Show:   func(out io.Writer) error { return p.showStandings(out, document, c) },
	}
}

// DealChoice is which of the open deals a report lists; its zero value is all of them.
type DealChoice struct {
	Unplanned   bool // for which no next activity was planned
	ClosePassed bool // whose expected close had passed
	Picks       process.Picks
}

func (c DealChoice) keeps(d *openDealJSON, asOf process.Date) bool {
	return !(c.Unplanned && d.NextActivity != nil) && !(c.ClosePassed && (d.ExpectedClose == nil || *d.ExpectedClose >= asOf))
}

// Deals are the deals that were open on a day, with their chances as they stood then.
func (p Reports) Deals(m *forecast.Model, asOf process.Date, choice DealChoice) Report {
	document := openDealsJSON{AsOf: asOf, Deals: []openDealJSON{}}
	for _, d := range m.OpenDeals(asOf) {
		if !d.Choices().Has(choice.Picks) {
			continue
		}
		if line := newOpenDealJSON(m, d, asOf); choice.keeps(&line, asOf) {
			document.Deals = append(document.Deals, line)
		}
	}
	slices.SortStableFunc(document.Deals, func(a, b openDealJSON) int { return cmp.Compare(a.Opened, b.Opened) })
	return Report{
		JSON:   func() any { return document },
		Tables: p.tables(p.Text.T("cli.sheet.deals"), newGrid(p.Text, document.Deals, dealColumns(m))),
		Show:   func(out io.Writer) error { return p.showDeals(out, document, m, choice) },
	}
}

func standingColumns(c *forecast.Calibration) []column[standingJSON] {
	part := func(key string, get func(standingJSON) chance) column[standingJSON] {
		return column[standingJSON]{key, func(s standingJSON) cell { return shareCell(float64(get(s))) }}
	}
	return []column[standingJSON]{
		{"cli.col.passed", func(s standingJSON) cell { return given(s.Passed, countCell) }},
		{"cli.col.passed_last", func(s standingJSON) cell { return given(s.Milestone, milestoneCell(c)) }},
		{"cli.col.stalled", func(s standingJSON) cell { return boolCell(s.Stalled) }},
		{"cli.col.deals_here", func(s standingJSON) cell { return numberCell(float64(s.Deals), 1) }},
		{"cli.col.closed_here", func(s standingJSON) cell { return countCell(s.Closed) }},
		part("cli.col.chance", func(s standingJSON) chance { return s.Chance }),
		part("cli.col.chance_low", func(s standingJSON) chance { return s.Low }),
		part("cli.col.chance_high", func(s standingJSON) chance { return s.High }),
		part("cli.col.prior", func(s standingJSON) chance { return s.Prior }),
		{"cli.col.patience", func(s standingJSON) cell { return given(s.Patience, countCell) }},
		part("cli.col.within30", func(s standingJSON) chance { return s.Within30 }),
		part("cli.col.within90", func(s standingJSON) chance { return s.Within90 }),
		part("cli.col.lose30", func(s standingJSON) chance { return s.Lose30 }),
	}
}

// milestoneCell names a milestone as its process does.
func milestoneCell(c *forecast.Calibration) func(string) cell {
	return func(key string) cell {
		if m, ok := c.Version.Definition.Milestone(process.MilestoneID(key)); ok {
			return textCell(m.Name)
		}
		return textCell(key)
	}
}

// boolCell is 1 or 0, which every sheet can count.
func boolCell(yes bool) cell {
	if yes {
		return countCell(1)
	}
	return countCell(0)
}

func (p Reports) showStandings(out io.Writer, s standingsJSON, c *forecast.Calibration) error {
	if err := heading(out, p.Text.T("cli.standings", s.Process, s.CalibratedOn.String(), s.Closed, s.Won)); err != nil {
		return err
	}
	columns := standingColumns(c)
	columns[2].cell = func(s standingJSON) cell {
		if s.Stalled {
			return textCell(p.Text.T("cli.yes"))
		}
		return textCell(p.Text.T("cli.no"))
	}
	return newGrid(p.Text, s.Standings, columns).table(out, p.Text)
}

// dealColumns are all that is known of an open deal, for sheets.
func dealColumns(m *forecast.Model) []column[openDealJSON] {
	type deal = openDealJSON
	return []column[deal]{
		{"cli.col.id", func(d deal) cell { return textCell(d.ID) }},
		{"cli.col.name", func(d deal) cell { return given(d.Name, textCell) }},
		{"cli.col.customer", func(d deal) cell { return given(d.Customer, textCell) }},
		{"cli.col.seller", func(d deal) cell { return given(d.Seller, textCell) }},
		{"cli.col.process", func(d deal) cell { return textCell(d.Process) }},
		{"cli.col.version", func(d deal) cell { return given(d.Version, countCell) }},
		{"cli.col.value", func(d deal) cell { return given(d.Value, sumCell) }},
		{"cli.col.currency", func(d deal) cell { return given(d.Currency, textCell) }},
		{"cli.col.opened", func(d deal) cell { return dayCell(d.Opened) }},
		{"cli.col.expected_close", func(d deal) cell { return given(d.ExpectedClose, dayCell) }},
		{"cli.col.passed", func(d deal) cell { return given(d.Passed, countCell) }},
		{"cli.col.next_milestone", func(d deal) cell { return given(d.NextMilestone, nextCell(m, d)) }},
		{"cli.col.stalled", func(d deal) cell { return given(d.Stalled, boolCell) }},
		{"cli.col.entered", func(d deal) cell { return given(d.Entered, dayCell) }},
		{"cli.col.chance", func(d deal) cell { return given(d.Chance, chanceCell) }},
		{"cli.col.chance_low", func(d deal) cell { return given(d.Low, chanceCell) }},
		{"cli.col.chance_high", func(d deal) cell { return given(d.High, chanceCell) }},
		{"cli.col.likely_close", func(d deal) cell { return given(d.LikelyClose, dayCell) }},
		{"cli.col.backward", func(d deal) cell { return countCell(d.Backward) }},
		{"cli.col.date_moves", func(d deal) cell { return countCell(d.DateMoves) }},
		{"cli.col.next_activity", func(d deal) cell { return d.planned() }},
		{"cli.col.next_activity_due", func(d deal) cell { return given(d.Due, dayCell) }},
	}
}

func chanceCell(c chance) cell { return shareCell(float64(c)) }

// nextCell names the next milestone of a deal as its process does.
func nextCell(m *forecast.Model, d openDealJSON) func(string) cell {
	return func(key string) cell {
		if deal, ok := m.Team().Deal(d.ID); ok {
			return textCell(m.MilestoneName(deal.Process(), process.MilestoneID(key)))
		}
		return textCell(key)
	}
}

// showDeals writes the open deals for a person: what the pages show of them, not every figure.
func (p Reports) showDeals(out io.Writer, document openDealsJSON, m *forecast.Model, choice DealChoice) error {
	title := p.Text.T("cli.open_deals", len(document.Deals), document.AsOf.String())
	if choice.Unplanned {
		title += " · " + p.Text.T("deals.print_unplanned")
	}
	if choice.ClosePassed {
		title += " · " + p.Text.T("deals.print_passed")
	}
	if err := heading(out, title); err != nil {
		return err
	}
	type deal = openDealJSON
	columns := []column[deal]{
		{"cli.col.deal", func(d deal) cell { return textCell(d.called()) }},
		{"cli.col.seller", func(d deal) cell { return given(d.Seller, textCell) }},
		{"cli.col.value", func(d deal) cell { return given(d.Value, sumCell) }},
		{"cli.col.currency", func(d deal) cell { return given(d.Currency, textCell) }},
		{"cli.col.chance", func(d deal) cell { return given(d.Chance, chanceCell) }},
		{"cli.col.likely_close", func(d deal) cell { return given(d.LikelyClose, dayCell) }},
		{"cli.col.expected_close", func(d deal) cell { return given(d.ExpectedClose, dayCell) }},
		{"cli.col.next_milestone", func(d deal) cell { return given(d.NextMilestone, nextCell(m, d)) }},
	}
	return newGrid(p.Text, document.Deals, columns).table(out, p.Text)
}

// called is how a person knows the deal: customer and name, or else its id.
func (d openDealJSON) called() string {
	switch {
	case d.Customer != nil && d.Name != nil && *d.Customer != *d.Name:
		return *d.Customer + ", " + *d.Name
	case d.Name != nil:
		return *d.Name
	case d.Customer != nil:
		return *d.Customer
	}
	return cmp.Or(d.ref, string(d.ID))
}
