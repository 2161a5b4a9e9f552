package assets

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

//go:embed css js templates locale icons mark.svg
var files embed.FS

// layers are the stylesheets in the order in which later ones win.
var layers = []string{"base", "layout", "parts", "charts", "print"}

// FS is everything that is embedded: css, js, templates and locale.
func FS() fs.FS { return files }

// Asset is one file as a browser gets it.
type Asset struct {
	Type string // media type
	Body []byte
}

// Set holds the files that browsers ask for.
type Set struct {
	byURL map[string]Asset
	urls  map[string]string
}

// Load joins the stylesheets and names every file by its content.
func Load() (*Set, error) {
	css, err := stylesheet()
	if err != nil {
		return nil, err
	}
	s := &Set{byURL: map[string]Asset{}, urls: map[string]string{}}
	s.add("app.css", "text/css; charset=utf-8", css)
	for name, mediaType := range map[string]string{
		"js/htmx.min.js": "text/javascript; charset=utf-8",
		"js/app.js":      "text/javascript; charset=utf-8",
		"mark.svg":       "image/svg+xml",

		"icons/mark-192.png": "image/png",
		"icons/mark-512.png": "image/png",
	} {
		body, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read embedded %s: %w", name, err)
		}
		s.add(path.Base(name), mediaType, body)
	}
	body, err := s.manifest()
	if err != nil {
		return nil, err
	}
	s.add("app.webmanifest", "application/manifest+json", body)
	return s, nil
}

// URL is the address of a file by its plain name, "app.css". An unknown name is an error, so that a page cannot ask for what is not there.
func (s *Set) URL(name string) (string, error) {
	url, ok := s.urls[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return url, nil
}

// Get is the file at an address that URL gave.
func (s *Set) Get(url string) (Asset, bool) {
	a, ok := s.byURL[url]
	return a, ok
}

func (s *Set) add(name, mediaType string, body []byte) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	url := "/assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	s.urls[name] = url
	s.byURL[url] = Asset{Type: mediaType, Body: body}
}

// notForBrowsers is what the stylesheets have for their readers only: comments, and blanks at the beginning of lines.
var notForBrowsers = regexp.MustCompile(`(?s)/\*.*?\*/\n?|(?m:^[\t ]+)`)

// stylesheet wraps each file of css in the layer that it is named for.
func stylesheet() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "@layer %s;\n", strings.Join(layers, ", "))
	for _, layer := range layers {
		body, err := files.ReadFile("css/" + layer + ".css")
		if err != nil {
			return nil, fmt.Errorf("read embedded stylesheet: %w", err)
		}
		fmt.Fprintf(&b, "\n@layer %s {\n%s}\n", layer, notForBrowsers.ReplaceAll(body, nil))
	}
	return b.Bytes(), nil
}
