// Package parts holds the structs that the templates in templates/parts are given.
//
// Field and Option are the controls of a form, Faults what is wrong with one, FilterGroup and FilterLink the filters above a list, Cell a cell of a
// table, EmptyState what is said where there is nothing yet, DealFact and ChangeLine small lines that several pages show.
//
// Nothing here asks for anything: a screen fills the struct, the template shows it. Names of fields are what templates say, so renaming one
// means changing its template; TestTemplatesFitTheirStructs tells which.
package parts
