package db

// StateDirOf is the state folder of an open file, for tests that start the program a second time.
func StateDirOf(w *Working) string { return w.o.StateDir }
