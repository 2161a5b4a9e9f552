package parts

// FilterGroup is a few words of the line at the right of a heading: what they are about, and the words. The chosen one is no link.
type FilterGroup struct {
	Label string
	Words []FilterLink
}

// FilterLink is one choice. Without an address it is the chosen one. Print marks the word that prints the page.
type FilterLink struct {
	Text, Href string
	Print      bool
}

// Choice is a word that is chosen, or leads to being it.
func Choice(chosen bool, text, href string) FilterLink {
	if chosen {
		href = ""
	}
	return FilterLink{Text: text, Href: href}
}
