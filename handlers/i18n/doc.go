// Package i18n writes texts, numbers, money, days and lists in the language of the person.
//
// Text is the catalogue of one language: T gives a message with its values as plain text, Sentence the same as Pieces, of which a template
// makes links and strong words without trusting any text as HTML. Lang, which Text embeds, writes values: number.go and money_short.go
// (amounts), date.go (days and periods). list.go joins, collate.go sorts as the alphabet of the language does. pseudo.go makes the
// stretched language of the layout tests. Begin with catalog.go; the messages lie in assets/locale.
//
// Traps: a key that does not exist is returned as its own text; only tests notice. The first whole number among the values chooses singular
// or plural. In messages {{.A}} is the first value, *words* are strong and [words]({{.B}}) is a link, which T drops. Amounts are rounded
// here for print only: numbers that must add up are rounded before, in package figures. for_tests.go serves the tests in package handlers.
package i18n
