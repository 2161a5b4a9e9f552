package assets

import (
	"encoding/json"
	"fmt"
)

// manifest tells a browser how to keep the pages as an app with a window and an icon of its own (W3C, Web Application Manifest). It names
// nothing of a team: a browser reads it without our cookie.
func (s *Set) manifest() ([]byte, error) {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
	}
	var icons []icon
	for _, i := range []struct{ name, sizes string }{{"mark.svg", "any"}, {"mark-192.png", "192x192"}, {"mark-512.png", "512x512"}} {
		url, err := s.URL(i.name)
		if err != nil {
			return nil, err
		}
		icons = append(icons, icon{url, i.sizes, s.byURL[url].Type, "any"})
	}
	body, err := json.Marshal(map[string]any{
		"id": "/", "name": "Milstolpe", "short_name": "Milstolpe", "start_url": "/", "scope": "/", "display": "standalone",
		"background_color": "#fbf8f1", "theme_color": "#fbf8f1", "icons": icons,
	})
	if err != nil {
		return nil, fmt.Errorf("write the manifest: %w", err)
	}
	return body, nil
}
