package handlers

import "milstolpe/assets"

// TextIn is the catalogue of one language, for commands, which have no pages. English stands in for a language that we do not have.
func TextIn(l Lang) (*Text, error) {
	if l != Swedish {
		l = English
	}
	return readText(assets.FS(), l)
}
