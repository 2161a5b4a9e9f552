// Package handlers turns requests into pages. It is the only package that knows HTTP, languages and the look of things.
//
// # How a request travels
//
// guard (security.go) lets it in: our own Host, our own origin for what writes, the cookie that the entrance gave (entry.go). echo finds
// the address that a screen's function has registered (routes.go). A visit (visit.go) is made of it: the language, the time and today in
// the team's time zone, the open file. The handler gets the visit; it reads the form (form.go), acts or looks, and shows a page. An error
// that it returns is answered in errors.go, the only place that knows which Kind has which status.
//
//	func showDeal(v *visit) error {
//		page := dealPage{Page: v.page(Deals, "")}
//		if err := v.view(func(team *process.Team) error { return page.fill(v, team) }); err != nil {
//			return err
//		}
//		return v.show("deal", page, Part{"milestones", "deal/milestones", page.Milestones})
//	}
//
//	func reach(v *visit) error {
//		var f reachForm
//		err := v.read(&f)
//		if err == nil {
//			_, err = v.act(func(team *process.Team) ([]process.Fact, error) { … })
//		}
//		if faults, mine := v.faults(err); mine {
//			return v.again(faults, "deal", pageWith(f, faults)) // the same page with the values and the faults, status 422
//		}
//		if err != nil {
//			return err
//		}
//		return v.saved("/deals/"+v.Param("id"), Toast{Text: v.t("deal.reached"), Undo: "/undo/…"})
//	}
//
// A save ends with a redirect (303) to the page that shows it, with htmx as without. htmx follows it and gets, from that page's own
// handler, the part that it targets; the other parts that the handler lists, the toast and the state of the file come along. So a
// handler never asks who is asking. An htmx form needs hx-post, hx-target="#id" and hx-swap="outerHTML" on itself, beside its method and
// action; the root of the part carries that id. Where the page lists no such part its whole main column is replaced.
//
// A form is a struct: Name string `form:"name" validate:"required,max=60" label:"deal.name"`. read trims and checks its shape; the label
// lets the summary of faults name the field. What the values mean, process decides; its Problems name the same fields.
//
// # How to add a screen
//
//  1. A file named for its address, deal.go, with its page struct (which embeds Page), its handlers, and a function dealRoutes(r *routes)
//     that registers addresses (r.get, r.post, r.upload; r.getAlways and r.postAlways work without an open file) and templates
//     (r.template("deal", dealPage{}), r.template("deal/milestones", milestones{})).
//  2. One line in screens, in routes.go.
//  3. assets/templates/pages/deal.html with {{define "main"}} and the parts, {{define "deal/milestones"}}. What several pages use goes to
//     templates/parts, SVG to templates/charts, one file each, with {{define "parts/…"}}.
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
// Texts are in go-i18n's message files. {{.A}} is the first value, {{.B}} the second; the first whole number decides between one and other.
// *words* are strong and [words]({{.B}}) is a link where the template says sentence. Values write themselves: a process.Date as a day,
// a money.Amount with its currency, a process.Period by its name, an int in groups of three.
//
// # Traps
//
// Call v.page before v.view, never inside: both look at the file. What view shows must not be kept. Write for GET is refused by nobody
// but you. Cookies hold no customer's name; toasts wait in memory. Amounts, days and chances are written by format.go only.
package handlers
