// Package handlers puts the web server together: routes.go lists the screens, and New makes a server of them. Nothing else belongs here.
//
// # How a request travels
//
// Package web carries it. guard (security.go) lets it in: our own Host, our own origin for what writes, the cookie that the entrance gave
// (session.go). echo finds the address that a screen has registered with the [web.Router] (router.go). A [web.Request] (request.go) is made
// of it: the language, the time and today in the team's time zone, the open file. The handler gets the Request; it reads the form (form.go),
// records or looks, and answers. An error that it returns is answered in errors.go, the only place that knows which Kind has which status.
//
//	func showDeal(v *web.Request) error {
//		page := dealPage{Page: v.Page(urls.Deals, "")}
//		if err := v.View(func(team *sales.Team) error { return page.fill(v, team) }); err != nil {
//			return err
//		}
//		return v.Render("deal", page, web.Fragment{ID: "milestones", Template: "deal/milestones", Data: page.Milestones})
//	}
//
//	func reach(v *web.Request) error {
//		var f reachForm
//		err := v.Read(&f)
//		var events []process.Event
//		if err == nil {
//			events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) { … })
//		}
//		if faults, mine := v.FormErrors(err); mine {
//			return v.Reject(faults, "deal", pageWith(f, faults)) // the same page with the values and the faults, status 422
//		}
//		if err != nil {
//			return err
//		}
//		return v.DoneWithUndo(urls.DealPath(id), events, v.T("deal.reached")) // with a toast that offers to take it back
//	}
//
// A save ends with a redirect (303) to the page that shows it, with htmx as without. htmx follows it and gets, from that page's own
// handler, the fragment that it targets; the other fragments that the handler lists, the toast and the state of the file come along. So a
// handler never asks who is asking. An htmx form needs hx-post, hx-target="#id" and hx-swap="outerHTML" on itself, beside its method and
// action; the root of the fragment carries that id. Where the page lists no such fragment its whole main column is replaced.
//
// A form is a struct: Name string `form:"name" validate:"required,max=60" label:"deal.name"`. Read trims and checks its shape; the label
// lets the summary of faults name the field. What the values mean, process and sales decide; process.Problems name the same fields.
//
// # Where things are
//
// A screen is a package named for the first part of its addresses: /deals is in deals, /customers in customers, /processes in processes,
// / and /meeting in home. Where the names differ: /forecast is in forecasts, /outcome and /people in outcomes, /import in imports, /export
// in exports, /log in activity, /file and /welcome in files. Entering, quitting, undoing and the error page are in web.
//
//   - A page is a struct named dealPage with a handler showDeal; the screen's Routes leads to both.
//   - Its template is assets/templates/pages/deal.html; r.Template("deal", dealPage{}) ties the two together. What several pages use is in
//     templates/parts (structs in package parts), SVG in templates/charts (package chart), the frame around every page in templates/layout.
//   - Its texts are in assets/locale/sv and assets/locale/en, in the file that the first word of a key names or nearly names. Keys are
//     written in full in Go and in templates, so searching for one finds it.
//   - Its tests are named for the page, deal_test.go.
//   - Below the screens: wording has names and sentences for deals, facts and conflicts; figures rounds amounts so that they add up, and
//     lists the deals behind a number; dealindex has deals sorted and searchable; urls has every address that another package links to;
//     i18n writes numbers, days and texts; sheet and report write files. A screen never imports another screen.
//
// # How to add a screen
//
//  1. A package with a page struct (which embeds web.Page), its handlers, and Routes(r *web.Router), the only thing that it exports. Routes
//     registers addresses (r.Get, r.GetCached, r.Post, r.Upload; r.GetAlways and r.PostAlways work without an open file), templates
//     (r.Template("deal", dealPage{}), r.Template("deal/milestones", milestones{})) and what can be downloaded (r.Report) or read by another program with a key (r.Keyed). What the screen
//     remembers between requests is made there too.
//  2. One line in screens, in routes.go. A page in an existing screen needs only a line in that screen's Routes.
//  3. assets/templates/pages/deal.html with {{define "main"}} and the fragments, {{define "deal/milestones"}}. What several pages use goes
//     to templates/parts, SVG to templates/charts, one file each, with {{define "parts/…"}}.
//  4. assets/locale/sv/deal.json and en/deal.json. No letter of text stands in a template or in Go. A key stands in one file only.
//
// Tests then hold the screen to the house rules without being told of it: every template is checked against its struct in every language
// (TestTemplatesFitTheirStructs), every text exists in both languages and is used (TestCatalogues…), every address is refused to strangers
// (TestStrangers…).
//
// # What templates can call
//
//	t "key" values…           a text; sentence "key" values… the same as pieces for {{template "parts/sentence"}}
//	link text href            a value that is a link; strong text, unbroken text
//	money 342 000 kr          whole (rounded), signed +175 716 kr; without currency: amount, exact, delta, range2
//	short 1,83 Mkr            shortCode names the currency in English too; shortRange 1,3–2,9 Mkr; unit kr, unitShort Mkr
//	num 1 234, word två, dec x 2  plus x 2 (with sign), percent 46 %, chance (never 0 or 100), chances 7–15 %
//	day 28 aug. 2026          dayNear d .Today (no year if this year), dayLong, iso, clock 14.02, stamp
//	period Q4 2026            periodName Fjärde kvartalet 2026
//	input name label value .Faults   a Field for {{template "parts/field"}}: .As "date" .Hinted .Sized "w2" .Of options .Or value text
//	asset "app.css"           address of a file
//
// Texts lie in assets/locale, laid out as go-i18n's message files. {{.A}} is the first value, {{.B}} the second; the first whole number decides between one and other.
// *words* are strong and [words]({{.B}}) is a link where the template says sentence. Values write themselves: a process.Date as a day,
// a money.Amount with its currency, a process.Period by its name, an int in groups of three.
//
// # Traps
//
// Call v.Page before v.View, v.Model or v.Reports, never inside: both look at the file. What these three show must not be kept after them.
// A page registered with GetCached is sent again as it was, so it must follow from the file, the address, the day and the person's preferences
// alone. Nothing but you keeps a handler of a GET from recording. Read sees no fields of embedded structs, so a form is a flat struct.
// Cookies hold no customer's name; toasts wait in memory. Amounts, days and chances are written by package i18n only.
package handlers
