package cells

import "strings"

// columnWords are what columns are called in lists that people keep themselves, and in our own exports, by what
// they mean in a mapping. The first list that has a word decides.
var columnWords = []WordList[string]{
	{"deal.id", `id, deal id, deal no, deal number, deal nr, ref, reference, key, opportunity id, opp id, record id, potential id, lead id, external id, quote no, quote number,
		affärs-id, affärsid, affärsnummer, affärsnr, affär nr, offertnr, ordernr, nr, no, nummer, number, offertnummer, ordernummer, ärendenr, löpnr, löpnummer, dealid,
		avtalenr, saksnr, saksnummer, tilbudsnr, tilbudsnummer, sagsnr, sagsnummer, aftalenr, angebotsnr, angebotsnummer, vorgangsnr, auftragsnr, auftragsnummer, offertenr,
		tarjousnro, tarjousnumero, numero, número, numéro, référence, referencia, riferimento, numer, order-id, order id, orderid, lfd nr, laufende nummer, (do not modify) opportunity, #, jobb nr, jobnr, job no, job number, tilbud nr, enquiry no, enquiry number, inquiry no, auftrag nr, angebot nr, projektnr, projektnummer, project no, prosjektnr,
		prosjektnummer, oppdragsnr, uppdragsnr, uppdragsnummer, case no, sag nr, sak nr`},
	{"deal.name", `name, deal name, deal title, title, opportunity, opportunity name, opp name, potential name, project, project name, subject, product, topic,
		namn, affärsnamn, rubrik, titel, projekt, projektnamn, benämning, affär/projekt, vad, uppdrag, uppdragsnamn, affärsmöjlighet, möjlighet, avser,
		navn, tittel, prosjekt, prosjektnavn, salgsmulighet, mulighet, emne, avtalenavn, aftalenavn, projektnavn, salgsmulighed,
		bezeichnung, projektname, vorhaben, betreff, verkaufschance, naam, onderwerp, verkoopkans, nom, nom de l'affaire, projet, objet, opportunité, nombre, proyecto, oportunidad,
		asunto, nome, progetto, oggetto, opportunità, trattativa, nazwa, temat, szansa, nimi, projekti, aihe, kaupan nimi, item, deal titel, thema, gegenstand, leistung, maschine, artikel, objekt, anläggning, oppgave, opgave, site, machine, kampagne, kampanj, arbete, jobb, beskrivning av uppdrag, job, work, salgsnavn, säljtillfälle, ärenderubrik`},
	{"deal.customer", `customer, customer name, client, client name, company, company name, account, account name, organization, organisation, organization name, organisation name,
		buyer, prospect, kund, kundnamn, företag, företagsnamn, bolag, köpare, konto, kund/företag, beställande företag, kunden, prospekt,
		kunde, kundenavn, firma, bedrift, selskap, virksomhed, virksomhet, kundenavn, organisasjon, organisation, køber, kjøper,
		kundenname, unternehmen, auftraggeber, interessent, klant, klantnaam, bedrijf, organisatie, société, entreprise, nom du client, compte, cliente, empresa, cuenta,
		azienda, ragione sociale, klient, nazwa klienta, kontrahent, asiakas, yritys, asiakkaan nimi, potential customer, firmenname, firmanavn`},
	{"deal.contact", `contact, contact name, contact person, kontakt, kontaktperson, beställare, kontaktperson hos kund, primary contact, ansprechpartner, contactpersoon, contacto, contatto,
		interlocuteur, referente, yhteyshenkilö, osoba kontaktowa, kontaktnavn, contacts, kontakter, kontakte`},
	{"deal.seller", `seller, owner, deal owner, opportunity owner, account owner, lead owner, potential owner, account manager, sales owner, sales rep, sales agent, agent, salesperson,
		sales person, sales representative, rep, responsible, assigned to, assigned user, handled by, säljare, ansvarig, ansv, ansvarig säljare, affärsansvarig, ägare, handläggare, resurs,
		vår säljare, kundansvarig, selger, ansvarlig, ansv selger, eier, kundeansvarlig, saksbehandler, sælger, ejer, verkäufer, vertriebler, vertriebsmitarbeiter, zuständig, bearbeiter,
		betreuer, verantwortlich, verantwortlicher, kundenbetreuer, verkoper, eigenaar, accountmanager, verantwoordelijke, vendeur, commercial, responsable, propriétaire, vendedor, comercial,
		propietario, venditore, commerciale, responsabile, agente, handlowiec, sprzedawca, opiekun, właściciel, myyjä, vastuuhenkilö, omistaja, säljansvarig, användare, salgsansvarlig, besitzer, sachbearbeiter, user, vem, hvem, wer, who, konsultchef, außendienst, außendienstmitarbeiter, innendienst, estimator, kalkylator, kalkulatør, konsulent, berater, vår kontakt, vår man`},
	{"deal.value", `value, amount, deal value, deal amount, deal size, sum, price, revenue, order value, sales amount, sales value, close value, contract value, total value, total amount, mrr,
		opportunity amount, opportunity value, opp amount, opp value, tcv, acv, arr, quote amount, quote value,
		värde, belopp, summa, ordervärde, affärsvärde, pris, offertbelopp, offertsumma, offertvärde, ordersumma, orderbelopp, intäkt, kontraktsvärde, avtalsvärde, affärsbelopp, kr, sek,
		verdi, beløp, sum, ordreverdi, ordresum, kontraktsverdi, tilbudssum, avtaleverdi, omsetning, inntekt, værdi, beløb, ordreværdi, ordrebeløb, kontraktværdi, tilbudsbeløb, omsætning,
		wert, betrag, summe, auftragswert, auftragssumme, angebotswert, angebotssumme, volumen, umsatz, auftragsvolumen, preis, waarde, bedrag, omzet, orderwaarde, dealwaarde,
		montant, valeur, prix, chiffre d'affaires, ca, importe, valor, monto, cantidad, precio, valore, importo, fatturato, prezzo, wartość, kwota, cena, arvo, summa, hinta, kauppasumma, netto, nettobetrag, nettosumme, nettopreis, nettowert, gesamtbetrag, gesamtsumme, gesamtpreis, angebotshöhe, angebotspreis, angebotsbetrag, auftragshöhe, auftragsbetrag, nettobelopp, nettovärde, nettopris,
		offertpris, tilbudspris, tilbudsverdi, nettobeløp, net, net amount, net value, net price, net total, deal total, total, totalt, totalbelopp, order amount, order total, quoted, quoted amount, quoted price, est value, est revenue, estimated value, estimated revenue, est amount, uppskattat värde, beräknat värde`},
	{"deal.currency", `currency, valuta, beloppsvaluta, amount currency, deal currency, currency code, währung, devise, moneda, divisa, waluta, valuutta`},
	{"deal.opened", `opened, open date, opened on, date opened, opening date, created, created at, created on, created date, created time, date created, create date, creation date, date create,
		creation, start, start date, engage date, first contact, first contact date, date of first contact, enquiry date, inquiry date, received, date received, lead created,
		startad, öppnad, skapad, skapad den, skapad datum, skapandedatum, startdatum, inkom, inkommen, datum in, registrerad, registreringsdatum, första kontakt, första kontakten, inkom datum, förfrågan inkom,
		opprettet, opprettet dato, opprettet den, startdato, registrert, første kontakt, innkommet, åpnet, oprettet, oprettet dato, oprettelsesdato, første kontakt, startet, åbnet,
		erstellt, erstellt am, erstellungsdatum, angelegt, angelegt am, beginn, erstkontakt, eröffnet, anlagedatum, eingang, eingangsdatum, aangemaakt, aangemaakt op, aanmaakdatum, eerste contact,
		créé, créée, créé le, créée le, date de création, ouvert le, date d'ouverture, premier contact, creado, creada, fecha de creación, creado el, fecha de inicio, primer contacto,
		creato, creato il, data creazione, data di creazione, data inizio, primo contatto, utworzono, data utworzenia, data rozpoczęcia, pierwszy kontakt, luotu, luontipäivä, aloitettu, avattu, ensikontakti, anfrage, anfrage vom, anfrage am, anfragedatum, angefragt, angefragt am, erstgespräch, kontakt seit, regdatum, reg datum, inreg, lead inn, lead in, enq date, enquiry date, förfrågan, förfrågan den, förfrågningsdatum, offertförfrågan, forespørsel, forespørselsdato,
		henvendelse, henvendelsesdato, forespørgsel, enquiry, inquiry, enquired, enquired on, date in, date received, first call, date added, added, added on, registrert dato, deal erstellt am, första möte, första mötet, first meeting`},
	{"deal.expected_close", `expected close, expected close date, expected closing, expected closing date, expected, forecast date, close forecast, est close date, estimated close, estimated close date, target date,
		förväntat avslut, förväntad order, förväntat datum, beräknat avslut, planerat avslut, prognosdatum, orderdatum (prognos), beräknad order, beräknat orderdatum, trolig order, planerad order,
		förväntad affär, förväntat orderdatum, förväntat slut, uppskattat avslut, väntas, prognos avslut, planerat beslut, förväntat beslut,
		forventet avslutning, forventet avsluttet, forventet lukket, forventet ordre, forventet lukkedato, forventet dato, forventet signering, forventet beslutning, estimert lukkedato, forventet afslutning, forventet lukning, forventet ordredato,
		erwarteter abschluss, voraussichtlicher abschluss, geplanter abschluss, erwartetes abschlussdatum, abschluss geplant, erwartet, verwachte sluitingsdatum, verwachte afsluitdatum, verwacht,
		clôture prévue, date de clôture prévue, fecha de cierre prevista, cierre previsto, fecha prevista, chiusura prevista, data chiusura prevista, planowane zamknięcie, planowana data zamknięcia,
		odotettu päätös, arvioitu päätös, arvioitu sulkemispäivä, target close, target close date, väntat besked, väntat svar, väntat beslut, antatt lukket, antatt lukkedato, antatt ordre, forventet svar, forventet svardato, erwartete entscheidung, entscheidung erwartet, decision due,
		answer expected, planned close, planned close date, beräknat avslutsdatum, förväntat avslutsdatum, planerat avslutsdatum`},
	{"deal.probability", `probability, probability (%), probability %, chance, likelihood, win probability, prob, sannolikhet, sannolikhet %, sannolikhet (%), sannolikh, slh, chans, trolighet, trolighet %,
		sannsynlighet, sansynlighet, sandsynlighed, sjanse, wahrscheinlichkeit, abschlusswahrscheinlichkeit, waarschijnlijkheid, kans, probabilité, probabilidad, probabilità, prawdopodobieństwo, todennäköisyys`},
	{"deal.outcome", `outcome, status, result, state, deal status, opp status, opportunity status, win/loss, won/lost, win loss, utfall, resultat, läge, affärsstatus, vunnen/förlorad, vunnen förlorad,
		utfall, utfald, avtalestatus, vunnet/tapt, ergebnis, stand, uitkomst, resultaat, résultat, statut, état, resultado, estado, esito, stato, risultato, wynik, stan, tila, lopputulos, tulos, svar, besked, kundens svar, zusage/absage, gewonnen/verloren, auftrag/absage, ausgang, utgång, hur gick det, fick vi den, fick vi ordern, vunnen/tappad, ja/nej, vunnet/tapt?, vant/tapte, hvordan gikk det`},
	{"deal.closed", `closed, closed on, closed at, date closed, close date, closing date, closed date, closedate, end date, decided, decision date, won date, date won, actual close date, lost date,
		avslutad, avslutsdatum, avslut, stängd, beslutsdatum, slutdatum, beslut, beslutad, avslutat, orderdatum, avslutad den, stängd den, stängdatum,
		avsluttet, avsluttet dato, lukket, lukkedato, sluttdato, beslutningsdato, avslutningsdato, ordredato, afsluttet, afslutningsdato, slutdato, lukket dato,
		abgeschlossen, abgeschlossen am, abschluss, abschlussdatum, geschlossen, geschlossen am, entscheidung am, auftragsdatum, afgesloten, afgesloten op, sluitingsdatum, gesloten op,
		clôture, clôturé le, date de clôture, date de fermeture, fermé le, fecha de cierre, cerrado, cerrado el, data chiusura, data di chiusura, chiuso, chiuso il, data zamknięcia, zamknięto,
		suljettu, päättynyt, päätöspäivä, sulkemispäivä, actual close, beslutsdag, avslutsdag, svarsdatum, svarsdag, salgsdato, auftrag am, auftrag vom, auftragseingang, datum zusage, zusage am, absage am, entscheidungsdatum, entscheidung, bestellt am, bestelldatum, beställd den, beställningsdatum, orderdag,
		datum svar, svardato, dato svar, dato resultat, resultatdato, resultatdatum, result date, outcome date, erledigt, erledigt am, klar, klart, klar den, signeringsdatum, signerad, signerad den, signert, signert dato, signed, signed on, date signed, kontraktsdatum, avtalsdatum, date of order, order date, ordered on, decision on, beslutet den, besked den`},
	{"deal.lost_reason", `lost reason, loss reason, closed lost reason, reason lost, reason, reason for loss, why lost, förlustorsak, orsak, anledning, varför förlorad, skäl, orsak förlorad,
		tapsårsak, årsak, tabsårsag, årsag, verlustgrund, grund, ablehnungsgrund, reden verlies, verliesreden, raison de la perte, motif de perte, motivo de pérdida, motivo, motivo perdita, powód przegranej, häviön syy`},
	{"deal.competitor", `competitor, lost to, konkurrent, förlorad till, tapt til, tabt til, mitbewerber, wettbewerber, concurrent, competidor, concorrente, konkurencja, kilpailija`},
	{"deal.note", `note, notes, comment, comments, description, remark, remarks, anteckning, anteckningar, kommentar, kommentarer, beskrivning, notering, noteringar, anm, anmärkning, övrigt,
		merknad, merknader, notat, notater, beskrivelse, bemærkning, bemærkninger, noter, bemerkung, bemerkungen, notiz, notizen, beschreibung, opmerking, opmerkingen, notitie, omschrijving,
		remarque, remarques, commentaire, commentaires, notas, comentarios, descripción, note, commenti, descrizione, uwagi, notatki, opis, huomautus, muistiinpanot, kommentti`},
	{"deal.activities", "planned activities, planerade aktiviteter"},
	{"deal.process", "process, sales process, säljprocess, salgsprosess, salgsproces"},
	{"deal.stage", "stage, new stage, to stage, deal stage, stage name, sales stage, opportunity stage, phase, fas, steg, nytt steg, status, säljfas, fase, salgsfase, steg i prosessen, vertriebsphase, étape, etapa, fase di vendita, etap, vaihe"},
	{"deal.stage_on", "date, stage date, changed, changed on, moved on, date of change, entered, entered on, datum, ändrad, ändrad den, flyttad, dato, endret, ændret, geändert am"},
	{"deal.is_won", "is won, iswon, is closed won"},
	{"deal.is_closed", "is closed, isclosed, is deal closed"},
	{"deal.is_deleted", "is deleted, isdeleted, deleted, raderad, borttagen, slettet, gelöscht"},
	{"deal.is_active", "active, is active"},
	{"deal.is_archived", "archived, is archived, isarchived, arkiverad, arkivert, arkiveret"},
}

// offerDays are columns of the day on which something was offered: the first day that some lists know of a deal, and a step on the way in others.
var offerDays = NewWords(WordList[bool]{For: true, Words: `angebotsdatum, angebot vom, angebot am, angeboten am, offertdatum, offertdag, offert datum, datum offert, offererad, offererad den, offert skickad, offert lämnad,
	lämnad, lämnad den, skickad, skickad den, sendt, sendt dato, sent, sent on, tilbudsdato, tilbud sendt, tilbud dato, dato for tilbud, tilbudt, quote date, quoted on, date quoted, date of quote, quotation date, offer date, proposal date, quote sent,
	offertedatum, date du devis, date devis, fecha de oferta, fecha oferta, data offerta, data oferty, tarjouspäivä`})

// plainDays are columns that say no more than that they are days.
var plainDays = NewWords(WordList[bool]{For: true, Words: "date, datum, dato, dag, tag, fecha, data, päivämäärä, day"})

// IsPlainDay tells a header like Datum.
func IsPlainDay(header string) bool { _, ok := plainDays.Of(header); return ok }

// IsOrderer tells a header under which some have the customer, and others the person there.
func IsOrderer(header string) bool {
	key := Key(header)
	return key == "beställare" || key == "bestiller"
}

// IsOfferDay tells a header like Angebotsdatum.
func IsOfferDay(header string) bool { _, ok := offerDays.Of(header); return ok }

// eitherHeaders are the words that some put over the name of a deal and others over its number. The cells tell which.
var eitherHeaders = NewWords(WordList[bool]{For: true, Words: `deal, deals, affär, affärer, avtale, aftale, offert, ärende, sak, sag, tilbud, angebot, vorgang, geschäft, auftrag,
	offerte, affaire, negocio, affare, transakcja, kauppa, tarjous, quote, order, lead`})

// moneyHeaders are values only where the header names a currency too: "Estimated $".
var moneyHeaders = NewWords(WordList[bool]{For: true, Words: "estimated, estimate, est, expected, uppskattat, beräknat, budget, forventet, geschätzt, offert, tilbud, angebot, quote, offer, order, ordre, auftrag, arr, mrr, omsetning, omsättning, kontrakt, contract, avtal, avtale, aftale, affär, deal, job, jobb"})

// columns says for each meaning what its column may be called; columnMeanings what a column is that is called so. Stages are only told apart
// from outcomes by what else is in the list.
var columns, columnMeanings = columnVocabularies()

func columnVocabularies() (by map[string]Words[bool], of Words[string]) {
	by = map[string]Words[bool]{}
	var lists []WordList[string]
	for _, l := range columnWords {
		by[l.For] = NewWords(WordList[bool]{true, l.Words})
		if l.For != "deal.stage" && l.For != "deal.stage_on" {
			lists = append(lists, l)
		}
	}
	return by, NewWords(lists...)
}

// MayBeCalled tells whether a column of that meaning may have that header.
func MayBeCalled(meaning, header string) bool {
	_, ok := columns[meaning].Of(header)
	return ok
}

// ColumnMeaning is what a column of that name is in most lists, with or without a unit behind it; empty for a name that says nothing.
func ColumnMeaning(header string) string {
	if m, ok := columnMeanings.Of(header); ok {
		return m
	}
	if rest := withoutNotes(header); rest != "" && rest != header {
		return ColumnMeaning(rest)
	}
	rest, _, currency, _ := HeaderUnit(header)
	if m, ok := columnMeanings.Of(rest); ok && rest != header && m == "deal.value" {
		return m
	}
	if _, ok := moneyHeaders.Of(rest); ok && currency != "" || rest == "" && currency != "" {
		return "deal.value"
	}
	return ""
}

// withoutNotes is a header without what says no more than that it is about a deal, as one system writes before all of them, and without whether
// tax is in an amount.
func withoutNotes(header string) string {
	rest := strings.TrimSpace(header)
	if len(rest) > 7 && strings.EqualFold(rest[:7], "deal - ") {
		return rest[7:]
	}
	for _, tax := range []string{"ex moms", "ex. moms", "exkl moms", "exkl. moms", "exklusive moms", "excl vat", "excl. vat", "ex vat", "eks mva", "eks. mva", "ekskl. moms", "netto", "net"} {
		if at := len(rest) - len(tax); at > 1 && strings.EqualFold(rest[at:], tax) && strings.ContainsAny(rest[at-1:at], " (,") {
			return strings.TrimRight(rest[:at], " (,")
		}
	}
	return rest
}

// NameOrNumber tells a header like "Deal", over which some put names and others numbers.
func NameOrNumber(header string) bool { return eitherHeaders[Key(header)] }
