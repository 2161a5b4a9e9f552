// Package settings has the page at /settings: what the team has decided, and what belongs to this computer and browser.
//
// team.go has settingsPage and its forms: teamForm for the team's settings, rateForm for exchange rates, personForm for people's names. They
// record events like every other form. settings.go has what is not recorded: language, theme and keys are cookies of the browser, and how
// long the program stays idle is kept by the program itself through Config.KeepIdle. Begin at showSettings and at preferences.
//
// Traps: the preferences are registered with PostAlways, since they are offered before a file is open; Request.Open may then be nil.
// teamForm carries, for each setting, the events that it was made from, so that a stale form becomes a conflict and overwrites nothing. A
// form holds several settings, and only those that were changed are recorded.
package settings
