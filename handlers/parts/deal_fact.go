package parts

// DealFact is one of them: a label, a value, a small line.
type DealFact struct {
	Label, Value, Small string
	Why                 bool // leads to how the chance is counted
}

// JoinComma puts two small remarks into one line.
func JoinComma(a, b string) string {
	if b == "" {
		return a
	}
	return a + ", " + b
}
