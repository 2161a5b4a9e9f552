package assets_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"milstolpe/assets"
)

// What a page may weigh, in bytes before compression.
const (
	mostCSS = 24 << 10
	mostJS  = 50 << 10
)

func load(t *testing.T) *assets.Set {
	t.Helper()
	set, err := assets.Load()
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return set
}

func asset(t *testing.T, set *assets.Set, name string) assets.Asset {
	t.Helper()
	url, err := set.URL(name)
	if err != nil {
		t.Fatalf("the address of %s: %v", name, err)
	}
	a, ok := set.Get(url)
	if !ok {
		t.Fatalf("nothing at %s", url)
	}
	return a
}

func TestPagesStayLight(t *testing.T) {
	set := load(t)
	if n := len(asset(t, set, "app.css").Body); n > mostCSS {
		t.Errorf("the stylesheet has %d bytes, %d at most", n, mostCSS)
	}
	if n := len(asset(t, set, "htmx.min.js").Body) + len(asset(t, set, "app.js").Body); n > mostJS {
		t.Errorf("the scripts have %d bytes, %d at most", n, mostJS)
	}
}

func TestTheStylesheetIsItsLayersInOrder(t *testing.T) {
	css := string(asset(t, load(t), "app.css").Body)
	if !strings.HasPrefix(css, "@layer base, layout, parts, charts, print;\n") {
		t.Errorf("it begins with %.60q", css)
	}
	if open, closed := strings.Count(css, "{"), strings.Count(css, "}"); open != closed {
		t.Errorf("%d brackets open and %d close", open, closed)
	}
	names, err := fs.Glob(assets.FS(), "css/*.css")
	if err != nil || len(names) != strings.Count(css, "\n@layer ") {
		t.Errorf("%d stylesheets, %d layers, %v", len(names), strings.Count(css, "\n@layer "), err)
	}
}

func TestNamesFollowTheContent(t *testing.T) {
	set := load(t)
	url, err := set.URL("app.css")
	if err != nil {
		t.Fatalf("the address: %v", err)
	}
	sum := sha256.Sum256(asset(t, set, "app.css").Body)
	if want := "/assets/app." + hex.EncodeToString(sum[:6]) + ".css"; url != want {
		t.Errorf("the address is %s, want %s", url, want)
	}
	if _, err := set.URL("missing.css"); err == nil {
		t.Error("a file that is not there has an address")
	}
}

func TestHtmxIsAsItWasPublished(t *testing.T) {
	readme, err := fs.ReadFile(assets.FS(), "js/README.md")
	if err != nil {
		t.Fatalf("read the note: %v", err)
	}
	sum := sha256.Sum256(asset(t, load(t), "htmx.min.js").Body)
	if !strings.Contains(string(readme), hex.EncodeToString(sum[:])) {
		t.Errorf("js/README.md does not name its sum %x", sum)
	}
}

// The manifest of the app names what it needs to be installed: a name, where to start, and icons of the sizes that it says.
func TestTheManifestNamesIconsThatAreThere(t *testing.T) {
	set := load(t)
	var manifest struct {
		Name, Display string
		StartURL      string `json:"start_url"`
		Icons         []struct{ Src, Sizes, Type string }
	}
	if err := json.Unmarshal(asset(t, set, "app.webmanifest").Body, &manifest); err != nil || manifest.Name != "Milstolpe" || manifest.Display != "standalone" || manifest.StartURL != "/" {
		t.Errorf("it says %+v, %v", manifest, err)
	}
	var sizes []string
	for _, icon := range manifest.Icons {
		sizes = append(sizes, icon.Sizes)
		file, ok := set.Get(icon.Src)
		if !ok || file.Type != icon.Type {
			t.Errorf("at %s is %q, %v", icon.Src, file.Type, ok)
		}
		if picture, err := png.DecodeConfig(bytes.NewReader(file.Body)); icon.Type == "image/png" && (err != nil || fmt.Sprintf("%dx%d", picture.Width, picture.Height) != icon.Sizes) {
			t.Errorf("the icon of %s has %d by %d, %v", icon.Sizes, picture.Width, picture.Height, err)
		}
	}
	if !slices.Equal(sizes, []string{"any", "192x192", "512x512"}) {
		t.Errorf("icons of %v", sizes)
	}
}
