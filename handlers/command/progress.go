package command

import "fmt"

// progress draws how far long work has come, on one line that is drawn over, where a person watches. The last call clears it.
func (p *Program) progress(key string, done, of int) {
	if !p.Progress || of <= 0 {
		return
	}
	if done >= of {
		_, _ = fmt.Fprint(p.Talk, "\r\x1b[K")
		return
	}
	_, _ = fmt.Fprintf(p.Talk, "\r\x1b[K%s", p.Text.T(key, p.Text.Percent(float64(done)/float64(of))))
}
