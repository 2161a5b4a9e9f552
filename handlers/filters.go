package handlers

// FilterGroup is a few words of the line at the right of a heading: what they are about, and the words. The chosen one is no link.
type FilterGroup struct {
	Label string
	Words []FilterWord
}

// FilterWord is one choice. Without an address it is the chosen one. Print marks the word that prints the page.
type FilterWord struct {
	Text, Href string
	Print      bool
}

// choice is a word that is chosen, or leads to being it.
func choice(chosen bool, text, href string) FilterWord {
	if chosen {
		href = ""
	}
	return FilterWord{Text: text, Href: href}
}
