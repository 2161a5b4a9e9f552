package shell

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"text/tabwriter"

	"milstolpe/handlers/urls"
	"milstolpe/process"
)

// HandOver is people handover: open deals of one of us become another's, all of them where none is named.
type HandOver struct {
	Person string   `arg:""`
	To     string   `arg:""`
	Deal   []string `sep:"none"`
	New    bool     // the one who takes over is new here
	DryRun bool
}

// Run hands over what the preview shows, or only shows it. A name that nobody has is taken for a new person only where that is said.
func (h *HandOver) Run(ctx context.Context, d *Door) error {
	return d.inside(ctx, func(c *client) error {
		from, err := person(ctx, c, h.Person)
		if err != nil {
			return err
		}
		to, err := h.taker(ctx, c)
		if err != nil {
			return err
		}
		ask := url.Values{"to": {to}}
		if len(h.Deal) == 0 {
			ask.Set("all", "true")
		}
		for _, named := range h.Deal {
			deal, err := find(ctx, c, named)
			if err != nil {
				return err
			}
			ask.Add("deal", string(deal.ID))
		}
		var preview urls.HandOverPreview
		if err := c.get(ctx, urls.HandOverPreviewPath(string(from))+"?"+ask.Encode(), &preview); err != nil {
			return err
		}
		if h.DryRun {
			return d.tell(preview)
		}
		chosen := url.Values{"to": {to}, "show": {"preview"}}
		for _, deal := range preview.Deals {
			chosen.Add("deal", string(deal.ID))
		}
		page := urls.HandOverHref(string(from))
		return d.fill(ctx, c, page+"?"+chosen.Encode(), page, nil)
	})
}

// taker is what who takes over is called.
func (h *HandOver) taker(ctx context.Context, c *client) (string, error) {
	if h.New {
		return h.To, nil
	}
	id, err := person(ctx, c, h.To)
	if err != nil {
		return "", err
	}
	var team urls.TeamPeople
	if err := c.get(ctx, urls.ListPeoplePath, &team); err != nil {
		return "", err
	}
	i := slices.IndexFunc(team.People, func(p urls.TeamPerson) bool { return p.ID == id })
	if i < 0 {
		return "", process.Wrong("to", "cli.people.none", h.To, "")
	}
	return team.People[i].Name, nil
}

// tell writes what would happen, in the words of the page.
func (d *Door) tell(preview urls.HandOverPreview) error {
	table := tabwriter.NewWriter(d.Out, 0, 0, 2, ' ', 0)
	for _, deal := range preview.Deals {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", deal.Title, deal.Value, deal.Activity, deal.ID) // Flush tells what went wrong
	}
	for _, line := range []string{preview.Says, preview.IsNew, preview.After, preview.History} {
		if line != "" {
			_, _ = fmt.Fprintln(table, line)
		}
	}
	return table.Flush()
}
