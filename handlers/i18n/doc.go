// Package i18n has the two languages: texts from the catalogues, and how numbers, money, days and lists are written.
//
// Text is the catalogue of one language and what writes values in it: T gives a text with its values, Sentence the same as Pieces, of which a
// template makes links and strong words. Lang knows what differs without texts. number.go, money_short.go, date.go and list.go write values;
// collate.go sorts names as the language does; pseudo.go makes the stretched language of the layout tests.
//
// Catalogues are in go-i18n's message format, under assets/locale. Amounts, days and chances are written here and nowhere else.
package i18n
