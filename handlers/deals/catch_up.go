package deals

import (
	"slices"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// howFar asks how far a customer has come: which milestones are there, all with one day and one line of evidence.
type howFar struct {
	Legend   string
	Choices  []milestoneChoice
	On       string // the day of all of them
	Evidence string
	OnHint   string // what an early day means
	Dated    bool   // the day is asked for; where it is not, the page has another that holds
	MayNone  bool   // that nothing is reached yet can be said
	None     bool
	Faults   parts.FieldErrors
}

// milestoneChoice is a milestone that can be ticked.
type milestoneChoice struct {
	Key               string
	Name              string
	Optional, Checked bool
	EvidenceNeeded    bool
}

// NeedsEvidence tells whether one of them cannot do without.
func (h howFar) NeedsEvidence() bool {
	return slices.ContainsFunc(h.Choices, func(c milestoneChoice) bool { return c.EvidenceNeeded })
}

// milestoneChoices are the milestones of a process that are not there yet, ticked where they are among those.
func milestoneChoices(def *process.Definition, there func(process.MilestoneID) bool, ticked []string) []milestoneChoice {
	var list []milestoneChoice
	for i := range def.Milestones {
		ms := &def.Milestones[i]
		if there(ms.Key) {
			continue
		}
		list = append(list, milestoneChoice{
			Key: string(ms.Key), Name: ms.Name, Optional: !ms.Required, Checked: slices.Contains(ticked, string(ms.Key)),
			EvidenceNeeded: ms.Evidence == process.EvidenceRequired,
		})
	}
	return list
}

// missingChoices are the milestones that a deal has not reached.
func missingChoices(d *sales.Deal, ticked []string) []milestoneChoice {
	version := d.Version()
	if version == nil {
		return nil
	}
	return milestoneChoices(&version.Definition, func(key process.MilestoneID) bool {
		mark, there := d.MarkOn(key, process.FarFuture)
		return there && !mark.Waived
	}, ticked)
}

func milestoneIDs(keys []string) []process.MilestoneID {
	ids := make([]process.MilestoneID, len(keys))
	for i, key := range keys {
		ids[i] = process.MilestoneID(key)
	}
	return ids
}

// catchUpForm marks several milestones at once.
type catchUpForm struct {
	Reached  []string `form:"reached" validate:"required_without=None" label:"deal.how_far"`
	None     string   `form:"none"`
	On       string   `form:"reached_on" validate:"required,day" label:"deal.when"`
	Evidence string   `form:"evidence" validate:"max=10000" label:"deal.evidence"`
	Faults   parts.FieldErrors
}

func (f *catchUpForm) withErrors(_ *web.Request, faults parts.FieldErrors) dealForms {
	f.Faults = faults
	return dealForms{CatchUp: f}
}

// catchUpForm is the form with the milestones ticked up to one, or none.
func (w *dealView) catchUpForm(through process.MilestoneID) *catchUpForm {
	f := &catchUpForm{On: w.Request.Today.String()}
	if c := w.now.Close; c != nil {
		f.On = c.On.String()
	}
	choices := missingChoices(w.d, nil)
	last := slices.IndexFunc(choices, func(c milestoneChoice) bool { return c.Key == string(through) })
	for _, c := range choices[:last+1] {
		if !c.Optional || c.Key == string(through) {
			f.Reached = append(f.Reached, c.Key)
		}
	}
	return f
}

// howFar is the form as the page shows it.
func (w *dealView) howFar(f *catchUpForm) *howFar {
	if f == nil {
		return nil
	}
	legend := w.T("deal.how_far_tick")
	if w.now.Close != nil {
		legend = w.T("deal.what_had_been_there")
	}
	return &howFar{
		Legend: legend, Choices: missingChoices(w.d, f.Reached), On: f.On, Evidence: f.Evidence, OnHint: historyHint(w.Request, w.team), Dated: true, Faults: f.Faults,
		MayNone: w.d.WaitsForPlace(), None: f.None != "",
	}
}

func catchUp(v *web.Request) error {
	f := &catchUpForm{}
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	before, said := chanceNow(v), "deal.reached_done"
	events, err := v.ActOnDeal(func(d *sales.Deal) ([]process.Fact, error) {
		switch {
		case f.None != "" && len(f.Reached) > 0:
			return nil, process.Wrong("reached", "deal.how_far_both")
		case f.None != "":
			said = "deal.none_reached_done"
			return d.SayNoneReached(v.Today)
		}
		on, err := web.ReadDay("reached_on", f.On)
		if err != nil {
			return nil, err
		}
		return reachSeveral(d, f.Reached, on, f.Evidence, v.Today)
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T(said)+chanceChange(v, before))
}

// reachSeveral marks what was ticked; what is wrong stands at the fields of howFar.
func reachSeveral(d *sales.Deal, ticked []string, on process.Date, evidence string, today process.Date) ([]process.Fact, error) {
	facts, err := d.ReachSeveral(milestoneIDs(ticked), sales.ReachInput{On: on, Evidence: readEvidence(evidence)}, today)
	return facts, web.SameField(err, "link", "evidence")
}
