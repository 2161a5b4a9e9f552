// Package assets carries everything that a page is made of besides its figures: stylesheets, scripts, templates and texts. All of it
// is embedded in the binary, so that the program is one file and needs no network.
//
//   - css: one file for each layer, base, layout, parts, charts, print. The file's name is the layer's name, and Load joins them in
//     that order into one stylesheet, app.css. Colours and sizes are custom properties at the top of base.css; /help/style shows every
//     part. The sum is held below 24 kB by a test.
//   - js: htmx, unchanged, and our own app.js; js/README.md says where they come from.
//   - templates: layout (the page around everything), pages (one file a page), parts (what several pages use), charts (SVG).
//   - locale: one folder a language, one JSON message file an area, "deal.json" for every key that begins with "deal.". The keys are
//     the same in every language, and so are the placeholders {{.A}}, {{.B}}, {{.C}}, which stand for the first, second and third
//     value that a sentence is given.
//
// Load gives the files that a browser asks for, under names that contain a sum of their content. Such a name never means anything
// else, so a browser may keep it for ever.
package assets
