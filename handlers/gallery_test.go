package handlers_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"milstolpe/handlers/i18n"
)

var galleryDir = flag.String("gallery", "", "a folder into which to write a picture of every page, and the printed ones: go test ./handlers -run Gallery -gallery DIR")

// TestGallery writes a picture of every page in every look, and every page of the example as it is printed. Without a folder it looks at
// one page, so that the way of doing it is known to work.
func TestGallery(t *testing.T) {
	dir, all := *galleryDir, *galleryDir != ""
	if !all {
		dir = t.TempDir()
	}
	*everyLook = *everyLook || all
	for _, state := range states(t) {
		b := newBrowser(t, state.site)
		b.expect = []string{"404", "400", "403"}
		if !all {
			state.pages = state.pages[:1]
		}
		for n, path := range state.pages {
			for _, l := range looksAt(n) {
				b.dress(l)
				b.open(path)
				name := strings.ReplaceAll(state.name+" "+fileNameOf(path)+" "+l.String(), " ", "-") + ".png"
				b.picture(filepath.Join(dir, name))
			}
			if state.name == "example" {
				b.dress(look{i18n.Swedish, "light", 1280})
				b.open(path)
				b.paper(filepath.Join(dir, fileNameOf(path)+".pdf"))
			}
		}
	}
}

// picture writes the whole page.
func (b *browser) picture(path string) {
	b.t.Helper()
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(path, png, 0o600)
	}
	if err != nil {
		b.t.Fatalf("picture %s: %v", path, err)
	}
}

// paper writes the page as it is printed on A4.
func (b *browser) paper(path string) {
	b.t.Helper()
	result, err := chromedp.Call(b.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true), PrintBackground: new(true), PaperWidth: 8.27, PaperHeight: 11.69})
	if err == nil {
		err = os.WriteFile(path, result.Data, 0o600)
	}
	if err != nil {
		b.t.Fatalf("print %s: %v", path, err)
	}
}
