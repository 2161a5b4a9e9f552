package handlers

import (
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// changeLine is one thing about a process that is not as it was: a milestone, or its name or purpose. What is about a text has the new one
// and the old one; everything else is a sentence.
type changeLine struct {
	Name, Kind string
	Details    []changeDetail
}

type changeDetail struct{ Label, Text, Was string }

// changeLines tells a comparison in words.
func (v *visit) changeLines(c sales.Comparison) []changeLine {
	var list []changeLine
	if c.Name != nil {
		list = append(list, changeLine{Name: v.t("process_edit.process_name"), Details: []changeDetail{v.textDetail("", c.Name.Before, c.Name.After)}})
	}
	if c.Purpose != nil {
		list = append(list, changeLine{Name: v.t("process_edit.purpose"), Details: []changeDetail{v.textDetail("", c.Purpose.Before, c.Purpose.After)}})
	}
	for i := range c.Milestones {
		list = append(list, v.milestoneChange(&c.Milestones[i]))
	}
	return list
}

func (v *visit) milestoneChange(c *sales.MilestoneChange) changeLine {
	switch {
	case c.Added() && c.After.Required:
		return changeLine{Name: c.After.Name, Kind: v.t("process_edit.kind_added", c.To)}
	case c.Added():
		return changeLine{Name: c.After.Name, Kind: v.t("process_edit.kind_added_optional", c.To)}
	case c.Removed():
		return changeLine{Name: c.Before.Name, Kind: v.t("process_edit.kind_removed", c.From)}
	}
	line := changeLine{Name: c.After.Name, Kind: v.t("process_edit.kind_changed")}
	if c.Moved {
		line.Kind = v.t("process_edit.kind_moved", c.From, c.To)
	}
	for _, f := range c.Fields {
		line.Details = append(line.Details, v.facet(f, c.Before, c.After))
	}
	return line
}

func (v *visit) facet(f sales.Facet, before, after *process.Milestone) changeDetail {
	switch f {
	case sales.NameFacet:
		return v.textDetail(v.t("process_edit.name_short"), before.Name, after.Name)
	case sales.CriterionFacet:
		return v.textDetail(v.t("process.counts_when"), before.Criterion, after.Criterion)
	case sales.WhyFacet:
		return v.textDetail(v.t("process_edit.why"), before.Why, after.Why)
	case sales.OurPartFacet:
		return v.textDetail(v.t("process.our_part"), before.OurPart, after.OurPart)
	case sales.RequiredFacet:
		if after.Required {
			return changeDetail{Text: v.t("process_edit.now_required")}
		}
		return changeDetail{Text: v.t("process_edit.now_optional")}
	case sales.EvidenceFacet:
		if after.Evidence == process.EvidenceRequired {
			return changeDetail{Label: v.t("process.evidence"), Text: v.t("process_edit.evidence_now")}
		}
		return changeDetail{Label: v.t("process.evidence"), Text: v.t("process_edit.evidence_no_more")}
	}
	return changeDetail{Label: v.t("process.wait"), Text: v.waitText(after.Patience), Was: v.waitText(before.Patience)}
}

func (v *visit) textDetail(label, before, after string) changeDetail {
	none := v.t("process_edit.nothing")
	if before == "" {
		before = none
	}
	if after == "" {
		after = none
	}
	return changeDetail{Label: label, Text: after, Was: before}
}

func (v *visit) waitText(days *int) string {
	if days == nil {
		return v.t("process_edit.wait_learned")
	}
	return v.t("process.days", *days)
}

// changeSummary counts the changes in a few words: "one added, two changed".
func (v *visit) changeSummary(c sales.Comparison) string {
	var added, removed, moved, changed int
	if c.Name != nil || c.Purpose != nil {
		changed++
	}
	for i := range c.Milestones {
		switch m := &c.Milestones[i]; {
		case m.Added():
			added++
		case m.Removed():
			removed++
		case m.Moved:
			moved++
		default:
			changed++
		}
	}
	var parts []string
	for _, p := range []struct {
		n   int
		key string
	}{
		{added, "process_edit.sum_added"},
		{removed, "process_edit.sum_removed"},
		{moved, "process_edit.sum_moved"},
		{changed, "process_edit.sum_changed"},
	} {
		if p.n > 0 {
			parts = append(parts, v.t(p.key, p.n))
		}
	}
	if len(parts) == 0 {
		return v.t("process_edit.sum_none")
	}
	return strings.Join(parts, ", ")
}
