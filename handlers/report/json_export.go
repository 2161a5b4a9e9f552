package report

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// dealsDocument is every deal with its milestones, as it is known now.
type dealsDocument struct {
	Deals []dealDocument `json:"deals"`
}

// dealDocument is one deal. Outcome is open, or how it ended; the value of a won deal is its closing value.
type dealDocument struct {
	ID            string              `json:"id"` // the other system's, or else ours
	Name          *string             `json:"name"`
	Customer      *string             `json:"customer"`
	Seller        *string             `json:"seller"`
	Process       string              `json:"process"`
	Value         *amount             `json:"value"`
	Currency      *string             `json:"currency"`
	Opened        process.Date        `json:"opened"`
	ExpectedClose *process.Date       `json:"expected_close"`
	Probability   *float64            `json:"probability"`
	Milestones    []milestoneDocument `json:"milestones"`
	Outcome       process.Outcome     `json:"outcome"`
	Closed        *process.Date       `json:"closed"`
	LostReason    *string             `json:"lost_reason"`
	Competitor    *string             `json:"competitor"`
	Activities    []activityJSON      `json:"activities,omitempty"` // that are planned
}

// milestoneDocument is a milestone that was reached, or waived for a reason.
type milestoneDocument struct {
	Key      process.MilestoneID `json:"key"`
	On       *process.Date       `json:"on"`
	Evidence *string             `json:"evidence,omitempty"`
	Link     *string             `json:"link,omitempty"`
	Waived   *string             `json:"waived,omitempty"`
}

// AllDeals is every deal of the processes with its milestones, as it is known now.
func AllDeals(t *sales.Team, ids []process.ProcessID) any {
	document := dealsDocument{Deals: []dealDocument{}}
	for _, d := range t.Deals() {
		if slices.Contains(ids, d.Process()) {
			document.Deals = append(document.Deals, newDealDocument(t, d))
		}
	}
	return document
}

func newDealDocument(t *sales.Team, d *sales.Deal) dealDocument {
	now := &d.Now
	doc := dealDocument{
		ID: cmp.Or(now.Ref, string(d.ID)), Name: knownText(now.Name), Customer: knownText(t.Customer(now.Customer)),
		Seller: knownText(t.Person(now.Seller)), Opened: now.Opened, ExpectedClose: knownDay(now.ExpectedClose),
		Probability: now.Opinion, Milestones: []milestoneDocument{}, Outcome: columns.StillOpen,
		Activities: activitiesOf(d),
	}
	if proc, ok := t.Process(now.Process); ok {
		doc.Process = proc.Name()
	}
	value := now.Value
	if c := now.Close; c != nil {
		doc.Outcome, doc.Closed = c.Outcome, knownDay(c.On)
		doc.LostReason, doc.Competitor = knownText(c.Reason), knownText(c.Competitor)
		value = cmp.Or(c.Value, value)
	}
	if value != nil {
		doc.Value, doc.Currency = amountsOf(value.Currency).known(float64(value.Minor), true), &value.Currency
	}
	for _, m := range d.MarksOn(process.FarFuture) {
		doc.Milestones = append(doc.Milestones, milestoneDocument{
			Key: m.Milestone, On: knownDay(m.On), Evidence: knownText(m.Evidence.Text), Link: knownText(m.Evidence.Link),
			Waived: knownText(m.Reason),
		})
	}
	return doc
}
