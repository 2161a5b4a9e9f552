// Package activity has the page at /log: what was recorded, when, by whom, the latest first.
//
// logPage holds days of rows; urls.LogQuery is what can be asked for: a person, a kind of fact (logKinds), a deal, a first day. latest goes
// back through the file until a page is full, and fill writes the rows with the same words as a deal's history (package wording). Begin at
// showLog. The package is not called log, which is a package of the standard library, and the address is still /log. The program's own log,
// for those who mend it, is another page: /help/log in package help.
//
// Traps: the file may hold very many events, so latest rules out what it can by the key and the raw JSON of a record before it reads the
// fact. A deal's id and the names of facts are therefore looked for as text. An erased event is shown without what was erased.
package activity
