package shell

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strings"

	"milstolpe/handlers/urls"
	"milstolpe/process"
)

// Door is how a command gets in, and where it says what was done.
type Door struct {
	// Enter gives an address that is good once, and what is to be done when the command has ended.
	Enter func(context.Context) (address string, leave func() error, err error)
	Lang  string
	Out   io.Writer
	Talk  io.Writer // where it says that what was done waits on this computer
}

// Commands are those about deals. A deal is named by its identity, by its reference in another system, or by words that only one has.
type Commands struct {
	Add     Add     `cmd:""`
	Reach   Reach   `cmd:""`
	Next    Next    `cmd:""`
	Close   Close   `cmd:""`
	Journal Journal `cmd:""`
}

// inside does something on the pages.
func (d *Door) inside(ctx context.Context, do func(*client) error) error {
	address, leave, err := d.Enter(ctx)
	if err != nil {
		return err
	}
	c, err := enter(ctx, address, d.Lang)
	if err == nil {
		err = do(c)
	}
	return errors.Join(err, leave())
}

// fields are names of a form's fields and what to write into them, in turn.
type fields []string

// fill opens the form, fills it in and sends it; what was done is data.
func (d *Door) fill(ctx context.Context, c *client, page, action string, with fields) error {
	f, err := c.open(ctx, page, action)
	if err != nil {
		return err
	}
	f.fillAll(with)
	_, err = d.sent(ctx, c, f)
	return err
}

// fillAll writes into each field what was given for it.
func (f *form) fillAll(with fields) {
	for i := 0; i+1 < len(with); i += 2 {
		f.fill(with[i], with[i+1])
	}
}

// sent sends a form; what was done is data, with its page where that is new.
func (d *Door) sent(ctx context.Context, c *client, f *form) (address string, err error) {
	done, err := c.send(ctx, f)
	if err != nil {
		return "", err
	}
	if done.Done != "" {
		_, err = io.WriteString(d.Out, done.Done+"\n")
	}
	if done.Waits != "" {
		_, _ = io.WriteString(d.Talk, done.Waits+"\n")
	}
	return done.Address, err
}

// mostNamed is how many deals are named where several can be meant.
const mostNamed = 5

// find is the one deal that is meant.
func find(ctx context.Context, c *client, named string) (urls.FoundDeal, error) {
	var list []urls.FoundDeal
	if err := c.get(ctx, urls.FindDealsPath+"?"+url.Values{"q": {named}}.Encode(), &list); err != nil {
		return urls.FoundDeal{}, err
	}
	switch len(list) {
	case 0:
		return urls.FoundDeal{}, process.Wrong("deal", "cli.deal.none", named)
	case 1:
		return list[0], nil
	}
	var titles []string
	for _, d := range list[:min(len(list), mostNamed)] {
		titles = append(titles, d.Title+" ("+string(d.ID)+")")
	}
	return urls.FoundDeal{}, process.Wrong("deal", "cli.deal.several", named, len(list), strings.Join(titles, "; "))
}

// milestone is the one that is meant, by its key or by words that only one has in its name.
func milestone(d urls.FoundDeal, named string) (process.MilestoneID, error) {
	var found []urls.FoundMilestone
	wanted := process.FoldName(named)
	for _, m := range d.Milestones {
		if string(m.Key) == named || process.FoldName(m.Name) == wanted {
			return m.Key, nil
		}
		if wanted != "" && strings.Contains(process.FoldName(m.Name), wanted) {
			found = append(found, m)
		}
	}
	if len(found) == 1 {
		return found[0].Key, nil
	}
	var names []string
	for _, m := range d.Milestones {
		names = append(names, string(m.Key)+" ("+m.Name+")")
	}
	return "", process.Wrong("milestone", "cli.deal.which_milestone", named, strings.Join(names, "; "))
}

// Add is deal add. What is not given is as on the page for a new deal.
type Add struct {
	Customer                       string `arg:""`
	Name, Value, Currency, Process string
	Seller, Expected, On, Source   string
	Contact, Role, Email, Phone    string
	Next, Due                      string
	Choice                         []string `sep:"none"` // of the team's own lists: Region=North
}

// Run opens the deal, and writes what was done and the identity that it has got.
func (a *Add) Run(ctx context.Context, d *Door) error {
	return d.inside(ctx, func(c *client) error {
		f, err := c.open(ctx, "/deals/new", "/deals/new")
		if err != nil {
			return err
		}
		f.fillAll(fields{
			"customer", a.Customer, "name", a.Name, "value", a.Value, "currency", a.Currency, "process", a.Process, "seller", a.Seller,
			"expected_close", a.Expected, "on", a.On, "source", a.Source, "contact", a.Contact, "role", a.Role, "email", a.Email, "phone", a.Phone,
			"next", a.Next, "due", a.Due,
		})
		if err := f.pickAll(a.Choice); err != nil {
			return err
		}
		address, err := d.sent(ctx, c, f)
		if err != nil {
			return err
		}
		id, err := url.PathUnescape(strings.TrimPrefix(address, "/deals/"))
		if err != nil {
			return process.Wrong("deal", "cli.deal.none", address)
		}
		_, err = io.WriteString(d.Out, id+"\n")
		return err
	})
}

// Reach is deal reach: the buyer has done what a milestone says.
type Reach struct {
	Deal              string `arg:""`
	Milestone         string `arg:""`
	On, Who, Evidence string
}

// Run marks the milestone. One that is marked already is corrected on its page, where what stands can be seen.
func (r *Reach) Run(ctx context.Context, d *Door) error {
	return d.inside(ctx, func(c *client) error {
		deal, err := find(ctx, c, r.Deal)
		if err != nil {
			return err
		}
		key, err := milestone(deal, r.Milestone)
		if err != nil {
			return err
		}
		page := urls.DealPath(deal.ID)
		query, action := "?"+url.Values{"form": {"reach"}, "m": {string(key)}}.Encode(), page+"/milestones/"+url.PathEscape(string(key))+"/reach"
		f, err := c.open(ctx, page+query, action)
		if err != nil {
			return err
		}
		if f.values.Get("base") != "" {
			return process.Wrong("milestone", "cli.deal.reached_already", deal.Title)
		}
		return d.fill(ctx, c, page+query, action, fields{"on", r.On, "who", r.Who, "evidence", r.Evidence})
	})
}

// Next is deal next: our next activity, in place of the one that was planned.
type Next struct {
	Deal      string `arg:""`
	Text      string `arg:""`
	Due, Time string
}

// Run plans it. A day that is not given is none: it belonged to the activity before.
func (n *Next) Run(ctx context.Context, d *Door) error {
	return d.inside(ctx, func(c *client) error {
		deal, err := find(ctx, c, n.Deal)
		if err != nil {
			return err
		}
		page := urls.DealPath(deal.ID)
		f, err := c.open(ctx, page+"?form=next", page+"/next")
		if err != nil {
			return err
		}
		for name, value := range map[string]string{"text": n.Text, "due": n.Due, "time": n.Time} {
			f.values.Set(name, value)
		}
		_, err = d.sent(ctx, c, f)
		return err
	})
}

// Close is deal close: how the deal has ended.
type Close struct {
	Deal                                            string `arg:""`
	Outcome                                         string `arg:""`
	On, Value, Currency, Reason, Competitor, SaidBy string
}

// Run ends the deal. The reason is the buyer's: for a deal that was won why we won it, for another why we did not.
func (e *Close) Run(ctx context.Context, d *Door) error {
	reason := "own"
	if e.Outcome == string(process.Won) {
		reason = "won_by"
	}
	return d.inside(ctx, func(c *client) error {
		deal, err := find(ctx, c, e.Deal)
		if err != nil {
			return err
		}
		if !deal.Open {
			return &process.Error{Kind: process.Invalid, Msg: "deal.already_closed"}
		}
		page := urls.DealPath(deal.ID) + "/close"
		return d.fill(ctx, c, page, page, fields{
			"outcome", e.Outcome, "on", e.On, "value", e.Value, "currency", e.Currency, reason, e.Reason, "competitor", e.Competitor, "said_by", e.SaidBy,
		})
	})
}

// Journal is deal journal: what we have done.
type Journal struct {
	Deal string `arg:""`
	Text string `arg:""`
	On   string
}

// Run writes the entry.
func (j *Journal) Run(ctx context.Context, d *Door) error {
	return d.inside(ctx, func(c *client) error {
		deal, err := find(ctx, c, j.Deal)
		if err != nil {
			return err
		}
		page := urls.DealPath(deal.ID)
		return d.fill(ctx, c, page+"?form=journal", page+"/journal", fields{"entry", j.Text, "written", j.On})
	})
}
