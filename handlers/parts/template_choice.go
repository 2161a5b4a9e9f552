package parts

// TemplateChoice is a template of a process as a form offers it.
type TemplateChoice struct {
	Key, Name, Purpose string
	Milestones         []TemplateMilestone
	Required, Optional int
}

// TemplateMilestone is one of its milestones.
type TemplateMilestone struct {
	Number          int // 0 for an optional one
	Name, Criterion string
}
