//go:build race

package db_test

// raced tells that the race detector is looking, and that nothing says how fast the program is.
const raced = true
