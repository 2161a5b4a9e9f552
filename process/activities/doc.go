// Package activities says which next activities of ours are planned for a deal.
//
// A Book reads the register of a deal's activities: Planned lists those that stand, First is the one due first, From finds the one that a form
// was made from, and Conflicts are those that people have changed without seeing each other's change. Begin with Planned.
//
// Traps: two people who plan something without seeing each other's plan have planned two activities, and both are to be done. Only those who
// changed the same one disagree, so heads of the register are grouped by what they replaced. An activity that was done is one without a text.
package activities
