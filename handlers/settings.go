package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"time"

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
	r.postAlways("/settings/idle", setIdle)
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

// idleHours are what can be chosen for how long the program stays when nobody asks for anything; 0 is for ever.
var idleHours = []int{1, 4, 12, 0}

// setIdle belongs to the program on this computer and not to the browser, so the program remembers it.
func setIdle(v *visit) error {
	var f preferenceForm
	if err := v.read(&f); err != nil {
		return err
	}
	hours, err := strconv.Atoi(f.Value)
	if err != nil || !slices.Contains(idleHours, hours) {
		return process.Wrong("value", "form.choose")
	}
	if keep := v.server.config.KeepIdle; keep != nil {
		if err := keep(hours); err != nil {
			return err
		}
	}
	v.server.idleLimit.Store(int64(time.Duration(hours) * time.Hour))
	return v.Redirect(http.StatusSeeOther, localPath(f.Back))
}

// preferences are the choices of this browser and computer, with the one that holds marked.
func (v *visit) preferences() []preference {
	chosen := func(value, text string, current bool) preferenceChoice {
		return preferenceChoice{Value: value, Text: text, Current: current}
	}
	language := preference{Action: "/settings/language", Label: v.t("settings.language")}
	for _, l := range []Lang{Swedish, English} {
		c := chosen(string(l), v.t(l.pick("settings.swedish", "settings.english")), v.text.Lang == l)
		c.Lang = string(l)
		language.Choices = append(language.Choices, c)
	}
	look := preference{Action: "/settings/theme", Label: v.t("settings.theme"), Choices: []preferenceChoice{
		chosen("auto", v.t("settings.auto"), v.theme == ""), chosen("light", v.t("settings.light"), v.theme == "light"),
		chosen("dark", v.t("settings.dark"), v.theme == "dark"),
	}}
	keys := preference{Action: "/settings/keys", Label: v.t("settings.keys"), Choices: []preferenceChoice{
		chosen("on", v.t("settings.keys_on"), v.keys), chosen("off", v.t("settings.keys_off"), !v.keys),
	}}
	idle := preference{Action: "/settings/idle", Label: v.t("settings.idle")}
	for _, h := range idleHours {
		text := v.t("settings.idle_never")
		if h > 0 {
			text = v.t("settings.idle_hours", h)
		}
		now := time.Duration(v.server.idleLimit.Load())
		idle.Choices = append(idle.Choices, chosen(strconv.Itoa(h), text, now == time.Duration(h)*time.Hour))
	}
	return []preference{language, look, keys, idle}
}

// preference is a line of words to choose from; the one that holds is no button.
type preference struct {
	Action, Label string
	Choices       []preferenceChoice
}

type preferenceChoice struct {
	Value, Text, Lang string
	Current           bool
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
	v.SetCookie(preferenceCookie(cookie, f.Value))
	return v.Redirect(http.StatusSeeOther, localPath(f.Back))
}

func preferenceCookie(name, value string) *http.Cookie {
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
