package shell

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"milstolpe/handlers/urls"
	"milstolpe/process"
)

// People are the commands about the people of the team. Somebody is named by their identity, by their name, by one that they had before, or by
// words that only one has in the name.
type People struct {
	List   ListPeople   `cmd:"" default:"1"`
	Rename RenamePerson `cmd:""`
	Merge  MergePeople  `cmd:""`
	Split  SplitPeople  `cmd:""`

	Handover HandOver `cmd:""`
}

// ListPeople is people: who they are, which of them uses this computer, and who is read as whom.
type ListPeople struct{}

// Run writes them. That nobody is known to use this computer is said at the end.
func (ListPeople) Run(ctx context.Context, d *Door) error {
	return d.inside(ctx, func(c *client) error {
		var team urls.TeamPeople
		if err := c.get(ctx, urls.ListPeoplePath, &team); err != nil {
			return err
		}
		table := tabwriter.NewWriter(d.Out, 0, 0, 2, ' ', 0)
		for _, p := range team.People {
			name := p.Name
			if p.You != "" {
				name += " " + p.You
			}
			_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", name, p.Deals, p.ID) // Flush tells what went wrong
		}
		for _, m := range team.Merged {
			_, _ = fmt.Fprintf(table, "%s\t\t%s\n", m.Text, m.ID)
		}
		if team.Nobody != "" {
			_, _ = fmt.Fprintln(table, team.Nobody)
		}
		return table.Flush()
	})
}

// RenamePerson is people rename.
type RenamePerson struct {
	Person string `arg:""`
	Name   string `arg:""`
}

// Run changes the name.
func (r *RenamePerson) Run(ctx context.Context, d *Door) error {
	return d.inside(ctx, func(c *client) error {
		id, err := person(ctx, c, r.Person)
		if err != nil {
			return err
		}
		return d.setOf(ctx, c, urls.PersonActionPath(id, "rename"), "name", r.Name)
	})
}

// MergePeople is people merge: two entries are one person.
type MergePeople struct {
	Person string `arg:""`
	Into   string `arg:""`
}

// Run says so; everything of the first counts as the second's.
func (m *MergePeople) Run(ctx context.Context, d *Door) error {
	return d.inside(ctx, func(c *client) error {
		from, err := person(ctx, c, m.Person)
		if err != nil {
			return err
		}
		into, err := person(ctx, c, m.Into)
		if err != nil {
			return err
		}
		if from == into {
			return process.Wrong("into", "cli.people.same", m.Person, m.Into)
		}
		return d.setOf(ctx, c, urls.PersonActionPath(from, "merge"), "into", string(into))
	})
}

// SplitPeople is people split: two who were merged are two after all.
type SplitPeople struct {
	Person string `arg:""`
}

// Run takes them apart again.
func (s *SplitPeople) Run(ctx context.Context, d *Door) error {
	return d.inside(ctx, func(c *client) error {
		var team urls.TeamPeople
		if err := c.get(ctx, urls.ListPeoplePath, &team); err != nil {
			return err
		}
		var found []namedPerson
		for _, m := range team.Merged {
			found = append(found, namedPerson{id: m.ID, name: m.Name})
		}
		id, err := among(found, s.Person, "cli.people.not_merged")
		if err != nil {
			return err
		}
		return d.setOf(ctx, c, urls.PersonActionPath(id, "apart"), "", "")
	})
}

// setOf opens a form of the page about people, writes into one field, be it nothing, and sends it. What was done is data.
func (d *Door) setOf(ctx context.Context, c *client, action, field, value string) error {
	f, err := c.open(ctx, urls.PeoplePath, action)
	if err != nil {
		return err
	}
	if field != "" {
		f.values.Set(field, value)
	}
	_, err = d.sent(ctx, c, f)
	return err
}

// namedPerson is somebody who can be meant.
type namedPerson struct {
	id     process.PersonID
	name   string
	before []string
}

// person is the one of us who is meant. Somebody who is read as another has to be taken apart first.
func person(ctx context.Context, c *client, named string) (process.PersonID, error) {
	var team urls.TeamPeople
	if err := c.get(ctx, urls.ListPeoplePath, &team); err != nil {
		return "", err
	}
	var list []namedPerson
	for _, p := range team.People {
		list = append(list, namedPerson{p.ID, p.Name, p.Names})
	}
	for _, m := range team.Merged {
		if string(m.ID) == named || process.FoldName(m.Name) == process.FoldName(named) && !anyCalled(list, named) {
			return "", process.Wrong("person", "cli.people.merged", m.Text)
		}
	}
	return among(list, named, "cli.people.none")
}

// anyCalled tells whether somebody has the name today.
func anyCalled(list []namedPerson, named string) bool {
	for _, p := range list {
		if process.FoldName(p.name) == process.FoldName(named) {
			return true
		}
	}
	return false
}

// among is the one who is meant: the identity, before the name of today, before one that they had, before a part of it. Several are named
// with their identities; none is refused with the key.
func among(list []namedPerson, named, none string) (process.PersonID, error) {
	wanted := process.FoldName(named)
	for _, fits := range []func(namedPerson) bool{
		func(p namedPerson) bool { return string(p.id) == named },
		func(p namedPerson) bool { return process.FoldName(p.name) == wanted },
		func(p namedPerson) bool {
			for _, name := range p.before {
				if process.FoldName(name) == wanted {
					return true
				}
			}
			return false
		},
		func(p namedPerson) bool { return wanted != "" && strings.Contains(process.FoldName(p.name), wanted) },
	} {
		var found []namedPerson
		for _, p := range list {
			if fits(p) {
				found = append(found, p)
			}
		}
		switch {
		case len(found) == 1:
			return found[0].id, nil
		case len(found) > 1:
			return "", process.Wrong("person", "cli.people.several", named, len(found), namesOf(found))
		}
	}
	return "", process.Wrong("person", none, named, namesOf(list))
}

// namesOf are names with the identities that tell them apart.
func namesOf(list []namedPerson) string {
	var names []string
	for _, p := range list {
		names = append(names, p.name+" ("+string(p.id)+")")
	}
	return strings.Join(names, "; ")
}
