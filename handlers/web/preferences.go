package web

import (
	"net/http"

	"milstolpe/handlers/i18n"
)

// Language, theme and shortcuts belong to the browser that they were chosen in, so they are kept in its cookies. They say nothing about
// the team. Cookies are shared by all ports of this computer, and so are these on purpose.
const (
	LangCookie  = "milstolpe-lang"
	ThemeCookie = "milstolpe-theme"
	KeysCookie  = "milstolpe-keys"
)

const tenYears = 10 * 365 * 24 * 60 * 60

// PreferenceCookie keeps a choice of this browser (language, theme, keys) for ten years.
func PreferenceCookie(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: tenYears, HttpOnly: true, SameSite: http.SameSiteStrictMode}
}

// textFor is the language of a request: what was chosen in this browser, else what the program was started with, else what the browser
// asks for.
func (s *Server) textFor(r *http.Request) *i18n.Text {
	if c, err := r.Cookie(LangCookie); err == nil {
		if t, ok := s.texts[i18n.Lang(c.Value)]; ok {
			return t
		}
	}
	if t, ok := s.texts[s.Config.Lang]; ok {
		return t
	}
	return s.texts[i18n.LangOf(r.Header.Get("Accept-Language"))]
}

func themeFor(r *http.Request) string {
	if c, err := r.Cookie(ThemeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}

func keysFor(r *http.Request) bool {
	c, err := r.Cookie(KeysCookie)
	return err != nil || c.Value != "off"
}
