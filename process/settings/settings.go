package settings

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"milstolpe/process"
	"milstolpe/process/register"
)

// Registers are the settings that were ever set, with all their values.
type Registers = map[process.Setting]*register.Register[string]

// Book is the settings of a team.
type Book struct {
	settings Registers
	gone     register.Retractions
}

// NewBook reads settings; what is taken back is in gone.
func NewBook(all Registers, gone register.Retractions) Book { return Book{settings: all, gone: gone} }

// On is the value of a setting on the day; before it was first set, its first value.
func (b Book) On(s process.Setting, day process.Date) string {
	f, ok := b.settings[s]
	if !ok {
		return ""
	}
	v, _ := f.FirstOrOn(day, b.gone)
	return v
}

// Heads are the events behind the value of a setting, for the base of the next one; more than one is a conflict.
func (b Book) Heads(s process.Setting) []register.Entry[string] {
	if f, ok := b.settings[s]; ok {
		return f.HeadsOn(process.FarFuture, b.gone)
	}
	return nil
}

// Set changes a setting. Base are the events that the form was made from; nil means those that stand now. A value that stands already gives no
// facts and no error.
func (b Book) Set(s process.Setting, value string, base []process.EventID, today process.Date) ([]process.Fact, error) {
	value = strings.TrimSpace(value)
	if err := s.Check(value); err != nil {
		return nil, err
	}
	heads := b.Heads(s)
	if b.On(s, process.FarFuture) == value && len(heads) == 1 {
		return nil, nil
	}
	return []process.Fact{&process.SettingSet{Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, register.IDs(heads))}, Setting: s, Value: value}}, nil
}

// Company is the team's name.
func (b Book) Company() string { return b.On(process.CompanySetting, process.FarFuture) }

// Currency is the reporting currency.
func (b Book) Currency() string {
	return cmp.Or(b.On(process.CurrencySetting, process.FarFuture), "SEK")
}

// Location is the team's time zone.
func (b Book) Location() *time.Location {
	if loc, err := time.LoadLocation(b.On(process.TimeZoneSetting, process.FarFuture)); err == nil {
		return loc
	}
	return time.UTC
}

// Calendar cuts time into the team's periods.
func (b Book) Calendar() process.Calendar {
	m, _ := strconv.Atoi(b.On(process.FiscalYearSetting, process.FarFuture))
	return process.Calendar{FiscalYearStart: time.Month(m)}
}

// CalibrationOn is how often the counts are redone, as known on the day.
func (b Book) CalibrationOn(day process.Date) process.PeriodKind {
	k, err := process.ParsePeriodKind(b.On(process.CalibrationSetting, day))
	if err != nil {
		return process.Month
	}
	return k
}

// WinsOfTenOn is the team's own answer to "of ten deals that you open, how many do you win?", as known on the day, and whether the
// team gave one.
func (b Book) WinsOfTenOn(day process.Date) (float64, bool) {
	if a, err := strconv.ParseFloat(b.On(process.WinsOfTenSetting, day), 64); err == nil && a >= 0.5 && a <= 9.5 { // a file may say anything
		return a, true
	}
	return process.DefaultWinsOfTen, false
}
