//go:build !race

package db_test

const raced = false
