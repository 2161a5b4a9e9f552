// Package namecheck asks about names of milestones that sound like something the seller does ("sent the quote"), or that cost the buyer
// nothing ("is interested").
//
// Question is all there is: the name of a milestone in, a Doubt out, with suggestions of what the buyer would have to do instead.
//
// It reads Swedish and English, whichever language the page is in, because teams mix them, and would rather be silent than doubt a good
// name. Nothing here keeps anybody from using a name. The words it knows are in topics_documents.go and topics_meetings.go, by what the
// name is about.
package namecheck
