package web

import (
	"bytes"
	"net/http"
	"sync"

	"milstolpe/handlers/i18n"
)

// keptPages are pages as they were last sent. A page registered with getKept says nothing but what follows from the file, the minute, the
// address and what the person prefers, so as long as these are the same it need not be made again.
type keptPages struct {
	mu    sync.Mutex
	of    uint64 // the revision of the file that all of them show
	pages map[keptKey][]byte
	size  int
}

// keptKey is everything that a kept page depends on, beside the file.
type keptKey struct {
	address string
	lang    i18n.Lang
	theme   string
	keys    bool
	stamp   string // day and minute
	saved   Saved
}

// mostKept bounds the memory that kept pages take.
const mostKept = 8 << 20

// GetKept registers a page like get. What the page shows must follow from the file, the address, the day and the language alone.
func (r *Router) GetKept(path string, h handler) {
	r.Get(path, func(v *Request) error {
		if v.wantsPart() || v.takeToast().Text != "" {
			return h(v)
		}
		key := keptKey{
			address: v.Request().URL.RequestURI(), lang: v.Text.Lang, theme: v.Theme, keys: v.Keys, stamp: v.Text.Stamp(v.Now), saved: v.saveState(),
		}
		if page, ok := v.Open.kept.find(v.Brief.revision, key); ok {
			return v.HTMLBlob(http.StatusOK, page)
		}
		v.keep = func(page []byte) { v.Open.kept.keep(v.Brief.revision, key, page) }
		return h(v)
	})
}

func (k *keptPages) find(revision uint64, key keptKey) ([]byte, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of != revision {
		return nil, false
	}
	page, ok := k.pages[key]
	return page, ok
}

func (k *keptPages) keep(revision uint64, key keptKey, page []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of > revision || len(page) > mostKept {
		return
	}
	if k.of < revision || k.size+len(page) > mostKept || k.pages == nil {
		k.of, k.size, k.pages = revision, 0, map[keptKey][]byte{}
	}
	k.pages[key] = bytes.Clone(page)
	k.size += len(page)
}
