package process

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"milstolpe/process/money"
)

// Definition is what a team has written down about how it is sold to: the milestones at the buyer, in order.
type Definition struct {
	Name       string      `json:"name"`
	Purpose    string      `json:"purpose,omitempty"`
	Roles      []Role      `json:"roles,omitempty"` // at the buyer
	Milestones []Milestone `json:"milestones"`
}

// Milestone is something the buyer does, that another person could verify, and that has a date.
type Milestone struct {
	Key       MilestoneID  `json:"key"`
	Name      string       `json:"name"` // in the buyer's voice
	Criterion string       `json:"criterion,omitempty"`
	Why       string       `json:"why,omitempty"`
	Required  bool         `json:"required"`
	Evidence  EvidenceRule `json:"evidence,omitempty"`
	Patience  *int         `json:"patience_days"` // normal wait for it in days; none: learned (model, section 4)
	OurPart   string       `json:"our_part,omitempty"`
	Role      RoleID       `json:"role,omitempty"` // who must stand behind it; none: anybody
}

// EvidenceRule says whether a milestone can be marked without evidence.
type EvidenceRule string

// The rules; empty means optional.
const (
	EvidenceOptional EvidenceRule = "optional"
	EvidenceRequired EvidenceRule = "required"
)

// MaxMilestones keeps a process something that people can hold in their heads, and the arithmetic small.
const MaxMilestones = 40

// maxPatience is the longest normal wait in days: the horizon of the model.
const maxPatience = 1095

var keyForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// Required are the keys of the required milestones, in order: r1 … rG of the model.
func (d *Definition) Required() []MilestoneID {
	keys := make([]MilestoneID, 0, len(d.Milestones))
	for i := range d.Milestones {
		if d.Milestones[i].Required {
			keys = append(keys, d.Milestones[i].Key)
		}
	}
	return keys
}

// Milestone finds a milestone by its key.
func (d *Definition) Milestone(key MilestoneID) (*Milestone, bool) {
	i := slices.IndexFunc(d.Milestones, func(m Milestone) bool { return m.Key == key })
	if i < 0 {
		return nil, false
	}
	return &d.Milestones[i], true
}

// Patience is the written normal wait at a number of passed required milestones, that is for the next one; none: learned.
func (d *Definition) Patience(passed int) (days int, ok bool) {
	for i := range d.Milestones {
		if m := &d.Milestones[i]; m.Required {
			if passed == 0 {
				if m.Patience == nil {
					return 0, false
				}
				return *m.Patience, true
			}
			passed--
		}
	}
	return 0, false
}

// Check finds everything that keeps the definition from being published, in the order of the form. Fields are named
// milestones.2.name.
func (d *Definition) Check() error {
	var p Problems
	p.Text("name", d.Name, 1, MaxName)
	p.Text("purpose", d.Purpose, 0, MaxText)
	if len(d.Milestones) == 0 {
		p.Add("milestones", "process.no_milestones")
	}
	if len(d.Milestones) > MaxMilestones {
		p.Add("milestones", "process.too_many_milestones", MaxMilestones)
	}
	seen := map[MilestoneID]bool{}
	for i := range d.Milestones {
		d.Milestones[i].check("milestones."+strconv.Itoa(i)+".", seen, &p)
	}
	d.checkRoles(&p)
	return p.OrNil()
}

func (m *Milestone) check(at string, seen map[MilestoneID]bool, p *Problems) {
	switch {
	case !keyForm.MatchString(string(m.Key)):
		p.Add(at+"key", "process.bad_key", string(m.Key))
	case seen[m.Key]:
		p.Add(at+"key", "process.key_twice", string(m.Key))
	}
	seen[m.Key] = true
	p.Text(at+"name", m.Name, 1, MaxName)
	p.Text(at+"criterion", m.Criterion, 0, MaxText)
	p.Text(at+"why", m.Why, 0, MaxText)
	p.Text(at+"our_part", m.OurPart, 0, MaxText)
	if m.Evidence != "" && m.Evidence != EvidenceOptional && m.Evidence != EvidenceRequired {
		p.Add(at+"evidence", "process.bad_evidence_rule", string(m.Evidence))
	}
	if m.Patience != nil && (*m.Patience < 1 || *m.Patience > maxPatience) {
		p.Add(at+"patience_days", "process.bad_patience", maxPatience)
	}
}

// Text adds a problem where the text is shorter than least or longer than most, in characters.
func (p *Problems) Text(field, text string, least, most int) {
	if err := CheckText(field, text, least, most); err != nil {
		p.Join(err)
	}
}

// KeyFor makes a milestone key from a name that is not in taken: "Pengar avsatta" gives pengar_avsatta.
func KeyFor(name string, taken func(MilestoneID) bool) MilestoneID {
	base := strings.Trim(notKey.ReplaceAllString(swedish.Replace(strings.ToLower(name)), "_"), "_")
	if len(base) > 48 {
		base = strings.TrimRight(base[:48], "_")
	}
	if base == "" {
		base = "milestone"
	}
	key := MilestoneID(base)
	for n := 2; taken(key); n++ {
		key = MilestoneID(base + "_" + strconv.Itoa(n))
	}
	return key
}

var (
	notKey  = regexp.MustCompile(`[^a-z0-9]+`)
	swedish = strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "é", "e", "ü", "u", "ø", "o", "æ", "ae")
)

// Position is where the milestone stands in the list, from 0; -1 when it is not there.
func Position(d *Definition, key MilestoneID) int {
	return slices.IndexFunc(d.Milestones, func(m Milestone) bool { return m.Key == key })
}

// Check adds what is wrong with the evidence for the milestone: too long, a link that is no address, missing where it is required.
func (e Evidence) Check(m *Milestone, p *Problems) {
	p.Text("evidence", e.Text, 0, MaxText)
	p.Text("link", e.Link, 0, MaxText)
	if e.Link != "" && !strings.HasPrefix(e.Link, "https://") && !strings.HasPrefix(e.Link, "http://") && !strings.HasPrefix(e.Link, "mailto:") {
		p.Add("link", "milestone.bad_link")
	}
	if m.Evidence == EvidenceRequired && strings.TrimSpace(e.Text) == "" && strings.TrimSpace(e.Link) == "" {
		p.Add("evidence", "milestone.evidence_required")
	}
}

// Clone copies the definition, so that the copy can be changed.
func (d *Definition) Clone() Definition {
	c := *d
	c.Milestones, c.Roles = slices.Clone(d.Milestones), slices.Clone(d.Roles)
	return c
}

// With is the definition with a milestone put in the place of the one that has its key; one that has none yet comes last, and one with
// an empty key gets a key made from its name.
func (d *Definition) With(m Milestone) Definition {
	c := d.Clone()
	if m.Key == "" {
		m.Key = KeyFor(m.Name, func(k MilestoneID) bool { return Position(d, k) >= 0 })
	}
	if at := Position(&c, m.Key); at >= 0 {
		c.Milestones[at] = m
	} else {
		c.Milestones = append(c.Milestones, m)
	}
	return c
}

// Without is the definition without a milestone.
func (d *Definition) Without(key MilestoneID) Definition {
	c := d.Clone()
	c.Milestones = slices.DeleteFunc(c.Milestones, func(m Milestone) bool { return m.Key == key })
	return c
}

// Moved is the definition with a milestone so many places further down, or up if it is negative; at most to the end.
func (d *Definition) Moved(key MilestoneID, places int) Definition {
	c := d.Clone()
	at := Position(&c, key)
	if at < 0 {
		return c
	}
	m := c.Milestones[at]
	to := min(max(at+places, 0), len(c.Milestones)-1)
	c.Milestones = slices.Insert(slices.Delete(c.Milestones, at, at+1), to, m)
	return c
}

// Amount checks a value, if there is one.
func (p *Problems) Amount(v *money.Amount) {
	if v == nil {
		return
	}
	if v.Minor < 0 || v.Minor > money.Limit {
		p.Add("value", "deal.bad_value")
	}
	if !money.ValidCurrency(v.Currency) {
		p.Add("currency", "setting.bad_currency", v.Currency)
	}
}
