// Package help has the pages under /help: topics, licences, the program's log, and the style guide.
//
// helpPage lists helpTopics; helpTopicPage shows one, whose paragraphs are the texts help.TOPIC.h1, help.TOPIC.p1 and so on, as far as there
// are any. helpLinesPage shows what is not written by us: licences and the end of the log. styleguide.go has the page at /help/style, which
// shows every part of the pages and every chart with made-up numbers, for those who change stylesheets or templates. Begin at Routes.
//
// Traps: all of these work without an open file, so Request.Open may be nil. A topic needs a line in helpTopics and texts in help.json in
// both languages; the paragraphs must be numbered without a gap, since the first missing number ends the page.
package help
