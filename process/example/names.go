package example

import "strings"

// Places that are in no atlas, so that no company of that name exists by intent.
var (
	swedishPlaces = strings.Fields(`Granåsa Ekmossa Björkhulta Lindhamra Stenforsa Kvarnåsa Rönnhaga Askehulta Vargmåla Tranvika Hjortåsa Klippmåla
		Sälgboda Gäddvika Rävåsa Malmhaga Uggleboda Silvhulta Frostmåla Ljungåsa Myrboda Tjärnhaga Hallonvika Slättåsa Brohamra Ålmåla Solvika
		Norrhaga Västhulta Sjömåla Lövåsa Ekhamra Korpboda Sandmossa Höghulta`)
	norwegianPlaces = strings.Fields(`Hvalstein Torskvåg Granlia Nordskar Fjellbekk Steinvåg Lyngfoss Måkevik Blåfjell Furuneset Sildvåg Revdal
		Kobbenes Isvatn`)

	swedishFirst = strings.Fields(`Petra Olof Maja Lennart Camilla Johan Birgitta Henrik Ulrika Magnus Åsa Stefan Helena Fredrik Ingrid Mattias
		Annika Tobias Lena Niklas Malin Göran Susanne Patrik Elin Roger Cecilia Anders Kristina Viktor`)
	swedishLast = strings.Fields(`Lindh Brandt Ek Sjögren Wallin Åberg Nyström Hellström Forslund Sandell Öberg Kjellgren Ström Palm Hedman Roos
		Blomqvist Engdahl Norling Wiklund Lagerås Stenberg Modin Thorell Ranhem`)
	norwegianFirst = strings.Fields(`Ingunn Torstein Silje Håkon Marit Øyvind Kjersti Geir Ragnhild Sverre Tone Eirik`)
	norwegianLast  = strings.Fields(`Haugland Solbakken Myhre Nygård Bakkene Strømnes Lunde Aasheim Tveit Fossum Rødland Viken`)
)

// customer is a company that may buy.
type customer struct {
	name     string
	seller   int
	foreign  bool // in Norway, with its own currency
	contacts []contact
}

type contact struct{ name, role, email, phone string }

// customerNumber makes the n-th customer of a country; no two are the same for some hundreds.
func customerNumber(n int, foreign bool, t *texts, d *rng) *customer {
	c := &customer{foreign: foreign}
	if foreign {
		place, trade := n%len(norwegianPlaces), (3*(n%len(norwegianPlaces))+n/len(norwegianPlaces))%len(t.NorwegianTrades)
		c.name, c.seller = norwegianPlaces[place]+" "+t.NorwegianTrades[trade]+" AS", norway
	} else {
		place, trade := n%len(swedishPlaces), (7*n+5*(n/len(swedishPlaces)))%len(t.Trades)
		c.name, c.seller = swedishPlaces[place]+" "+t.Trades[trade]+" AB", whose(d)
	}
	first, last := swedishFirst, swedishLast
	if foreign {
		first, last = norwegianFirst, norwegianLast
	}
	for i, role := range []string{pick(d, t.TechnicalRoles), pick(d, t.MoneyRoles), pick(d, t.UserRoles)} {
		f, l := pick(d, first), pick(d, last)
		p := contact{name: f + " " + l, role: role, email: mailOf(f, l, c.name)}
		if !foreign && i == 0 {
			p.phone = "070-174 06 " + string(rune('1'+d.between(0, 8))) + string(rune('0'+d.between(0, 9))) // a series kept free for fiction
		}
		c.contacts = append(c.contacts, p)
	}
	return c
}

func whose(d *rng) int {
	at := d.between(1, 100)
	for i := range sellers {
		if at -= sellers[i].share; at <= 0 {
			return i
		}
	}
	return 0
}

var plainLetters = strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "ø", "o", "ô", "o", "é", "e", "&", "", " ab", "", " as", "", " ", "")

// mailOf makes an address at a domain that can never belong to anybody.
func mailOf(first, last, company string) string {
	return plainLetters.Replace(strings.ToLower(first+"."+last)) + "@" + plainLetters.Replace(strings.ToLower(company)) + ".example"
}
