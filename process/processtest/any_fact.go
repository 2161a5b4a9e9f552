package processtest

import (
	"math/rand/v2"
	"reflect"
	"slices"

	"pgregory.net/rapid"

	"milstolpe/process"
)

// Drawer fills facts with values of few kinds, so that the facts of one set are about the same things and get in each other's way. It
// throws its own dice: rapid's favour the first of every list, and here the last ones matter as much.
type Drawer struct {
	Dice *rand.Rand
	ids  []process.EventID // what bases may name
}

// NewDrawer draws facts that may name these events in their bases.
func NewDrawer(rt *rapid.T, ids ...process.EventID) Drawer {
	return Drawer{rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1)), ids}
}

func one[T any](d Drawer, list []T) T { return list[d.Dice.IntN(len(list))] }

// pools are what the fields of a type are drawn from. A type that is not here is filled by its kind.
var pools = map[reflect.Type][]any{
	reflect.TypeFor[process.DealID]():       {process.DealID("d1"), process.DealID("d2"), process.DealID("d3")},
	reflect.TypeFor[process.PersonID]():     {process.PersonID(""), process.PersonID("anna"), process.PersonID("erik")},
	reflect.TypeFor[process.CustomerID]():   {process.CustomerID("c1"), process.CustomerID("c2"), process.CustomerID("c3")},
	reflect.TypeFor[process.ContactID]():    {process.ContactID("p1"), process.ContactID("p2")},
	reflect.TypeFor[process.ProcessID]():    {process.ProcessID("new"), process.ProcessID("renewal")},
	reflect.TypeFor[process.VersionID]():    {process.VersionID(""), process.VersionID("v1"), process.VersionID("v2"), process.VersionID("v3")},
	reflect.TypeFor[process.ImportID]():     {process.ImportID(""), process.ImportID(""), process.ImportID("i1")},
	reflect.TypeFor[process.RoleID]():       {process.RoleID("decides"), process.RoleID("money")},
	reflect.TypeFor[process.ListID]():       {process.ListID("region"), process.ListID("source")},
	reflect.TypeFor[process.ChoiceID]():     {process.ChoiceID(""), process.ChoiceID("north"), process.ChoiceID("south")},
	reflect.TypeFor[process.TimeOfDay]():    {process.TimeOfDay(""), process.TimeOfDay("09:30"), process.TimeOfDay("later")},
	reflect.TypeFor[process.MilestoneID]():  {process.MilestoneID("a"), process.MilestoneID("b"), process.MilestoneID("c")},
	reflect.TypeFor[process.Outcome]():      {process.Won, process.Lost, process.NoDecision, process.Withdrew, process.Void, process.Outcome("?")},
	reflect.TypeFor[process.Layer]():        {process.SellerLayer, process.ManagerLayer},
	reflect.TypeFor[process.SaidBy]():       {process.SaidBy(""), process.SaidByCustomer, process.SaidByUs},
	reflect.TypeFor[process.EvidenceRule](): {process.EvidenceRule(""), process.EvidenceOptional, process.EvidenceRequired},
	reflect.TypeFor[process.Setting](): {
		process.CurrencySetting, process.WinsOfTenSetting, process.FiscalYearSetting, process.CompanySetting, process.Setting("?"),
	},
	reflect.TypeFor[string](): {"", "SEK", "NOK", "2026-Q1", "3", "Anna", "åäö <&> \u2028 \x00 \"quoted\""},
}

// Fact draws a fact of a type.
func (d Drawer) Fact(name string) process.Fact {
	f := process.NewFact(name)
	d.fill(reflect.ValueOf(f).Elem())
	return f
}

// anyFact draws any fact, those that reach over to others more often.
func (d Drawer) anyFact() process.Fact {
	far := []string{
		"deal.opened", "deal.opened", "milestone.reached", "milestone.withdrawn", "deal.closed", "deal.reopened", "undone", "undone", "import.undone",
		"customers.merged", "people.merged", "version.published", "deal.moved",
	}
	return d.Fact(one(d, append(FactTypes(), far...)))
}

// FactTypes are the names in an order that does not change from run to run.
func FactTypes() []string { return slices.Sorted(slices.Values(process.FactTypes())) }

func (d Drawer) fill(v reflect.Value) {
	if v.Type() == reflect.TypeFor[process.EventID]() {
		if len(d.ids) > 0 {
			v.Set(reflect.ValueOf(one(d, d.ids)))
		}
		return
	}
	if v.Type() == reflect.TypeFor[process.Date]() {
		v.Set(reflect.ValueOf(process.MustDate("2026-01-01").AddDays(d.Dice.IntN(60))))
		return
	}
	if pool, ok := pools[v.Type()]; ok {
		v.Set(reflect.ValueOf(one(d, pool)))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			d.fill(v.Field(i))
		}
	case reflect.Slice:
		n := d.Dice.IntN(3)
		if v.Type().Elem() == reflect.TypeFor[process.EventID]() && len(d.ids) == 0 {
			n = 0
		}
		if n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		for i := range n {
			d.fill(v.Index(i))
		}
	case reflect.Pointer:
		if d.Dice.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			d.fill(v.Elem())
		}
	case reflect.Bool:
		v.SetBool(d.Dice.IntN(2) == 0)
	case reflect.Float64:
		v.SetFloat(d.Dice.NormFloat64() * 1e6)
	case reflect.Int, reflect.Int64:
		v.SetInt(d.Dice.Int64N(2e12) - 1e12)
	default:
		panic("no way to draw a " + v.Type().String())
	}
}

// AnyEvents draws a set of events that nobody would record: any facts, about few things, on any days, whose bases name any others, later
// ones too. What a merge brings can be all of that.
func AnyEvents(rt *rapid.T) []process.Event {
	n := rapid.SampledFrom([]int{60, 30, 12, 5}).Draw(rt, "events")
	d := NewDrawer(rt)
	for i := range n {
		d.ids = append(d.ids, process.NewEventID(uint64(i/2)<<16, process.Writer{byte(i % 3)}, []byte{byte(i)}))
	}
	events := make([]process.Event, n)
	for i := range events {
		events[i] = process.Event{ID: d.ids[i], Fact: d.anyFact()}
		if u, ok := events[i].Fact.(*process.Undone); ok && d.Dice.IntN(2) == 0 {
			u.Deal = "" // one of the team's
		}
		if d.Dice.IntN(15) == 0 {
			events[i].Fact = &process.Unknown{Type: "from.later", Raw: []byte(`{"type":"from.later"}`)}
		}
	}
	return events
}
