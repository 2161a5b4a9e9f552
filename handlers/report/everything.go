package report

import (
	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// Everything is every report as it stands today, as tables: forecast against actual in periods of each length, the open deals with their
// chances, and for each process the chances at each standing and what its milestones decide; how dates, people's own numbers and sellers
// lean. Reports with nothing in them are left out.
func (p Reports) Everything(m *forecast.Model) ([]sheet.Table, error) {
	var all []sheet.Table
	add := func(r Report, name string) {
		for _, t := range r.Tables() {
			if len(t.Rows) == 0 {
				continue
			}
			if name != "" {
				t.Name = name
			}
			all = append(all, t)
		}
	}
	for _, kind := range process.PeriodKinds {
		r, err := m.Report(forecast.Query{Kind: kind})
		if err != nil {
			return nil, err
		}
		add(p.Outcome(r), "")
	}
	add(p.Deals(m, m.Today(), DealChoice{}), p.Text.T("export.sheet.open"))
	for _, proc := range m.Team().Processes() {
		if proc.Current() == nil {
			continue
		}
		add(p.Standings(proc.Name(), m, m.Calibration(proc.ID, m.Today()), m.Today()), p.Text.T("export.sheet.standings", proc.Name()))
		add(p.Milestones(proc.Name(), winloss.Milestones(m.Team(), proc.ID, m.Today())), p.Text.T("export.sheet.evidence", proc.Name()))
	}
	quarters := forecast.Query{Kind: process.Quarter}
	steps, err := m.ValueAdded(quarters)
	if err != nil {
		return nil, err
	}
	leanings, err := m.Sellers(quarters)
	if err != nil {
		return nil, err
	}
	add(p.ValueAdded(quarters, steps), "")
	add(p.Sellers(m, leanings), "")
	add(p.Timing(m.Team(), winloss.TimingOf(m, 0, m.Today(), forecast.Scope{})), "")
	return all, nil
}
