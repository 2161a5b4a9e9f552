package rates

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
)

// on is the latest of the rates that hold on the day. One that was given for an earlier day replaces none that came after it.
func on(f *register.Register[float64], day process.Date, gone register.Retractions) (float64, bool) {
	heads := f.HeadsOn(day, gone)
	if len(heads) == 0 {
		return f.FirstOrOn(day, gone)
	}
	last := heads[0]
	for _, h := range heads[1:] {
		if h.Stamp.Known >= last.Stamp.Known {
			last = h
		}
	}
	return last.Value, true
}

// Day is a rate and the day from which it holds.
type Day struct {
	From process.Date
	Rate float64
}

// days are the rates of a register that hold, the latest first.
func days(f *register.Register[float64], gone register.Retractions) (list []Day) {
	for _, e := range f.Entries() {
		if !e.EffectiveOn(process.FarFuture, gone) || slices.ContainsFunc(list, func(d Day) bool { return d.From == e.Stamp.Known }) {
			continue
		}
		if rate, ok := on(f, e.Stamp.Known, gone); ok {
			list = append(list, Day{e.Stamp.Known, rate})
		}
	}
	slices.SortFunc(list, func(a, b Day) int { return cmp.Compare(b.From, a.From) })
	return list
}

// input is a rate that somebody gives, from a day on; a zero day is today. Base are the events that the form was made from; nil means those
// that stand now.
type input struct {
	Currency  string
	Rate      float64
	From      process.Date
	Base      []process.EventID
	Today     process.Date
	Reporting string // currency, which has no rate
}

// set decides whether the rate may be recorded. Saying it twice gives no facts and no error.
func (in input) set(f *register.Register[float64], gone register.Retractions) ([]process.Fact, error) {
	var p process.Problems
	if process.CurrencySetting.Check(in.Currency) != nil || in.Currency == in.Reporting {
		p.Add("currency", "setting.bad_currency", in.Currency)
	}
	if !(in.Rate > 1e-9 && in.Rate < 1e9) {
		p.Add("rate", "rate.bad")
	}
	if in.From != 0 {
		p.Join(process.CheckDay("rate_on", in.From, in.Today))
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	heads := f.HeadsOn(process.FarFuture, gone)
	if in.From != 0 && in.From < in.Today {
		return in.setEarlier(f, register.IDs(heads), gone)
	}
	if have, ok := on(f, process.FarFuture, gone); ok && have == in.Rate && !register.Resolves(in.Base, register.IDs(heads)) {
		return nil, nil
	}
	stamp := process.Stamp{Known: in.Today, Base: register.OrHeads(in.Base, register.IDs(heads))}
	return []process.Fact{&process.RateSet{Stamp: stamp, Currency: in.Currency, Rate: in.Rate}}, nil
}

// setEarlier gives a rate for a day that has gone by. It holds until the next rate, so that it replaces only what held on its day.
func (in input) setEarlier(f *register.Register[float64], heads []process.EventID, gone register.Retractions) ([]process.Fact, error) {
	stale := func(id process.EventID) bool { return !slices.Contains(in.Base, id) }
	if in.Base != nil && (len(in.Base) != len(heads) || slices.ContainsFunc(heads, stale)) {
		return nil, &process.Error{Kind: process.Conflict, Msg: "rate.changed_meanwhile"}
	}
	if slices.Contains(days(f, gone), Day{in.From, in.Rate}) {
		return nil, nil
	}
	stamp := process.Stamp{Known: in.From, History: true, Base: f.HeadIDs(in.From, gone)}
	return []process.Fact{&process.RateSet{Stamp: stamp, Currency: in.Currency, Rate: in.Rate}}, nil
}
