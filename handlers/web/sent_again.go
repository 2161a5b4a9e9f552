package web

import (
	"net/http"
	"slices"
	"strings"
)

// labelsKey is where the labels of a form that was read stay with its request.
const labelsKey = "labels"

// sentForm is a form that could not be saved, as it was sent: what was typed must not be lost with the answer, whether or not the browser
// has scripts.
type sentForm struct {
	Action string
	Typed  []sentField // with a label, to be seen and mended
	Rest   []sentField
}

type sentField struct {
	ID, Name, Label, Value string
	Long                   bool
}

// longText is from how many letters on a field is shown in several lines.
const longText = 60

// sentAgain is the form that a request sent, if the fault was not in what it said. One with a file in it cannot be kept.
func sentAgain(v *Request, status int) *sentForm {
	r := v.Request()
	if r.Method != http.MethodPost || v.wantsPart() || status < http.StatusInternalServerError && status != http.StatusLocked {
		return nil
	}
	if r.ParseForm() != nil || len(r.PostForm) == 0 || r.MultipartForm != nil && len(r.MultipartForm.File) > 0 {
		return nil
	}
	labels, _ := v.Get(labelsKey).(map[string]string)
	form := &sentForm{Action: LocalPath(r.URL.RequestURI())}
	names := make([]string, 0, len(r.PostForm))
	for name := range r.PostForm {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range r.PostForm[name] {
			field := sentField{ID: "sent-" + name, Name: name, Value: value, Long: len(value) > longText || strings.Contains(value, "\n")}
			label := labels[name]
			if label == "" && (field.Long || strings.Contains(value, " ")) { // words that somebody wrote
				label = "error.text"
			}
			if label != "" && len(r.PostForm[name]) == 1 && value != "" {
				field.Label = v.T(label)
				form.Typed = append(form.Typed, field)
				continue
			}
			form.Rest = append(form.Rest, field)
		}
	}
	return form
}
