package web

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Env is what a decision needs from outside: today, and fresh identities.
func (v *Request) Env() sales.Env {
	return sales.Env{Today: v.Today, NewID: func() string {
		id, err := process.NewID(v.Now, Entropy{})
		if err != nil {
			panic(fmt.Sprintf("make an identity: %v", err)) // only a clock before 1970 or after the year 10889 comes here
		}
		return id
	}}
}

// Entropy is an endless reader of what identities are made of.
type Entropy struct{}

func (Entropy) Read(b []byte) (int, error) {
	for n := 0; n < len(b); {
		entropy := sha256.Sum256([]byte(rand.Text()))
		n += copy(b[n:], entropy[:])
	}
	return len(b), nil
}
