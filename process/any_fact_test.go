package process_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/processtest"
)

func TestEveryFieldOfEveryFactIsDrawn(t *testing.T) {
	for _, name := range processtest.FactTypes() {
		left := map[string]bool{}
		f := reflect.TypeOf(process.NewFact(name)).Elem()
		for i := range f.NumField() {
			left[f.Field(i).Name] = true
		}
		rapid.Check(t, func(rt *rapid.T) {
			v := reflect.ValueOf(processtest.NewDrawer(rt, process.EventID{1}, process.EventID{2}).Fact(name)).Elem()
			for i := range v.NumField() {
				if !v.Field(i).IsZero() {
					delete(left, f.Field(i).Name)
				}
			}
		})
		if len(left) > 0 {
			t.Errorf("%s: nothing was ever drawn for %v", name, left)
		}
	}
}
