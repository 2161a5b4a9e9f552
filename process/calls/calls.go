package calls

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/register"
)

// Book is all targets and calls of a team.
type Book struct {
	targets map[TargetKey]*register.Register[Target] // of the people that stand for their sellers
	calls   map[CallKey]*register.Register[Call]
	gone    register.Retractions

	recordedTargets map[TargetKey]*register.Register[Target] // as they were recorded
	recordedCalls   map[CallKey]*register.Register[Call]
	standsFor       func(process.PersonID) process.PersonID // who one of us is read as; nil for themselves
}

// NewBook is one in which nothing is written yet; what is taken back is in gone.
func NewBook(gone register.Retractions) *Book { return &Book{gone: gone} }

// Apply adds a fact; one that is about something else is left alone.
func (b *Book) Apply(id process.EventID, fact process.Fact, stamp *process.Stamp) {
	switch f := fact.(type) {
	case *process.TargetSet:
		register.Of(&b.recordedTargets, TargetKey{f.Period, f.Seller}).Put(id, Target{f.Period, f.Seller, f.Amount}, stamp)
	case *process.CallMade:
		register.Of(&b.recordedCalls, CallKey{f.Period, f.Layer, f.Seller}).Put(id, Call{f.Period, f.Layer, f.Seller, f.Amount, f.Reason}, stamp)
	}
}

// Join makes the targets and calls of people who are one person those of that person. It is to be called when facts were added, or it turned
// out who is one with whom; nil means that everybody is somebody else.
func (b *Book) Join(standsFor func(process.PersonID) process.PersonID) {
	b.targets, b.calls, b.standsFor = b.recordedTargets, b.recordedCalls, standsFor
	if standsFor == nil {
		return
	}
	b.targets = joined(b.targets, func(k TargetKey) TargetKey { return TargetKey{k.Period, standsFor(k.Seller)} })
	b.calls = joined(b.calls, func(k CallKey) CallKey { return CallKey{k.Period, k.Layer, standsFor(k.Seller)} })
}

func joined[K comparable, T any](registers map[K]*register.Register[T], standsFor func(K) K) map[K]*register.Register[T] {
	out := make(map[K]*register.Register[T], len(registers))
	for key, f := range registers {
		to := standsFor(key)
		out[to] = register.Joined(out[to], f)
	}
	return out
}

// seller is the person who stands for one.
func (b *Book) seller(id process.PersonID) process.PersonID {
	if b.standsFor == nil {
		return id
	}
	return b.standsFor(id)
}

// TargetRegisters are the targets with all values that they ever had.
func (b *Book) TargetRegisters() map[TargetKey]*register.Register[Target] { return b.targets }

// CallRegisters are the calls with all values that they ever had.
func (b *Book) CallRegisters() map[CallKey]*register.Register[Call] { return b.calls }

// TargetKey is what there is one target for.
type TargetKey struct {
	Period string
	Seller process.PersonID
}

// CallKey is what there is one call for.
type CallKey struct {
	Period string
	Layer  process.Layer
	Seller process.PersonID
}

// Target is what the team (no seller) or a seller is to sell in a period.
type Target struct {
	Period string
	Seller process.PersonID
	Amount money.Amount
}

// Call is somebody's own number for a period.
type Call struct {
	Period string
	Layer  process.Layer
	Seller process.PersonID
	Amount money.Amount
	Reason string
}

// TargetFor is the target of a period, for a seller or (empty) the team, and the events behind it.
func (b *Book) TargetFor(period string, seller process.PersonID) (Target, []process.EventID, bool) {
	seller = b.seller(seller)
	f, ok := b.targets[TargetKey{period, seller}]
	if !ok {
		return Target{}, nil, false
	}
	v, ok := f.On(process.FarFuture, b.gone)
	v.Seller = seller
	return v, register.IDs(f.HeadsOn(process.FarFuture, b.gone)), ok
}

// CallOn is a person's own number as known on the day, and the events behind it.
func (b *Book) CallOn(period string, layer process.Layer, seller process.PersonID, day process.Date) (Call, []process.EventID, bool) {
	seller = b.seller(seller)
	f, ok := b.calls[CallKey{period, layer, seller}]
	if !ok {
		return Call{}, nil, false
	}
	v, ok := f.On(day, b.gone)
	v.Seller = seller
	return v, register.IDs(f.HeadsOn(day, b.gone)), ok
}

// MakeCall records somebody's own number for a period (model, section 11). Below is the layer below, which stands if nothing is entered;
// another number asks for a reason. Base is what the form was made from; nil means what stands now.
func (b *Book) MakeCall(c Call, below money.Amount, base []process.EventID, calendar process.Calendar, today process.Date) ([]process.Fact, error) {
	var p process.Problems
	if !slices.Contains(process.Layers, c.Layer) {
		p.Add("layer", "call.bad_layer", string(c.Layer))
	}
	if _, err := calendar.ParsePeriod(c.Period); err != nil {
		p.Add("period", "period.unreadable", c.Period)
	}
	p.Amount(&c.Amount)
	if c.Amount != below && strings.TrimSpace(c.Reason) == "" {
		p.Add("reason", "call.reason_required")
	}
	p.Text("reason", c.Reason, 0, process.MaxText)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	have, heads, ok := b.CallOn(c.Period, c.Layer, c.Seller, process.FarFuture)
	if ok && have == c && !register.Resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.CallMade{
		Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, heads)}, Period: c.Period, Layer: c.Layer, Seller: c.Seller, Amount: c.Amount,
		Reason: strings.TrimSpace(c.Reason),
	}}, nil
}

// SetTarget says what the team (no seller) or a seller is to sell in a period.
func (b *Book) SetTarget(target Target, base []process.EventID, calendar process.Calendar, today process.Date) ([]process.Fact, error) {
	var p process.Problems
	if _, err := calendar.ParsePeriod(target.Period); err != nil {
		p.Add("period", "period.unreadable", target.Period)
	}
	p.Amount(&target.Amount)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	have, heads, ok := b.TargetFor(target.Period, target.Seller)
	if ok && have == target && !register.Resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.TargetSet{
		Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, heads)}, Period: target.Period, Seller: target.Seller, Amount: target.Amount,
	}}, nil
}

// Targets are all targets that stand, by period and then seller; the team's own first.
func (b *Book) Targets() []Target {
	var list []Target
	for key, f := range b.targets {
		if v, ok := f.On(process.FarFuture, b.gone); ok {
			v.Seller = key.Seller
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b Target) int { return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Seller, b.Seller)) })
	return list
}

// CallersFor are the sellers who have ever called the period, by its label such as 2026-Q1; taken-back calls count too.
func (b *Book) CallersFor(period string) []process.PersonID {
	seen := map[process.PersonID]bool{}
	for key := range b.calls {
		if key.Period == period && key.Seller != "" {
			seen[key.Seller] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// All are the calls that stand, each with the day from which it is known, by period, layer and seller.
func (b *Book) All() []register.Entry[Call] {
	var list []register.Entry[Call]
	for key, f := range b.calls {
		if e, ok := f.EntryOn(process.FarFuture, b.gone); ok {
			e.Value.Seller = key.Seller
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b register.Entry[Call]) int {
		return cmp.Or(
			cmp.Compare(a.Value.Period, b.Value.Period), cmp.Compare(slices.Index(process.Layers, a.Value.Layer), slices.Index(process.Layers, b.Value.Layer)),
			cmp.Compare(a.Value.Seller, b.Value.Seller),
		)
	})
	return list
}
