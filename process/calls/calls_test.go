package calls_test

import (
	"fmt"
	"testing"
	"time"

	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/money"
	"milstolpe/process/register"
)

var (
	today    = process.MustDate("2026-06-01")
	calendar = process.Calendar{FiscalYearStart: time.January}
)

func kronor(n int64) money.Amount { return money.New(n*100, "SEK") }

// diary is a book and how many facts it was given; each has an identity of its own.
type diary struct {
	*calls.Book
	n byte
}

func newDiary() *diary { return &diary{Book: calls.NewBook(register.Retractions{})} }

func (d *diary) apply(facts ...process.Fact) {
	for _, f := range facts {
		d.n++
		d.Apply(process.EventID{15: d.n}, f, f.Recorded())
	}
	d.Join(nil)
}

func TestACallThatDiffersFromTheLayerBelowAsksWhy(t *testing.T) {
	own := calls.Call{Period: "2026-Q2", Layer: process.SellerLayer, Seller: "anna", Amount: kronor(500)}
	for name, c := range map[string]struct {
		change func(*calls.Call)
		below  money.Amount
		wrong  bool
	}{
		"the same number needs no reason": {func(*calls.Call) {}, kronor(500), false},
		"another needs one":               {func(*calls.Call) {}, kronor(400), true},
		"blanks are none":                 {func(c *calls.Call) { c.Reason = "  " }, kronor(400), true},
		"another with a reason":           {func(c *calls.Call) { c.Reason = "A large order is late" }, kronor(400), false},
		"a period that is none":           {func(c *calls.Call) { c.Period = "2026-Q5" }, kronor(500), true},
		"a layer that is none":            {func(c *calls.Call) { c.Layer = "board" }, kronor(500), true},
	} {
		t.Run(name, func(t *testing.T) {
			call := own
			c.change(&call)
			facts, err := newDiary().MakeCall(call, c.below, nil, calendar, today)
			if (process.KindOf(err) == process.Invalid) != c.wrong || (len(facts) == 1) == c.wrong {
				t.Errorf("%v, %v", facts, err)
			}
		})
	}
}

func TestACallIsReadAsItWasKnownOnADay(t *testing.T) {
	d := newDiary()
	for i, amount := range []int64{500, 450} {
		facts, err := d.MakeCall(
			calls.Call{Period: "2026-Q2", Layer: process.SellerLayer, Seller: "anna", Amount: kronor(amount), Reason: "x"}, kronor(0), nil, calendar, today.AddDays(10*i),
		)
		if err != nil || len(facts) != 1 {
			t.Fatalf("%v, %v", facts, err)
		}
		d.apply(facts...)
	}
	for day, want := range map[process.Date]int64{today.AddDays(-1): 0, today: 500, today.AddDays(9): 500, today.AddDays(10): 450} {
		call, heads, ok := d.CallOn("2026-Q2", process.SellerLayer, "anna", day)
		if ok != (want > 0) || ok && (call.Amount != kronor(want) || len(heads) != 1) {
			t.Errorf("on %s it is %v with %d heads, %v; want %d", day, call.Amount, len(heads), ok, want)
		}
	}
}

func TestSayingATargetTwiceRecordsNothing(t *testing.T) {
	d := newDiary()
	target := calls.Target{Period: "2026-Q2", Amount: kronor(1000)}
	facts, err := d.SetTarget(target, nil, calendar, today)
	if err != nil || len(facts) != 1 {
		t.Fatalf("%v, %v", facts, err)
	}
	d.apply(facts...)
	if again, err := d.SetTarget(target, nil, calendar, today); err != nil || len(again) > 0 {
		t.Errorf("said again it records %v, %v", again, err)
	}
	target.Amount = kronor(1200)
	if other, err := d.SetTarget(target, nil, calendar, today); err != nil || len(other) != 1 {
		t.Errorf("another records %v, %v", other, err)
	}
}

// Two names of one person: the targets are one person's, and the later one stands.
func TestTargetsOfOnePersonAreJoined(t *testing.T) {
	d := newDiary()
	for i, seller := range []process.PersonID{"anna", "annab"} {
		d.apply(&process.TargetSet{Stamp: process.Stamp{Known: today.AddDays(i)}, Period: "2026-Q2", Seller: seller, Amount: kronor(int64(100 * (i + 1)))})
	}
	d.Join(func(id process.PersonID) process.PersonID {
		if id == "annab" {
			return "anna"
		}
		return id
	})
	if got := d.Targets(); len(got) != 1 || got[0].Seller != "anna" || got[0].Amount != kronor(200) {
		t.Errorf("the targets are %v", got)
	}
	if _, heads, ok := d.TargetFor("2026-Q2", "annab"); !ok || len(heads) != 2 {
		t.Errorf("both are to be seen: %d, %v", len(heads), ok)
	}
}

// All and Targets are listed by period, then by layer and seller, the team's own first.
func TestCallsAndTargetsAreListedInOrder(t *testing.T) {
	d := newDiary()
	for _, seller := range []process.PersonID{"erik", "", "anna"} {
		d.apply(&process.TargetSet{Stamp: process.Stamp{Known: today}, Period: "2026-Q3", Seller: seller, Amount: kronor(1)})
		d.apply(&process.CallMade{Stamp: process.Stamp{Known: today}, Period: "2026-Q3", Layer: process.SellerLayer, Seller: seller, Amount: kronor(1)})
	}
	d.apply(&process.TargetSet{Stamp: process.Stamp{Known: today}, Period: "2026-Q2", Seller: "erik", Amount: kronor(1)})
	var targets, made []string
	for _, x := range d.Targets() {
		targets = append(targets, x.Period+string(x.Seller))
	}
	for _, x := range d.All() {
		made = append(made, x.Value.Period+string(x.Value.Seller))
	}
	if got := fmt.Sprint(targets); got != "[2026-Q2erik 2026-Q3 2026-Q3anna 2026-Q3erik]" {
		t.Errorf("targets %s", got)
	}
	if got := fmt.Sprint(made); got != "[2026-Q3 2026-Q3anna 2026-Q3erik]" {
		t.Errorf("calls %s", got)
	}
	if got := fmt.Sprint(d.CallersFor("2026-Q3")); got != "[anna erik]" {
		t.Errorf("callers %s", got)
	}
}
