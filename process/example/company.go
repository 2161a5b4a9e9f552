package example

import (
	"fmt"
	"math"
	"strings"

	"milstolpe/process"
	"milstolpe/process/money"
)

// company is the whole story: first what happens, then what is written down about it.
type company struct {
	t     *texts
	dice  rng
	first process.Date // the day on which the file is founded
	last  int          // the last day on which anything is recorded

	deals       []*deal
	entries     []entry
	newBusiness process.ProcessID // known once it is published
	renewals    process.ProcessID
}

// deal is one deal as it really is.
type deal struct {
	timeline
	course   *course
	number   int
	dice     *rng
	id       process.DealID // known once it is recorded
	name     string
	customer *customer
	seller   int
	opened   int
	worth    float64 // what it comes to in the end, in kronor of its own currency
	renewal  bool
}

// How many deals begin in as many days, whether or not the story gets that far.
const (
	span         = 1230
	manyProjects = 292
	manyRenewals = 142
	manyAtStart  = 34 // begun before there was a file; those that are still alive are entered in the first days
	changeDay    = 500
	kronaPerNOK  = 0.97
)

// happen decides everything that happens at the buyers.
func (c *company) happen() {
	d := c.dice.fork("customers", 0)
	var swedish, norwegian int
	fresh := func() *customer {
		if d.chance(0.17) {
			norwegian++
			return customerNumber(norwegian, true, c.t, d)
		}
		swedish++
		return customerNumber(swedish, false, c.t, d)
	}
	var known []*customer
	for range 26 {
		known = append(known, fresh())
	}
	for i, opened := range c.openings() {
		renewal := c.renewalAt(i)
		who := pick(d, known)
		if !renewal && d.chance(0.72) {
			who = fresh()
			known = append(known, who)
		}
		c.deals = append(c.deals, c.begin(i, opened, renewal, who))
	}
}

// openings are the days on which deals begin, evenly with a little disorder, and somewhat more of them as time goes by.
func (c *company) openings() []int {
	d := c.dice.fork("openings", 0)
	var days []int
	for i := range manyAtStart {
		days = append(days, -1-i*4)
	}
	for _, many := range []int{manyProjects, manyRenewals} {
		for i := range many {
			days = append(days, int(span*math.Pow((float64(i)+d.share())/float64(many), 0.86)))
		}
	}
	return days
}

func (c *company) renewalAt(i int) bool {
	if i < manyAtStart {
		return i%3 == 2
	}
	return i >= manyAtStart+manyProjects
}

// begin decides the whole life of one deal.
func (c *company) begin(number, opened int, renewal bool, who *customer) *deal {
	d := c.dice.fork("deal", number)
	one := &deal{course: &newBusiness, number: number, dice: d, customer: who, seller: who.seller, renewal: renewal}
	if renewal {
		one.course = &renewals
	}
	one.opened = opened
	one.timeline = live(one.course, d, opened)
	one.worth = rounded(d.around(one.course.value, one.course.spread))
	if who.foreign {
		one.worth = rounded(one.worth / kronaPerNOK)
	}
	day := c.first.AddDays(opened)
	if renewal {
		year := day.Year()
		if day.Month() > 6 {
			year++
		}
		one.name = fmt.Sprintf(pick(d, c.t.Agreements), year)
	} else {
		one.name = pick(d, c.t.Objects)
	}
	if d.chance(sellers[one.seller].outOfTurn) {
		swapped(one.turns, d)
	}
	if !renewal && d.chance(0.02) && opened > 60 { // somebody had entered it before
		one.end = opened + d.between(3, 20)
		one.turns, one.outcome = []turn{{one.end, closed, ""}}, process.Void
	}
	c.settle(one)
	return one
}

// settle moves what happens to days on which people work, and what began before the file to its first days.
func (c *company) settle(one *deal) {
	least := 0
	if one.opened < 0 {
		least = one.number % 5
	}
	shift := 0
	for i := range one.turns {
		t := &one.turns[i]
		if day := c.first.AddDays(t.day + shift); t.day+shift > 0 && onHoliday(day) && one.dice.chance(0.6) {
			shift += 12 // the rest of the deal waits too
		}
		t.day = c.workday(max(t.day+shift, least))
	}
	one.end = one.turns[len(one.turns)-1].day
	one.opened = c.workday(max(one.opened, least))
}

// alive tells that the deal was worth entering on the first days.
func (one *deal) alive() bool { return one.end > one.opened+4 || one.number >= manyAtStart }

// workday is the day, or the next one on which the company works.
func (c *company) workday(n int) int {
	for {
		day := c.first.AddDays(n)
		weekend := day.Weekday() == 0 || day.Weekday() == 6
		feast := day.Month() == 12 && day.Day() >= 24 && day.Day() <= 26 || day.Month() == 1 && (day.Day() == 1 || day.Day() == 6)
		if !weekend && !feast {
			return n
		}
		n++
	}
}

func onHoliday(day process.Date) bool {
	return day.Month() == 7 && day.Day() > 4 || day.Month() == 12 && day.Day() > 20
}

// rounded is an amount as people write it.
func rounded(kronor float64) float64 {
	unit := 1000.0
	if kronor < 50_000 {
		unit = 500
	}
	return math.Round(kronor/unit) * unit
}

func (one *deal) currency() string {
	if one.customer.foreign {
		return "NOK"
	}
	return "SEK"
}

func (one *deal) amount(kronor float64) *money.Amount {
	a := money.FromMajor(rounded(kronor), one.currency())
	return &a
}

// about puts a person at the buyer into a text.
func about(text string, who contact) string {
	first, _, _ := strings.Cut(who.name, " ")
	return strings.NewReplacer("{who}", who.name, "{first}", first).Replace(text)
}
