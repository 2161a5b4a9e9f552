package report

import (
	"io"

	"milstolpe/process"
	"milstolpe/process/winloss"
)

// Roles is in how many of the won and of the lost deals of a process we had met who has each role at the buyer.
func (p Reports) Roles(name string, counts []winloss.RoleCount, asOf process.Date) Report {
	document := rolesJSON{Process: name, AsOf: asOf, Roles: []roleJSON{}}
	for i := range counts {
		c := &counts[i]
		document.Roles = append(document.Roles, roleJSON{c.Role.Key, c.Role.Name, len(c.Won), len(c.WonMet), len(c.Lost), len(c.LostMet), c.Enough()})
	}
	g := newGrid(p.Text, document.Roles, []column[roleJSON]{
		{"cli.col.role", func(r roleJSON) cell { return textCell(r.Name) }},
		{"cli.col.role_won", func(r roleJSON) cell { return countCell(r.Won) }},
		{"cli.col.role_won_met", func(r roleJSON) cell { return countCell(r.WonMet) }},
		{"cli.col.role_lost", func(r roleJSON) cell { return countCell(r.Lost) }},
		{"cli.col.role_lost_met", func(r roleJSON) cell { return countCell(r.LostMet) }},
	})
	return Report{
		JSON:   func() any { return document },
		Tables: p.tables(p.Text.T("cli.sheet.roles", name), g),
		Show: func(out io.Writer) error {
			if err := heading(out, p.Text.T("cli.roles", name)); err != nil {
				return err
			}
			return g.table(out, p.Text)
		},
	}
}

// rolesJSON is the report for other programs.
type rolesJSON struct {
	Process string       `json:"process"`
	AsOf    process.Date `json:"as_of"`
	Roles   []roleJSON   `json:"roles"`
}

// roleJSON is one role. Enough tells that there are deals enough of both kinds to compare shares.
type roleJSON struct {
	Role    process.RoleID `json:"role"`
	Name    string         `json:"name"`
	Won     int            `json:"won"`
	WonMet  int            `json:"won_met"`
	Lost    int            `json:"lost"`
	LostMet int            `json:"lost_met"`
	Enough  bool           `json:"enough"`
}
