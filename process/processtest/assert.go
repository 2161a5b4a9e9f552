package processtest

import (
	"errors"

	"github.com/google/go-cmp/cmp/cmpopts"

	"milstolpe/process"
)

// SameEmpty lets an empty list and none be the same: nobody who records anything can tell them apart.
var SameEmpty = cmpopts.EquateEmpty()

// ProblemsOf are the faults in an error, one or many.
func ProblemsOf(err error) process.Problems {
	if many, ok := errors.AsType[process.Problems](err); ok {
		return many
	}
	if one, ok := errors.AsType[*process.Error](err); ok {
		return process.Problems{one}
	}
	return nil
}
