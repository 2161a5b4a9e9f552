// Package parts holds the structs that several templates share, most of them in assets/templates/parts.
//
// Field and Option are the controls of a form; FieldErrors and FieldError are what is wrong with one. FilterGroup and FilterLink are the choices
// at the right of a heading, Cell is a cell of a table, EmptyState stands where there is nothing to list. DealFact, ContactLine,
// ContactForm, ChangeLine and TemplateChoice belong to pages of more than one screen. sentence.go joins texts and i18n.Pieces.
//
// Begin with field.go: Input makes a Field, and its methods (As, Hinted, Of …) return a changed copy, so that a template can chain them.
//
// Traps: templates use the fields by name, so a compiler does not see when one is renamed; TestTemplatesFitTheirStructs does. Dots changes the
// slice that it is given. Nothing here reads the team: a screen fills the structs.
package parts
