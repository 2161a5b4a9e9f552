// Package house has the rules of the house as tests, and no code: what a newcomer would otherwise have to be told.
//
// imports_test.go says who may import whom, size_test.go how long things may be and what lies at the top, held_test.go how many files may
// hold a type, house_test.go that process is pure, that packages introduce themselves and that no fact is forgotten. The rules that a linter
// can hold are in .golangci.yml.
//
// They read source text only (for every platform, whatever this one builds), so they need neither network nor packages that compile.
// A rule that finds nothing to guard fails. To loosen a rule, change the rule and say why in the commit.
package house
