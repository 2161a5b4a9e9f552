package process

import "strings"

// NewTeamInput is what a new file needs to know. Empty values take what most teams have.
type NewTeamInput struct {
	Dataset  string
	Settings map[Setting]string
}

// NewTeamFacts makes the first facts of a new file.
func NewTeamFacts(f NewTeamInput, today Date) ([]Fact, error) {
	var p Problems
	facts := []Fact{&TeamFounded{Stamp: Stamp{Known: today}, Dataset: f.Dataset}}
	for _, s := range Settings {
		value, given := f.Settings[s]
		if !given {
			continue
		}
		if err := s.Check(value); err != nil {
			p.Join(err)
		}
		facts = append(facts, &SettingSet{Stamp: Stamp{Known: today}, Setting: s, Value: strings.TrimSpace(value)})
	}
	return facts, p.OrNil()
}

// CheckDay refuses a day that is missing or lies in the future.
func CheckDay(field string, on, today Date) error {
	if on.IsZero() {
		return Wrong(field, "date.missing")
	}
	if on > today {
		return Wrong(field, "date.in_the_future", on)
	}
	return nil
}
