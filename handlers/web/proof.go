package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Two programs of one person talk to each other over a port that anybody on the computer may have taken. Each proves that it knows the
// secret in the private folder by answering a question that is new each time; neither ever sends it.

const (
	askHeader   = "Milstolpe-Ask"
	proofHeader = "Milstolpe-Proof"
	minQuestion = 20 // letters and digits that nobody guesses
	maxQuestion = 100
)

// alive is what the health probe answers.
type alive struct {
	Program string `json:"program"`
	Version string `json:"version"`
	ID      string `json:"id"`
	Proof   string `json:"proof,omitempty"`
}

// invitation is the answer to a program that has proven itself, with a proof of its own.
type invitation struct {
	Address string `json:"address"`
	Proof   string `json:"proof"`
}

// proofOf shows that whoever made it knows the secret, for one purpose, one question and one thing that is said with it.
func proofOf(secret, purpose, asked, said string) string {
	sum := hmac.New(sha256.New, []byte(secret))
	_, _ = sum.Write([]byte(strings.Join([]string{"milstolpe", purpose, asked, said}, "\x00")))
	return hex.EncodeToString(sum.Sum(nil))
}

func (e sessions) prove(purpose, asked, said string) string {
	return proofOf(e.secret, purpose, asked, said)
}

// proven checks a proof, which is good once.
func (e sessions) proven(proof, purpose, asked, said string) bool {
	if !hmac.Equal([]byte(proof), []byte(proofOf(e.secret, purpose, asked, said))) {
		return false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.asked[proof] {
		return false
	}
	if len(e.asked) >= 10*maxTokens { // as many second starts as nobody makes
		clear(e.asked)
	}
	e.asked[proof] = true
	return true
}
