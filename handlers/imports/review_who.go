package imports

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
)

// whoRow asks whom a name in the list means. What is chosen is empty where somebody has to choose.
type whoRow struct {
	Name, NameField string // the name in the list, and what the field with it is called
	Control         parts.Field
}

const (
	whoSeller, whoCustomer = "who_seller", "who_customer"
	// askedAtOnce is how many names of a kind a page asks about; the others are asked about when these are answered.
	askedAtOnce = 100
	// colleaguesOffered is how many of us a name can be said to be, besides those it is like.
	colleaguesOffered = 60
	// namesTold is how many names that are read as others are told.
	namesTold = 40
)

// who asks about the names that are like others, and tells as whom the others are read.
func (page *reviewPage) who(v *web.Request, job *importJob, people []string, plan *importer.Plan) {
	here := func(kind string, m *importer.NameMatch) bool { return slices.Contains(job.Said, kind+":"+m.Name) }
	var fresh []string
	for i := range plan.Sellers {
		m := &plan.Sellers[i]
		switch {
		case m.Asks() || here(whoSeller, m) || !m.Known && !m.Said && len(people) > 0 && len(people) <= colleaguesOffered:
			page.Sellers = append(page.Sellers, newWhoRow(v, whoSeller, m, people))
		case !m.Known && !m.Said:
			fresh = append(fresh, m.Name)
			page.readAs(v, m)
		default:
			page.readAs(v, m)
		}
	}
	page.NewSellers = and(v.Text, fresh[:min(len(fresh), namesTold)])
	for i := range plan.Customers {
		m := &plan.Customers[i]
		if m.Asks() || here(whoCustomer, m) {
			page.Customers = append(page.Customers, newWhoRow(v, whoCustomer, m, nil))
		} else {
			page.readAs(v, m)
		}
	}
	asked := func(rows []whoRow) []whoRow {
		rows = rows[:min(len(rows), askedAtOnce)]
		for i := range rows {
			r, at := &rows[i], "."+strconv.Itoa(i)
			kind := r.Control.Name
			r.NameField, r.Control.Name = kind+"_name"+at, kind+at
			page.pointAt(kind+":"+r.Name, r.Control.Name)
			r.Control.Fault = page.Faults.At(r.Control.Name)
		}
		return rows
	}
	slices.SortStableFunc(page.Sellers, func(a, b whoRow) int { return strings.Compare(a.order(), b.order()) })
	page.Sellers, page.Customers = asked(page.Sellers), asked(page.Customers)
}

// pointAt lets a fault lead to a control.
func (page *reviewPage) pointAt(fault, control string) {
	for i := range page.Faults.List {
		if page.Faults.List[i].Field == fault {
			page.Faults.List[i].Field = control
		}
	}
}

// order puts what has to be chosen first, and then what is read as another name.
func (r whoRow) order() string {
	switch r.Control.Value {
	case "":
		return "a"
	case r.Name:
		return "c"
	}
	return "b"
}

// readAs tells which spellings are read as a name without a question, because they are equal or because somebody has said so.
func (page *reviewPage) readAs(v *web.Request, m *importer.NameMatch) {
	if spellings := m.Spellings(); len(spellings) > 0 && len(page.ReadAs) < namesTold {
		page.ReadAs = append(page.ReadAs, v.T("import.read_as", strings.Join(spellings, ", "), m.Means))
	}
}

func newWhoRow(v *web.Request, kind string, m *importer.NameMatch, people []string) whoRow {
	row := whoRow{Name: m.Name, Control: parts.Field{Name: kind, Label: v.T("import.who_name", m.Name, m.Deals), Value: m.Means, Kind: "select"}}
	if m.Means == "" {
		row.Control.Options = append(row.Control.Options, parts.OptionOf("", v.T("import.choose")))
	}
	var offered []string
	offer := func(name string) {
		if !slices.Contains(offered, name) {
			offered = append(offered, name)
			row.Control.Options = append(row.Control.Options, parts.OptionOf(name, name))
		}
	}
	for _, l := range m.Likely {
		offer(l.Name)
	}
	row.Control.Options = append(row.Control.Options, parts.OptionOf(m.Name, v.T("import.new_"+strings.TrimPrefix(kind, "who_"), m.Name)))
	offered = append(offered, m.Name)
	if m.Means != "" {
		offer(m.Means)
	}
	for _, p := range people[:min(len(people), colleaguesOffered)] {
		offer(p)
	}
	return row
}

// answer takes who is who from the form. Somebody who is new and like nobody needs no answer.
func (job *importJob) answer(m *columns.Mapping, posted url.Values) (named bool) {
	take := func(kind string, answers map[string]string) map[string]string {
		fresh := map[string]string{}
		for name, means := range answers {
			fresh[name] = means
		}
		for i := 0; posted.Has(kind + "." + strconv.Itoa(i)); i++ {
			at := "." + strconv.Itoa(i)
			name, means := posted.Get(kind+"_name"+at), strings.TrimSpace(posted.Get(kind+at))
			if name != "" && means != "" && fresh[name] != means {
				fresh[name], named = means, true
				if said := kind + ":" + name; !slices.Contains(job.Said, said) {
					job.Said = append(job.Said, said)
				}
			}
		}
		return fresh
	}
	m.Sellers, m.Customers = take(whoSeller, m.Sellers), take(whoCustomer, m.Customers)
	return answerWords(m, posted) || named
}

// unsaid are the names of a plan that are like others, and of which nobody has said whom they mean.
func unsaid(plan *importer.Plan) error {
	var faults process.Problems
	sellers, customers := plan.Questions()
	for kind, matches := range map[string][]importer.NameMatch{whoSeller: sellers, whoCustomer: customers} {
		for _, m := range matches[:min(len(matches), askedAtOnce)] {
			faults.Add(kind+":"+m.Name, "import.say_who", m.Name)
		}
	}
	return faults.OrNil()
}
