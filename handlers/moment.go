package handlers

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"milstolpe/process"
)

// moment is what a decision needs from outside: today, and fresh identities.
func (v *visit) moment() process.Moment {
	return process.Moment{Today: v.today, NewID: func() string {
		entropy := sha256.Sum256([]byte(rand.Text()))
		id, err := process.NewID(v.now, bytes.NewReader(entropy[:]))
		if err != nil {
			panic(fmt.Sprintf("make an identity: %v", err)) // only a clock before 1970 or after the year 10889 comes here
		}
		return id
	}}
}
