package processtest

import (
	"fmt"
	"math"
	"math/rand/v2"

	"milstolpe/process"
	"milstolpe/process/money"
)

// Crowd is a team far larger than any story: so many deals over the four years up to a day, ten facts a deal, by fifteen sellers at a
// quarter as many customers. It is for measuring speed and memory; its deals mean nothing. The same arguments always give the same
// facts, in the order in which they became known. The founding of the file is left to the caller.
func Crowd(deals int, last process.Date) []process.Fact {
	c := crowd{rng: rand.New(rand.NewPCG(crowdSeed, 0)), first: last.AddDays(-crowdDays), last: last}
	c.setUp(max(1, deals/4))
	for i := range deals {
		c.deal(i, deals)
	}
	return c.facts
}

const (
	crowdDays       = 4 * 365
	crowdSellers    = 15
	crowdMilestones = 5
	crowdSeed       = 7
)

type crowd struct {
	rng         *rand.Rand
	first, last process.Date
	customers   int
	facts       []process.Fact
}

func (c *crowd) add(f process.Fact) { c.facts = append(c.facts, f) }

// setUp writes the process down and names sellers and customers.
func (c *crowd) setUp(customers int) {
	c.customers = customers
	at := process.Stamp{Known: c.first}
	def := process.Definition{Name: "New business"}
	for g := range crowdMilestones {
		def.Milestones = append(def.Milestones, process.Milestone{
			Key: process.MilestoneID(fmt.Sprintf("m%d", g)), Name: fmt.Sprintf("The buyer has done number %d", g+1), Required: true,
		})
	}
	c.add(&process.VersionPublished{Stamp: at, Process: "p", Version: "v", Definition: def})
	for s := range crowdSellers {
		c.add(&process.PersonNamed{Stamp: at, Person: crowdSeller(s), Name: fmt.Sprintf("Seller %02d", s+1)})
	}
	for i := range customers {
		c.add(&process.CustomerNamed{Stamp: at, Customer: crowdCustomer(i), Name: fmt.Sprintf("Customer %05d", i+1)})
	}
}

func crowdSeller(i int) process.PersonID     { return process.PersonID(fmt.Sprintf("s%02d", i)) }
func crowdCustomer(i int) process.CustomerID { return process.CustomerID(fmt.Sprintf("c%05d", i)) }

// deal is opened on its day, takes a milestone every second time and is talked about in between, until it is closed or the last day comes.
func (c *crowd) deal(i, deals int) {
	id := process.DealID(fmt.Sprintf("d%06d", i))
	day := c.first.AddDays(i * crowdDays / deals)
	value := money.New(int64(100_000*math.Exp(0.6*c.rng.NormFloat64()))*100, "SEK")
	c.add(&process.DealOpened{
		Stamp: process.Stamp{Known: day}, Deal: id, On: day, Process: "p", Version: "v", Name: fmt.Sprintf("Deal %06d", i+1),
		Customer: crowdCustomer(c.rng.IntN(c.customers)), Seller: crowdSeller(c.rng.IntN(crowdSellers)), Value: &value, ExpectedClose: day + 90,
	})
	open := true
	for k := range 9 {
		day += process.Date(1 + c.rng.IntN(25)) //nolint:gosec // a few days
		if day > c.last {
			return
		}
		at := process.Stamp{Known: day}
		switch {
		case open && k%2 == 0:
			c.add(&process.MilestoneReached{Stamp: at, Deal: id, Milestone: process.MilestoneID(fmt.Sprintf("m%d", k/2)), On: day})
		case open && (k == 7 || c.rng.Float64() < 0.25):
			c.add(&process.DealClosed{Stamp: at, Deal: id, Outcome: []process.Outcome{process.Won, process.Lost}[c.rng.IntN(2)], On: day, Reason: "price"})
			open = false
		default:
			c.add(&process.JournalWritten{Stamp: at, Deal: id, On: day, Text: "Talked on the phone, they will come back to us"})
		}
	}
}
