package db

// IsAbandoned tells whether a state folder that was made for one run of the program can go: there are working copies in it, and no
// program has any of them open. A program that is killed cannot clean up after itself; the system gives its locks back all the same.
func IsAbandoned(stateDir string) bool {
	copies := allHomes(stateDir)
	for _, h := range copies {
		if _, err := preflightStill(h.database()); err != nil {
			return false
		}
		s, err := openStore(h.database(), true)
		if err != nil {
			return false
		}
		if err := s.close(); err != nil {
			return false
		}
	}
	return len(copies) > 0
}
