package wording

import (
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/process"
)

// ChangeLines writes the comparison of two definitions, one line for each milestone, name or purpose that differs.
func ChangeLines(t *i18n.Text, c process.Comparison) []parts.ChangeLine {
	var list []parts.ChangeLine
	if c.Name != nil {
		list = append(list, parts.ChangeLine{Name: t.T("process_edit.process_name"), Details: []parts.ChangeDetail{textDetail(t, "", c.Name.Before, c.Name.After)}})
	}
	if c.Purpose != nil {
		list = append(list, parts.ChangeLine{Name: t.T("process_edit.purpose"), Details: []parts.ChangeDetail{textDetail(t, "", c.Purpose.Before, c.Purpose.After)}})
	}
	if c.Roles != nil {
		list = append(list, parts.ChangeLine{Name: t.T("process_edit.roles"), Details: []parts.ChangeDetail{textDetail(t, "", c.Roles.Before, c.Roles.After)}})
	}
	for i := range c.Milestones {
		list = append(list, milestoneChange(t, &c.Milestones[i]))
	}
	return list
}

func milestoneChange(t *i18n.Text, c *process.MilestoneChange) parts.ChangeLine {
	switch {
	case c.Added() && c.After.Required:
		return parts.ChangeLine{Name: c.After.Name, Kind: t.T("process_edit.kind_added", c.To)}
	case c.Added():
		return parts.ChangeLine{Name: c.After.Name, Kind: t.T("process_edit.kind_added_optional", c.To)}
	case c.Removed():
		return parts.ChangeLine{Name: c.Before.Name, Kind: t.T("process_edit.kind_removed", c.From)}
	}
	line := parts.ChangeLine{Name: c.After.Name, Kind: t.T("process_edit.kind_changed")}
	if c.Moved {
		line.Kind = t.T("process_edit.kind_moved", c.From, c.To)
	}
	for _, f := range c.Fields {
		if f == process.RoleFacet {
			line.Details = append(line.Details, textDetail(t, t.T("process_edit.behind"), c.Roles.Before, c.Roles.After))
			continue
		}
		line.Details = append(line.Details, fieldDetail(t, f, c.Before, c.After))
	}
	return line
}

func fieldDetail(t *i18n.Text, f process.Facet, before, after *process.Milestone) parts.ChangeDetail {
	switch f {
	case process.NameFacet:
		return textDetail(t, t.T("process_edit.name_short"), before.Name, after.Name)
	case process.CriterionFacet:
		return textDetail(t, t.T("process.counts_when"), before.Criterion, after.Criterion)
	case process.WhyFacet:
		return textDetail(t, t.T("process_edit.why"), before.Why, after.Why)
	case process.OurPartFacet:
		return textDetail(t, t.T("process.our_part"), before.OurPart, after.OurPart)
	case process.RequiredFacet:
		if after.Required {
			return parts.ChangeDetail{Text: t.T("process_edit.now_required")}
		}
		return parts.ChangeDetail{Text: t.T("process_edit.now_optional")}
	case process.EvidenceFacet:
		if after.Evidence == process.EvidenceRequired {
			return parts.ChangeDetail{Label: t.T("process.evidence"), Text: t.T("process_edit.evidence_now")}
		}
		return parts.ChangeDetail{Label: t.T("process.evidence"), Text: t.T("process_edit.evidence_no_more")}
	}
	return parts.ChangeDetail{Label: t.T("process.wait"), Text: waitText(t, after.Patience), Was: waitText(t, before.Patience)}
}

func textDetail(t *i18n.Text, label, before, after string) parts.ChangeDetail {
	none := t.T("process_edit.nothing")
	if before == "" {
		before = none
	}
	if after == "" {
		after = none
	}
	return parts.ChangeDetail{Label: label, Text: after, Was: before}
}

func waitText(t *i18n.Text, days *int) string {
	if days == nil {
		return t.T("process_edit.wait_learned")
	}
	return t.T("process.days", *days)
}

// ChangeSummary counts the changes in a few words: "one added, two changed".
func ChangeSummary(t *i18n.Text, c process.Comparison) string {
	var added, removed, moved, changed int
	if c.Name != nil || c.Purpose != nil || c.Roles != nil {
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
			parts = append(parts, t.T(p.key, p.n))
		}
	}
	if len(parts) == 0 {
		return t.T("process_edit.sum_none")
	}
	return strings.Join(parts, ", ")
}
