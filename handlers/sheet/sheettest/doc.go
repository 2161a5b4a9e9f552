// Package sheettest makes files that are no lists, or that try to take the computer down, for the tests of everything that reads lists:
// package sheet, the page for imports, and the command. Reach for Traps.
//
// A Trap is a file, its name, and the key of the sentence that refuses it. The name says nothing true: what a file is, its content tells.
//
// The largest of them would unpack to a gigabyte and takes a megabyte itself: its text is compressed once and repeated as it is. A trap
// of more than that does not belong here, because every test that asks for the traps makes all of them.
//
// It goes into no program: handlers/house and the linter hold that.
package sheettest
