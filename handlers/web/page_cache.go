package web

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"sync"

	"milstolpe/handlers/i18n"
)

// pageCache are pages as they were last sent. A page registered with getKept says nothing but what follows from the file, the minute, the
// address and what the person prefers, so as long as these are the same it need not be made again.
type pageCache struct {
	mu    sync.Mutex
	of    uint64 // the revision of the file that all of them show
	pages map[pageKey][]byte
	size  int
}

// pageKey is everything that a kept page depends on, beside the file.
type pageKey struct {
	address string
	lang    i18n.Lang
	theme   string
	keys    bool
	stamp   string // day and minute
	person  string // who uses this computer
	saved   Saved
	copies  int // second copies of the file, of which open pages tell
}

// maxPageCache bounds the memory that kept pages take.
const maxPageCache = 8 << 20

// GetCached registers a page like get. What the page shows must follow from the file, the address, the day and the language alone.
func (r *Router) GetCached(path string, h handler) {
	r.Get(path, func(v *Request) error {
		if v.wantsPart() || v.popFlash().Text != "" {
			return h(v)
		}
		key := pageKey{
			address: v.Request().URL.RequestURI(), lang: v.Text.Lang, theme: v.Theme, keys: v.Keys, stamp: v.Text.Stamp(v.Now), person: v.FileInfo.person, saved: v.saveState(),
			copies: len(v.Open.file.SecondCopies()),
		}
		if page, ok := v.Open.kept.find(v.FileInfo.revision, key); ok {
			return v.HTMLBlob(http.StatusOK, page)
		}
		v.keep = func(page []byte) { v.Open.kept.keep(v.FileInfo.revision, key, page) }
		return h(v)
	})
}

func (k *pageCache) find(revision uint64, key pageKey) ([]byte, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of != revision {
		return nil, false
	}
	page, ok := k.pages[key]
	return page, ok
}

func (k *pageCache) keep(revision uint64, key pageKey, page []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of > revision || len(page) > maxPageCache {
		return
	}
	if k.of < revision || k.size+len(page) > maxPageCache || k.pages == nil {
		k.of, k.size, k.pages = revision, 0, map[pageKey][]byte{}
	}
	k.pages[key] = bytes.Clone(page)
	k.size += len(page)
}

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
