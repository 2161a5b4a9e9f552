// Package dbtest makes files for tests: real ones, in a temporary folder, with a fixed clock and fixed entropy, checked when the test
// ends. Nothing is mocked, because opening a real file takes milliseconds.
//
// New makes the file of a small company and opens it; Record puts facts into it; Open opens what is there already. A second person
// on another computer is As, the same computer after a new start is In. The clock stands at Now until the test moves it, and nothing
// happens in the background until the test asks for it.
package dbtest
