// Package chart draws the pictures of the pages as SVG and as bars in table rows. It knows no requests and no teams: a screen hands in
// amounts that are ready, texts and links, and gets a value that a template in assets/templates/charts writes out.
//
// Begin with Chart in svg.go. It is one figure: a Picture for each width at which it may be shown (the stylesheet shows one of them), a
// legend, and the same numbers as a table. A picture is a list of shapes, whose colours come from the stylesheet by class. The functions
// that make one are in timeseries.go (periods side by side, or one a row on narrow pages), bullet.go, stairstep.go, reliability.go and
// chance_history.go; win_curve.go makes a single picture. A waterfall (waterfall.go) and the rows of milestone markers
// (milestone_marker.go) have types and templates of their own.
//
// Traps: amounts of periods and of the bullet chart are in major units, use MajorOf for those of the model; shares are between 0 and 1. y grows
// downwards. Text is measured by an estimate of character widths (labels.go), since the browser's fonts are not known here; a label for
// which there is no room is left out, so nothing may be said in a label alone. IDs must be unique on a page. Exported fields and methods
// are read by templates, which the compiler does not check.
package chart
