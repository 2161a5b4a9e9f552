package process

// Plan is how the plan for the customer of one deal is worded, where that differs from what the process says. Days are not in it: those
// that the buyer has named stand with the milestones.
type Plan struct {
	Intro   string     `json:"intro,omitempty"`
	Lines   []PlanLine `json:"lines,omitempty"`
	Closing string     `json:"closing,omitempty"`
}

// PlanLine is the wording of one milestone in the plan. Empty texts are those of the process.
type PlanLine struct {
	Milestone MilestoneID `json:"milestone"`
	What      string      `json:"what,omitempty"` // in the buyer's voice
	Who       string      `json:"who,omitempty"`  // at the buyer
	Ours      string      `json:"ours,omitempty"` // what we do meanwhile
	LeftOut   bool        `json:"left_out,omitempty"`
}

// IsZero tells a line that changes nothing.
func (l PlanLine) IsZero() bool { return l == PlanLine{Milestone: l.Milestone} }

// Line is the wording of a milestone; an empty one where the plan says nothing of it.
func (p *Plan) Line(key MilestoneID) PlanLine {
	for _, l := range p.Lines {
		if l.Milestone == key {
			return l
		}
	}
	return PlanLine{Milestone: key}
}

// Check finds what is too long. Fields are named intro, closing, what, who and ours.
func (p *Plan) Check() error {
	var problems Problems
	problems.Text("intro", p.Intro, 0, MaxText)
	problems.Text("closing", p.Closing, 0, MaxText)
	for _, l := range p.Lines {
		problems.Text("what", l.What, 0, MaxText)
		problems.Text("who", l.Who, 0, MaxName)
		problems.Text("ours", l.Ours, 0, MaxText)
	}
	return problems.OrNil()
}
