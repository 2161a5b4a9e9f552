//go:build !windows

package command

// computerLocale is the person's language where the environment does not tell; here it always does.
func computerLocale() string { return "" }

// JoinConsole has nothing to do here: a program that is started in a terminal has it.
func JoinConsole() {}
