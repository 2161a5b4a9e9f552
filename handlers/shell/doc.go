// Package shell has the commands that record something from a shell: deal add, reach, next, close and journal, and people rename, merge,
// split and handover.
//
// They are a visitor of the pages that types quickly: a Client (client.go) enters as a browser does, opens the page with the form, fills it in
// and sends it. The pages decide, and what they say is what the commands say, in the same words. Commands (commands.go) are what can be typed,
// Door is how to get in: to the program that is running and has the file, or to one that runs for this command alone. Begin with Door.fill.
//
// Traps: a form must be opened before it is sent, because it carries what it was made from; without that a colleague's change would be
// overwritten, or a conflict made. A field that was not given is left as the page has it.
package shell
