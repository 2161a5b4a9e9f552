package cells

// monthNames in the languages that lists come in: English, Swedish, Norwegian, Danish, German, Dutch, French, Spanish, Italian, Polish
// and Finnish. The index is the month.
var monthNames = [13][]string{
	1: {"january", "januari", "januar", "jänner", "janvier", "enero", "gennaio", "styczeń", "stycznia"},
	2: {"february", "februari", "februar", "février", "febrero", "febbraio", "luty", "lutego"},
	3: {"march", "mars", "marts", "märz", "maart", "marzo", "marzec", "marca", "mrt", "mrz"},
	4: {"april", "avril", "abril", "aprile", "kwiecień", "kwietnia"}, 5: {"may", "maj", "mai", "mei", "mayo", "maggio", "maja"},
	6: {"june", "juni", "juin", "junio", "giugno", "czerwiec", "czerwca"}, 7: {"july", "juli", "juillet", "julio", "luglio", "lipiec", "lipca"},
	8: {"august", "augusti", "augustus", "août", "agosto", "sierpień", "sierpnia"},
	9: {"september", "septembre", "septiembre", "setiembre", "settembre", "wrzesień", "września"}, 10: {"october", "oktober", "octobre", "octubre", "ottobre", "październik", "października"},
	11: {"november", "novembre", "noviembre", "listopad", "listopada"}, 12: {"december", "desember", "dezember", "décembre", "diciembre", "dicembre", "grudzień", "grudnia"},
}

// finnishMonths are not cut short to three letters, where they would be other months in other languages.
var finnishMonths = []string{"tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"}

var weekdayNames = []string{
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "mandag", "tirsdag", "lørdag", "søndag",
	"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag",
	"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
	"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica",
	"poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela", "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai",
}

// The names shortened to three letters and more: "jan", "sept", "tors"; those of days to two, as Germans and Finns write them.
var (
	monthOf   = monthsShortened()
	weekdayOf = weekdaysShortened()
)

func monthsShortened() map[string]int {
	known := map[string]int{}
	put := func(word string, month int) {
		for _, w := range []string{word, Plain(word)} {
			if have, taken := known[w]; taken && have != month {
				month = 0 // "jui" is June or July
			}
			known[w] = month
		}
	}
	for month, names := range monthNames {
		for _, name := range names {
			letters := []rune(name)
			for n := 3; n <= len(letters); n++ {
				put(string(letters[:n]), month)
			}
		}
	}
	for i, stem := range finnishMonths {
		for _, end := range []string{"", "kuu", "kuuta", "kuun", "kuussa"} {
			put(stem+end, i+1)
		}
	}
	return known
}

func weekdaysShortened() map[string]bool {
	known := map[string]bool{}
	for _, name := range weekdayNames {
		letters := []rune(name)
		for n := 2; n <= len(letters); n++ {
			known[string(letters[:n])] = true
		}
	}
	return known
}

// monthNamed is the number of a month by its name or the beginning of it, 0 for anything else. The word is in lower case.
func monthNamed(word string) int { return monthOf[word] }

func isWeekday(word string) bool { return weekdayOf[word] }
