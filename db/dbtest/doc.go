// Package dbtest makes files for tests: real ones, in a temporary folder, with a fixed clock and fixed entropy, checked when the test
// ends. Nothing is mocked, because opening a real file takes milliseconds.
package dbtest
