package web

// missedFile is the file that the program was to begin with and could not open.
type missedFile struct {
	Path string
	Why  error
}

// Missed makes the first page say why the file to begin with could not be opened, and what can be done.
func (s *Server) Missed(path string, why error) { s.MissedRaw.Store(&missedFile{path, why}) }
