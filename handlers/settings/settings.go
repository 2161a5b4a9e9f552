package settings

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

// Routes registers the settings of the team, and those of this browser.
func Routes(r *web.Router) {
	teamRoutes(r)
	preferenceRoutes(r)
	peopleRoutes(r)
	listRoutes(r)
}

func preferenceRoutes(r *web.Router) {
	r.PostAlways("/settings/language", setLanguage)
	r.PostAlways("/settings/theme", setTheme)
	r.PostAlways("/settings/keys", setKeys)
	r.PostAlways("/settings/idle", setIdle)
}

type preferenceForm struct {
	Value string `form:"value" validate:"required"`
	Back  string `form:"back"`
}

func setLanguage(v *web.Request) error {
	return savePreference(v, web.LangCookie, func(value string) bool {
		_, ok := i18n.ParseLang(value)
		return ok || v.Server.Config.Pseudo && i18n.Lang(value) == i18n.Pseudo
	})
}

func setTheme(v *web.Request) error {
	return savePreference(v, web.ThemeCookie, func(value string) bool { return value == "light" || value == "dark" || value == "auto" })
}

func setKeys(v *web.Request) error {
	return savePreference(v, web.KeysCookie, func(value string) bool { return value == "on" || value == "off" })
}

// idleHours are what can be chosen for how long the program stays when nobody asks for anything; 0 is for ever.
var idleHours = []int{4, 12, 72, 0}

// setIdle belongs to the program on this computer and not to the browser, so the program remembers it.
func setIdle(v *web.Request) error {
	var f preferenceForm
	if err := v.Read(&f); err != nil {
		return err
	}
	hours, err := strconv.Atoi(f.Value)
	if err != nil || !slices.Contains(idleHours, hours) {
		return process.Wrong("value", "form.choose")
	}
	if keep := v.Server.Config.KeepIdle; keep != nil {
		if err := keep(hours); err != nil {
			return err
		}
	}
	v.Server.IdleLimit.Store(int64(time.Duration(hours) * time.Hour))
	return v.Redirect(http.StatusSeeOther, web.LocalPath(f.Back))
}

// preferences are the choices of this browser and computer, with the one that holds marked.
func preferences(v *web.Request) []preference {
	chosen := func(value, text string, current bool) preferenceChoice {
		return preferenceChoice{Value: value, Text: text, Current: current}
	}
	language := preference{Action: "/settings/language", Label: v.T("settings.language")}
	for _, l := range []i18n.Lang{i18n.Swedish, i18n.English} {
		c := chosen(string(l), v.T(l.Pick("settings.swedish", "settings.english")), v.Text.Lang == l)
		c.Lang = string(l)
		language.Choices = append(language.Choices, c)
	}
	look := preference{Action: "/settings/theme", Label: v.T("settings.theme"), Choices: []preferenceChoice{
		chosen("auto", v.T("settings.auto"), v.Theme == ""), chosen("light", v.T("settings.light"), v.Theme == "light"),
		chosen("dark", v.T("settings.dark"), v.Theme == "dark"),
	}}
	keys := preference{Action: "/settings/keys", Label: v.T("settings.keys"), Choices: []preferenceChoice{
		chosen("on", v.T("settings.keys_on"), v.Keys), chosen("off", v.T("settings.keys_off"), !v.Keys),
	}}
	idle := preference{Action: "/settings/idle", Label: v.T("settings.idle")}
	for _, h := range idleHours {
		text := v.T("settings.idle_never")
		switch {
		case h >= 48:
			text = v.T("settings.idle_days", h/24)
		case h > 0:
			text = v.T("settings.idle_hours", h)
		}
		now := time.Duration(v.Server.IdleLimit.Load())
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

// savePreference keeps a choice and goes back to where it was made.
func savePreference(v *web.Request, cookie string, known func(string) bool) error {
	var f preferenceForm
	if err := v.Read(&f); err != nil {
		return err
	}
	if !known(f.Value) {
		return process.Wrong("value", "form.choose")
	}
	v.SetCookie(web.PreferenceCookie(cookie, f.Value))
	return v.Redirect(http.StatusSeeOther, web.LocalPath(f.Back))
}
