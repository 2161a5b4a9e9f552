package process

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// factTypes are the names of the facts on disk. A name is never used for anything else, and never changes; fields are only added.
var factTypes = map[string]func() Fact{
	"writer.introduced":      func() Fact { return new(WriterIntroduced) },
	"team.founded":           func() Fact { return new(TeamFounded) },
	"setting.set":            func() Fact { return new(SettingSet) },
	"person.named":           func() Fact { return new(PersonNamed) },
	"people.merged":          func() Fact { return new(PeopleMerged) },
	"customer.named":         func() Fact { return new(CustomerNamed) },
	"customers.merged":       func() Fact { return new(CustomersMerged) },
	"contact.named":          func() Fact { return new(ContactNamed) },
	"rate.set":               func() Fact { return new(RateSet) },
	"target.set":             func() Fact { return new(TargetSet) },
	"call.made":              func() Fact { return new(CallMade) },
	"forecast.noted":         func() Fact { return new(ForecastNoted) },
	"meeting.held":           func() Fact { return new(MeetingHeld) },
	"list.named":             func() Fact { return new(ListNamed) },
	"choice.named":           func() Fact { return new(ChoiceNamed) },
	"choices.ordered":        func() Fact { return new(ChoicesOrdered) },
	"import.taken":           func() Fact { return new(ImportTaken) },
	"import.undone":          func() Fact { return new(ImportUndone) },
	"mapping.kept":           func() Fact { return new(MappingKept) },
	"undone":                 func() Fact { return new(Undone) },
	"draft.saved":            func() Fact { return new(DraftSaved) },
	"version.published":      func() Fact { return new(VersionPublished) },
	"deal.opened":            func() Fact { return new(DealOpened) },
	"deal.opening_corrected": func() Fact { return new(OpeningCorrected) },
	"deal.source_set":        func() Fact { return new(SourceSet) },
	"deal.choice_set":        func() Fact { return new(ChoiceSet) },
	"deal.renamed":           func() Fact { return new(DealRenamed) },
	"deal.customer_set":      func() Fact { return new(DealCustomerSet) },
	"deal.seller_set":        func() Fact { return new(SellerSet) },
	"deal.value_set":         func() Fact { return new(ValueSet) },
	"deal.expected_set":      func() Fact { return new(ExpectedCloseSet) },
	"deal.opinion_set":       func() Fact { return new(OpinionSet) },
	"deal.moved":             func() Fact { return new(DealMoved) },
	"deal.next_step_set":     func() Fact { return new(NextStepSet) },
	"journal.written":        func() Fact { return new(JournalWritten) },
	"deal.contact_linked":    func() Fact { return new(ContactLinked) },
	"milestone.promised":     func() Fact { return new(MilestonePromised) },
	"deal.plan_worded":       func() Fact { return new(PlanWorded) },
	"deal.role_set":          func() Fact { return new(RoleSet) },
	"milestone.none_reached": func() Fact { return new(NoneReached) },
	"milestone.reached":      func() Fact { return new(MilestoneReached) },
	"milestone.waived":       func() Fact { return new(MilestoneWaived) },
	"milestone.withdrawn":    func() Fact { return new(MilestoneWithdrawn) },
	"milestone.corrected":    func() Fact { return new(MilestoneCorrected) },
	"deal.closed":            func() Fact { return new(DealClosed) },
	"deal.reopened":          func() Fact { return new(DealReopened) },
}

var factNames = func() map[reflect.Type]string {
	names := make(map[reflect.Type]string, len(factTypes))
	for name, make := range factTypes {
		names[reflect.TypeOf(make())] = name
	}
	return names
}()

// FactType is the name of a fact on disk.
func FactType(f Fact) string {
	if u, ok := f.(*Unknown); ok {
		return u.Type
	}
	return factNames[reflect.TypeOf(f)]
}

// FactTypes lists the names of all facts that this version knows.
func FactTypes() []string {
	names := make([]string, 0, len(factTypes))
	for name := range factTypes {
		names = append(names, name)
	}
	return names
}

// NewFact is an empty fact of the type, or nil for a type that this version does not know.
func NewFact(name string) Fact {
	if make, ok := factTypes[name]; ok {
		return make()
	}
	return nil
}

const typeHead = `{"type":"`

// MarshalFact writes the payload of an event: a JSON object whose first member is the type. The same fact always gives the same bytes.
func MarshalFact(f Fact) ([]byte, error) {
	if u, ok := f.(*Unknown); ok {
		return u.Raw, nil
	}
	name, ok := factNames[reflect.TypeOf(f)]
	if !ok {
		return nil, fmt.Errorf("write a fact: %T has no name on disk", f)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(f); err != nil {
		return nil, fmt.Errorf("write a fact of type %s: %w", name, err)
	}
	body := bytes.TrimRight(b.Bytes(), "\n")
	out := make([]byte, 0, len(typeHead)+len(name)+len(body)+2)
	out = append(append(append(out, typeHead...), name...), '"', ',')
	return append(out, body[1:]...), nil
}

// UnmarshalFact reads a payload. A type that this version does not know becomes an *Unknown; bytes that are no payload are an error.
// A FactReader reads many.
func UnmarshalFact(payload []byte) (Fact, error) { return new(FactReader).Read(payload) }

func payloadType(payload []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(payload, []byte(typeHead)); ok {
		if i := bytes.IndexByte(rest, '"'); i > 0 && bytes.IndexByte(rest[:i], '\\') < 0 {
			return string(rest[:i]), nil
		}
	}
	var head struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(payload, &head); err != nil {
		return "", fmt.Errorf("read a fact: %w", err)
	}
	if head.Type == "" {
		return "", fmt.Errorf("read a fact: it names no type")
	}
	return head.Type, nil
}

// PayloadType is the name of the fact in a payload, without reading the rest of it; empty for bytes that are no payload.
func PayloadType(payload []byte) string {
	name, err := payloadType(payload)
	if err != nil {
		return ""
	}
	return name
}
