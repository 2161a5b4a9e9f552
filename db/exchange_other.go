//go:build !linux && !darwin

package db

// exchange does not exist here.
func exchange(string, string) error { return errNoExchange }
