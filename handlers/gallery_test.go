package handlers_test

import (
	"flag"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

var galleryDir = flag.String("gallery", "", "a folder into which to write a picture of every page, and the printed ones: go test ./handlers -run Gallery -gallery DIR")

// TestGallery writes a picture of every page in every look, and every page of the example as it is printed. Without a folder it looks at
// one page, so that the way of doing it is known to work.
func TestGallery(t *testing.T) {
	t.Parallel()
	dir, all := *galleryDir, *galleryDir != ""
	if !all {
		dir = t.TempDir()
	}
	*handlerstest.EveryLook = *handlerstest.EveryLook || all
	for _, state := range states(t) {
		b := handlerstest.NewBrowser(t, state.site)
		b.Expect = []string{"404", "400", "403"}
		if !all {
			state.pages = state.pages[:1]
		}
		for n, path := range state.pages {
			for _, l := range looksAt(n) {
				b.Dress(l)
				b.Open(path)
				name := strings.ReplaceAll(state.name+" "+fileNameOf(path)+" "+l.String(), " ", "-") + ".png"
				b.Picture(filepath.Join(dir, name))
			}
			if state.name == "example" {
				b.Dress(handlerstest.Look{Lang: i18n.Swedish, Theme: "light", Width: 1280})
				b.Open(path)
				b.Paper(filepath.Join(dir, fileNameOf(path)+".pdf"))
			}
		}
	}
}
