// Package handlerstest is what tests of pages have in common: a site with a real file, people who fill in forms, and a real browser.
//
// NewSite starts a program with a new file; NewDealSite has two deals, NewTeamSite the made-up team of process/testdata/golden,
// NewExampleSite the example company, NewImporting a process into which lists are taken. Site.Get and Site.Post are a browser without
// scripts; NewBrowser is Chromium, and its tests skip themselves where there is none. Golden holds a text against a file in
// handlers/testdata; go test with -update writes it anew.
//
// It goes into no program: handlers/house and the linter hold that. Tests of a screen lie beside it, in deals_test and so on.
package handlerstest
