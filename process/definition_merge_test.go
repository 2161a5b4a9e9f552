package process_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
)

func rowsOf(rows ...string) process.Definition {
	d := process.Definition{Name: "New business"}
	for _, row := range rows {
		d.Milestones = append(d.Milestones, process.Milestone{Key: process.MilestoneID(row[:1]), Name: row})
	}
	return d
}

func namesIn(d process.Definition) (names []string) {
	for _, m := range d.Milestones {
		names = append(names, m.Name)
	}
	return names
}

func TestDefinitionsAreMergedRowByRow(t *testing.T) {
	base := rowsOf("a", "b", "c")
	for name, c := range map[string]struct {
		heads []process.Definition
		want  []string
		rows  []process.MilestoneID
		head  bool
	}{
		"different rows":          {heads: []process.Definition{rowsOf("a1", "b", "c"), rowsOf("a", "b", "c2")}, want: []string{"a1", "b", "c2"}},
		"the same row":            {heads: []process.Definition{rowsOf("a1", "b", "c"), rowsOf("a2", "b", "c")}, want: []string{"a2", "b", "c"}, rows: []process.MilestoneID{"a"}},
		"the same change":         {heads: []process.Definition{rowsOf("a1", "b", "c"), rowsOf("a1", "b", "c")}, want: []string{"a1", "b", "c"}},
		"added and changed":       {heads: []process.Definition{rowsOf("a", "n", "b", "c"), rowsOf("a", "b2", "c")}, want: []string{"a", "n", "b2", "c"}},
		"two added":               {heads: []process.Definition{rowsOf("n", "a", "b", "c"), rowsOf("a", "b", "c", "z")}, want: []string{"n", "a", "b", "c", "z"}},
		"removed and another":     {heads: []process.Definition{rowsOf("a", "c"), rowsOf("a", "b", "c2")}, want: []string{"a", "c2"}},
		"removed and changed":     {heads: []process.Definition{rowsOf("a", "c"), rowsOf("a", "b2", "c")}, want: []string{"a", "b2", "c"}, rows: []process.MilestoneID{"b"}},
		"changed and removed":     {heads: []process.Definition{rowsOf("a", "b2", "c"), rowsOf("a", "c")}, want: []string{"a", "c"}, rows: []process.MilestoneID{"b"}},
		"moved and changed":       {heads: []process.Definition{rowsOf("c", "a", "b"), rowsOf("a", "b2", "c")}, want: []string{"c", "a", "b2"}},
		"moved in two ways":       {heads: []process.Definition{rowsOf("c", "a", "b"), rowsOf("b", "a", "c")}, want: []string{"b", "a", "c"}, head: true},
		"three, each another row": {heads: []process.Definition{rowsOf("a1", "b", "c"), rowsOf("a", "b2", "c"), rowsOf("a", "b", "c3")}, want: []string{"a1", "b2", "c3"}},
	} {
		m := process.MergeDefinitions(base, c.heads)
		if diff := cmp.Diff(c.want, namesIn(m.Definition)); diff != "" || !slices.Equal(m.Rows, c.rows) || m.Head != c.head {
			t.Errorf("%s: conflicts in %v, %v: %s", name, m.Rows, m.Head, diff)
		}
	}
}

// Whoever changes nothing has no say, it does not matter how often a change comes, and a row that only one has changed is as that one has it.
func TestMergingDefinitionsTakesEveryChangeThatStandsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "rows")
		var base process.Definition
		for i := range n {
			base.Milestones = append(base.Milestones, process.Milestone{Key: process.MilestoneID(fmt.Sprint("m", i)), Name: "before"})
		}
		changed := map[process.MilestoneID][]string{}
		heads := make([]process.Definition, rapid.IntRange(1, 4).Draw(t, "people"))
		for i := range heads {
			heads[i] = base.Clone()
			for j := range n {
				if rapid.IntRange(0, 3).Draw(t, "touch") == 0 {
					name := rapid.SampledFrom([]string{"x", "y"}).Draw(t, "name")
					heads[i].Milestones[j].Name = name
					if key := base.Milestones[j].Key; !slices.Contains(changed[key], name) {
						changed[key] = append(changed[key], name)
					}
				}
			}
		}
		m := process.MergeDefinitions(base, append(heads, base, heads[0]))
		for j, row := range m.Definition.Milestones {
			names := changed[row.Key]
			switch {
			case row.Key != base.Milestones[j].Key || m.Head:
				t.Fatalf("the order changed: %v", namesIn(m.Definition))
			case len(names) == 0 && row.Name != "before", len(names) == 1 && row.Name != names[0], len(names) > 1 && !slices.Contains(m.Rows, row.Key),
				len(names) < 2 && slices.Contains(m.Rows, row.Key):
				t.Fatalf("%s is %q after changes to %v; conflicts %v", row.Key, row.Name, names, m.Rows)
			}
		}
	})
}
