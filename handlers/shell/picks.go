package shell

import (
	"strings"

	"golang.org/x/net/html"

	"milstolpe/process"
)

// picksField is the field that the team's own lists share in a form about a deal; each is one of its values.
const picksField = "choices"

// pick is one of the team's own lists in a form.
type pick struct {
	name    string
	at      int // which of the field's values is its own
	options []pickOption
}

// pickOption is a choice; the first of a list is that nothing is chosen.
type pickOption struct{ text, value string }

// readPicks remembers the lists of a form that was read.
func (f *form) readPicks(n *html.Node) {
	labels := map[string]string{}
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.Data == "label" {
			labels[attr(c, "for")] = strings.TrimSpace(textOf(c))
		}
	}
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || c.Data != "select" || attr(c, "name") != picksField {
			continue
		}
		p := pick{name: labels[attr(c, "id")], at: len(f.picks)}
		for o := range c.Descendants() {
			if o.Type == html.ElementNode && o.Data == "option" {
				p.options = append(p.options, pickOption{strings.TrimSpace(textOf(o)), attr(o, "value")})
			}
		}
		f.picks = append(f.picks, p)
	}
}

// pickAll chooses of the team's own lists what is given by name, as in Region=North; Region= chooses nothing. A page without the form will say
// itself why it has none.
func (f *form) pickAll(given []string) error {
	if len(f.values) == 0 {
		return nil
	}
	var p process.Problems
	done := map[int]bool{}
	for _, one := range given {
		name, choice, _ := strings.Cut(one, "=")
		list, option, err := f.picked(name, choice)
		switch {
		case err != nil:
			p.Join(err)
		case done[list.at]:
			p.Add("choice", "cli.choice_twice", list.name)
		default:
			done[list.at] = true
			f.values[picksField][list.at] = option.value
		}
	}
	return p.OrNil()
}

// picked finds a list and a choice that it offers by their names, compared without case and stray blanks.
func (f *form) picked(name, choice string) (pick, pickOption, error) {
	if len(f.picks) == 0 {
		return pick{}, pickOption{}, process.Wrong("choice", "cli.no_lists")
	}
	var lists []string
	for _, l := range f.picks {
		lists = append(lists, l.name)
		if process.FoldName(l.name) != process.FoldName(name) {
			continue
		}
		if strings.TrimSpace(choice) == "" {
			return l, l.options[0], nil
		}
		var offered []string
		for _, o := range l.options[1:] {
			if process.FoldName(o.text) == process.FoldName(choice) {
				return l, o, nil
			}
			offered = append(offered, o.text)
		}
		return l, pickOption{}, process.Wrong("choice", "cli.bad_choice", l.name, choice, strings.Join(offered, ", "))
	}
	return pick{}, pickOption{}, process.Wrong("choice", "cli.bad_choice", "--choice", name, strings.Join(lists, ", "))
}
