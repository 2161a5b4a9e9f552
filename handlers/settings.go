package handlers

import (
	"net/http"

	"milstolpe/process"
)

// Language, theme and shortcuts belong to the browser that they were chosen in, so they are kept in its cookies. They say nothing about
// the team. Cookies are shared by all ports of this computer, and so are these on purpose.
const (
	langCookie  = "milstolpe-lang"
	themeCookie = "milstolpe-theme"
	keysCookie  = "milstolpe-keys"
)

const tenYears = 10 * 365 * 24 * 60 * 60

func settingsRoutes(r *routes) {
	r.postAlways("/settings/language", setLanguage)
	r.postAlways("/settings/theme", setTheme)
	r.postAlways("/settings/keys", setKeys)
}

type preferenceForm struct {
	Value string `form:"value" validate:"required"`
	Back  string `form:"back"`
}

func setLanguage(v *visit) error {
	return v.prefer(langCookie, func(value string) bool {
		_, ok := ParseLang(value)
		return ok || v.server.config.Pseudo && Lang(value) == Pseudo
	})
}

func setTheme(v *visit) error {
	return v.prefer(themeCookie, func(value string) bool { return value == "light" || value == "dark" || value == "auto" })
}

func setKeys(v *visit) error {
	return v.prefer(keysCookie, func(value string) bool { return value == "on" || value == "off" })
}

// prefer keeps a choice and goes back to where it was made.
func (v *visit) prefer(cookie string, known func(string) bool) error {
	var f preferenceForm
	if err := v.read(&f); err != nil {
		return err
	}
	if !known(f.Value) {
		return process.Wrong("value", "form.choose")
	}
	v.SetCookie(preference(cookie, f.Value))
	return v.Redirect(http.StatusSeeOther, localPath(f.Back))
}

func preference(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: tenYears, HttpOnly: true, SameSite: http.SameSiteStrictMode}
}

// textFor is the language of a request: what was chosen in this browser, else what the program was started with, else what the browser
// asks for.
func (s *Server) textFor(r *http.Request) *Text {
	if c, err := r.Cookie(langCookie); err == nil {
		if t, ok := s.texts[Lang(c.Value)]; ok {
			return t
		}
	}
	if t, ok := s.texts[s.config.Lang]; ok {
		return t
	}
	return s.texts[langOf(r.Header.Get("Accept-Language"))]
}

func themeFor(r *http.Request) string {
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}

func keysFor(r *http.Request) bool {
	c, err := r.Cookie(keysCookie)
	return err != nil || c.Value != "off"
}
