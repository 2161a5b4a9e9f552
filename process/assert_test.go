package process_test

import (
	"errors"

	"github.com/google/go-cmp/cmp/cmpopts"

	"milstolpe/process"
)

// sameEmpty lets an empty list and none be the same: nobody who records anything can tell them apart.
var sameEmpty = cmpopts.EquateEmpty()

// problemsOf are the faults in an error, one or many.
func problemsOf(err error) process.Problems {
	if many, ok := errors.AsType[process.Problems](err); ok {
		return many
	}
	if one, ok := errors.AsType[*process.Error](err); ok {
		return process.Problems{one}
	}
	return nil
}
