package importer

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// WordMatch is a word of a list that is to be a choice of one of the team's own lists, and is none of those that are there.
type WordMatch struct {
	Header, Word string
	List         string // what the team's list is called, or will be
	FreshList    bool   // the list is made by this import
	Deals        int
	Means        string // the choice that it is read as: its own name for one that is added, empty where it is left out
	Said         bool   // somebody has said so
}

// newChoicesAtMost is how many choices an import adds to a list. A column with more different words than that is no list.
const newChoicesAtMost = 100

// cellChoice is what a cell says of one of the team's own lists.
type cellChoice struct {
	list         process.ListID
	header, word string
}

// choice takes a cell that says which choice of a list a deal has.
func (r *record) choice(list process.ListID, header, text string) error {
	word := ""
	err := r.text(&word, text, process.MaxName)
	if err == nil {
		r.choices = append(r.choices, cellChoice{list, header, word})
	}
	return err
}

// chooser turns words into choices. Facts that add a list or a choice are recorded with the first deal that needs them.
type chooser struct {
	k       *planner
	lists   map[process.ListID]*listWords
	answers map[string]map[string]string // by folded header and word
	asked   map[string]int               // place in the plan by header and word
	fresh   map[process.ListID][]string  // choices that are to be added
}

// listWords are the choices of a list by their names, those that are there and those that the import adds.
type listWords struct {
	name    string
	choices map[string]process.ChoiceID
	waiting map[process.ChoiceID]process.Fact // that adds a choice
	made    process.Fact                      // that adds the list; nil when it is there, or recorded
}

// sortWords finds out which choices the words of a list mean, adds those that are new where that may be, and refuses the others.
func (k *planner) sortWords(records []*record) {
	c := &chooser{k: k, lists: map[process.ListID]*listWords{}, answers: map[string]map[string]string{}}
	k.chooser = c
	for header, words := range k.Mapping.Choices {
		folded := map[string]string{}
		for word, means := range words {
			folded[process.FoldName(word)] = means
		}
		c.answers[process.FoldName(header)] = folded
	}
	c.asked, c.fresh = map[string]int{}, map[process.ListID][]string{}
	for _, r := range records {
		for i := range r.choices {
			if r.skip == nil {
				c.ask(&r.choices[i])
			}
		}
	}
	for _, r := range records {
		for _, w := range r.choices {
			if _, made := c.lists[w.list]; !made {
				c.lists[w.list] = c.words(k.team.Lists(), w.list, w.header, c.fresh[w.list])
			}
		}
	}
	for _, r := range records {
		k.checkChoices(r)
	}
}

// ask notes a word that is no choice, and what it is to mean.
func (c *chooser) ask(w *cellChoice) {
	key := process.FoldName(w.word)
	means, said := c.answers[process.FoldName(w.header)][key]
	if !said {
		means = w.word
	}
	l, there := c.k.team.Lists().List(w.list)
	_, is := l.ByName(means)
	if is && !said {
		return
	}
	at := process.FoldName(w.header) + "\x1f" + key
	n, known := c.asked[at]
	if !known {
		n = len(c.k.plan.Words)
		c.asked[at] = n
		c.k.plan.Words = append(c.k.plan.Words, WordMatch{Header: w.header, Word: w.word, List: cmp.Or(l.Name, w.header), FreshList: !there, Means: means, Said: said})
		if means != "" && !is && (said || c.k.NewChoices) {
			c.fresh[w.list] = append(c.fresh[w.list], means)
		}
	}
	c.k.plan.Words[n].Deals++
}

// words are the choices of a list together with new ones.
func (c *chooser) words(book *picklists.Book, id process.ListID, header string, fresh []string) *listWords {
	l, there := book.List(id)
	w := &listWords{name: cmp.Or(l.Name, header), choices: map[string]process.ChoiceID{}, waiting: map[process.ChoiceID]process.Fact{}}
	for _, choice := range l.Choices {
		if key := process.FoldName(choice.Name); w.choices[key] == "" || !choice.Retired {
			w.choices[key] = choice.ID
		}
	}
	if len(fresh) > newChoicesAtMost {
		return w
	}
	facts, err := book.AddChoices(id, fresh, c.k.news())
	if err != nil {
		return w
	}
	if !there {
		w.made = &process.ListNamed{Stamp: c.k.news(book.ListHeads(id)...), List: id, Name: header}
	}
	for _, f := range facts {
		if named, ok := f.(*process.ChoiceNamed); ok {
			w.choices[process.FoldName(named.Name)], w.waiting[named.Choice] = named.Choice, f
		}
	}
	return w
}

// checkChoices resolves the words of a record, and refuses those that are no choices.
func (k *planner) checkChoices(r *record) {
	r.chosen = map[process.ListID]process.ChoiceID{}
	for _, w := range r.choices {
		means, said := k.chooser.answers[process.FoldName(w.header)][process.FoldName(w.word)]
		switch id, ok := k.chooser.lists[w.list].choices[process.FoldName(cmp.Or(means, w.word))]; {
		case said && means == "":
		case ok:
			r.chosen[w.list] = id
		default:
			r.fault(w.header, w.word, process.Wrong("", "import.no_such_choice", k.chooser.lists[w.list].name))
		}
	}
}

// need records what adds a list and a choice, once.
func (c *chooser) need(list process.ListID, choice process.ChoiceID) {
	w := c.lists[list]
	if w.made != nil {
		c.k.add(w.made)
		w.made = nil
	}
	if f, waits := w.waiting[choice]; waits {
		c.k.add(f)
		delete(w.waiting, choice)
	}
}

// choose gives a new deal its choices.
func (k *planner) choose(r *record, id process.DealID, s process.Stamp) {
	for _, list := range sales.SortedKeys(r.chosen) {
		k.chooser.need(list, r.chosen[list])
		k.add(&process.ChoiceSet{Stamp: s, Deal: id, List: list, Choice: r.chosen[list]})
	}
}

// updateChoices changes what the list says anew.
func (k *planner) updateChoices(r *record, d *sales.Deal, p *PlannedDeal) {
	has := d.Choices()
	for _, list := range sales.SortedKeys(r.chosen) {
		choice := r.chosen[list]
		if f := has.Register(list); f != nil && !saysAnew(f, d.Retractions(), choice, equal) {
			continue
		}
		k.chooser.need(list, choice)
		p.change(columns.ListMeaning(list), k.team.Lists().ChoiceName(list, has.Of(list)), k.wordFor(r, list))
		k.add(&process.ChoiceSet{Stamp: k.news(over(has.Heads(list))...), Deal: d.ID, List: list, Choice: choice})
	}
}

// wordFor is what the choice of a record is called in a list.
func (k *planner) wordFor(r *record, list process.ListID) string {
	i := slices.IndexFunc(r.choices, func(w cellChoice) bool { return w.list == list })
	w := r.choices[i]
	return cmp.Or(k.chooser.answers[process.FoldName(w.header)][process.FoldName(w.word)], w.word)
}
