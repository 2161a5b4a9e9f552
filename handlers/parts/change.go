package parts

// ChangeLine is one thing about a process that is not as it was: a milestone, or its name or purpose. What is about a text has the new one
// and the old one; everything else is a sentence.
type ChangeLine struct {
	Name, Kind string
	Details    []ChangeDetail
}

// ChangeDetail is a text that is new, and what it was before; empty where there was none.
type ChangeDetail struct{ Label, Text, Was string }
