// Package processtest is what tests of process and the packages below it have in common.
//
// Story tells a team in a few lines: NewStory, then Open, Reach, Close, and Model to look at it. AnyFact and AnyHistory are
// generators for properties: every kind of fact, and a whole history of a team with everything that can happen in one. Look writes down all
// that a team says of every day, so that two teams can be held against each other.
//
// It goes into no program: handlers/house and the linter hold that.
package processtest
