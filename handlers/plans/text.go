package plans

import (
	"strconv"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
)

// text is the plan as it is pasted into a mail: nothing but lines of text, each step with its number.
func (d document) text(t *i18n.Text) string {
	var b strings.Builder
	b.WriteString(d.Title + "\n\n" + d.Intro + "\n")
	for _, l := range d.Shown() {
		b.WriteString("\n" + strconv.Itoa(l.Number) + ". " + strings.Join(strings.Fields(l.What), " ") + "\n")
		when := ""
		if l.Day != "" {
			when = t.T("plan.text_day", l.Day)
		}
		if who := parts.JoinDots([]string{when, l.Who}); who != "" {
			b.WriteString("   " + who + "\n")
		}
		if l.Ours != "" {
			b.WriteString("   " + t.T("plan.text_ours", strings.Join(strings.Fields(l.Ours), " ")) + "\n")
		}
	}
	if d.Closing != "" {
		b.WriteString("\n" + d.Closing + "\n")
	}
	if d.From != "" {
		b.WriteString("\n" + d.From + "\n")
	}
	return strings.ReplaceAll(b.String(), i18n.Nbsp, " ")
}
