package cells

import (
	"slices"
	"strings"
	"unicode"

	"milstolpe/process"
)

// StillOpen is how a list says that a deal has not ended, beside the outcomes.
const StillOpen process.Outcome = "open"

// outcomes are the words for outcomes that need no mapping: those of our own exports and what other systems call them, in English,
// Swedish, Norwegian, Danish, Finnish, German, Dutch, French, Spanish, Italian and Polish.
var outcomes = NewWords(
	WordList[process.Outcome]{process.Won, `won,win,closed won,deal won,won deal,closed won deal,success,successful,sold,signed,accepted,order,ordered,
		vunnen,vunnet,vunna,vunnit,vann,såld,sålt,beställd,beställt,beställning,accepterad,antagen,avslutad vunnen,stängd vunnen,order erhållen,
		vant,vinn,solgt,bestilt,akseptert,signert,lukket vunnet,avsluttet vunnet,vundet,vundne,vandt,vunden,accepteret,lukket vundet,
		voitettu,voitto,voitti,voittanut,myyty,tilattu,hyväksytty,gewonnen,verkauft,auftrag,beauftragt,auftrag erhalten,geschlossen gewonnen,abgeschlossen gewonnen,
		zusage,zugesagt,bestellt,auftrag erteilt,zuschlag erhalten,fick den,fick ordern,fick affären,fikk den,fikk ordren,fikk jobben,fik ordren,erfolgreich,zuschlag,geschlossen und gewonnen,verkocht,geaccepteerd,gesloten gewonnen,afgesloten gewonnen,
		gagné,gagnée,gagnés,gagnées,remporté,remportée,signé,signée,vendu,vendue,fermé gagné,fermée gagnée,clôturé gagné,clôturée gagnée,conclu,conclue,affaire gagnée,
		ganado,ganada,ganados,ganadas,vendido,vendida,firmado,firmada,aceptado,aceptada,cerrado ganado,cerrada ganada,
		vinto,vinta,vinti,vinte,venduto,venduta,firmato,chiuso vinto,chiusa vinta,acquisito,
		wygrana,wygrany,wygrane,wygrano,sprzedane,sprzedana,zamknięte wygrane,zamknięta wygrana,podpisana,podpisane`},
	WordList[process.Outcome]{process.Lost, `lost,loss,lose,losing,closed lost,deal lost,lost deal,dead,declined,rejected,failed,unsuccessful,abandoned,closed no sale,no sale,
		förlorad,förlorat,förlorade,förlust,tappad,tappat,avböjd,avböjt,avslag,avslutad förlorad,stängd förlorad,
		fick ej,fick inte,fick den inte,fick den ej,gick till konkurrent,gick till annan,tackade nej,nej tack,valde annan,fikk ikke,fikk den ikke,takket nei,gikk til konkurrent,fik ikke,
		turned down,not won,lost to competitor,kein auftrag,abgesagt,absage erhalten,auftrag verloren,zurückgezogen vom kunden,tapt,tapte,tap,avslått,ikke vunnet,lukket tapt,avsluttet tapt,tabt,tabte,afvist,afslag,afslået,lukket tabt,
		hävitty,hävisi,häviö,hävinnyt,menetetty,hylätty,tappio,ei kauppaa,verloren,verlust,abgelehnt,absage,geschlossen verloren,abgeschlossen verloren,nicht gewonnen,
		geschlossen und verloren,afgewezen,verlies,gesloten verloren,afgesloten verloren,
		perdu,perdue,perdus,perdues,perte,refusé,refusée,rejeté,rejetée,échec,fermé perdu,fermée perdue,clôturé perdu,clôturée perdue,affaire perdue,
		perdido,perdida,perdidos,perdidas,rechazado,rechazada,descartado,descartada,cerrado perdido,cerrada perdida,
		perso,persa,persi,perse,perduto,rifiutato,rifiutata,chiuso perso,chiusa persa,
		przegrana,przegrany,przegrane,przegrano,utracona,utracony,utracone,stracona,stracony,odrzucona,odrzucony,zamknięte przegrane,zamknięta przegrana`},
	WordList[process.Outcome]{process.NoDecision, `no decision,inget beslut,ingen beslutning,ei päätöstä,keine entscheidung,geen beslissing,pas de décision,
		sin decisión,nessuna decisione,brak decyzji`},
	WordList[process.Outcome]{process.Withdrew, `we withdrew,withdrew,vi drog oss ur,vi trakk oss,vi trak os,vetäydyimme,wir haben uns zurückgezogen`},
	WordList[process.Outcome]{process.Void, `invalid,duplicate,ogiltig,dubblett,ugyldig,duplikat,dublet,virheellinen,ungültig,dublette,ongeldig,doublon,
		inválido,duplicado,duplicato,nieprawidłowa`},
	WordList[process.Outcome]{StillOpen, openWords + "," + openStages},
)

// openWords say that a deal has not ended.
const openWords = `open,öppen,öppet,öppna,pågående,pågår,in progress,ongoing,active,aktiv,aktivt,väntar,pending,on hold,working,still open,new,ny,nytt,
	åpen,åpent,åpne,under arbeid,pågår,åben,åbent,åbne,igangværende,i gang,avoin,auki,kesken,käynnissä,uusi,offen,laufend,in bearbeitung,in arbeit,neu,
	lopend,lopende,openstaand,nieuw,ouvert,ouverte,en cours,nouveau,nouvelle,abierto,abierta,en curso,en proceso,nuevo,nueva,activo,activa,aperto,aperta,in corso,
	väntar svar,väntar på svar,väntar besked,väntar på besked,inväntar svar,inväntar besked,avvaktar,hos kund,under förhandling,i förhandling,ligger ute,ute hos kund,
	avventer,avventer svar,venter,venter svar,venter på svar,under behandling,afventer,afventer svar,i forhandling,
	waiting,awaiting,awaiting reply,awaiting decision,awaiting response,chasing,undecided,to be decided,tbc,tbd,quoted,
	in verhandlung,verhandlung läuft,wartend,warten,wartet,angebot abgegeben,angebot offen,nachfassen,wiedervorlage,in prüfung,entscheidung offen,unentschieden,ausstehend,
	läuft,läuft noch,pipeline,i pipeline,in pipeline,in der pipeline,
	nuovo,nuova,attivo,attiva,otwarta,otwarty,otwarte,w toku,nowa,nowy`

// openStages are the stages that other systems come with, and that nearly all who use them keep. None of them ends a deal.
const openStages = `lead,lead in,leads,prospect,prospecting,qualification,qualifying,qualified,qualified lead,qualify,qualified to buy,needs analysis,
	value proposition,identify decision makers,id decision makers,perception analysis,proposal,proposals,proposal made,proposal sent,proposal price quote,
	proposal quote,proposition,quote,quote sent,quotation,negotiation,negotiations,negotiation review,negotiation started,negotiations started,contacted,contact made,
	demo,demo scheduled,meeting scheduled,appointment scheduled,appointmentscheduled,qualifiedtobuy,presentation scheduled,presentationscheduled,
	decision maker bought in,decisionmakerboughtin,contract sent,contractsent,discovery,develop,propose,solution,evaluation,evaluating,engaging,interested,initial contact,
	kvalificering,kvalificerad,behovsanalys,offert,offert skickad,offererad,förhandling,prospektering,möte bokat,demo bokad,förslag,avtal skickat,
	kvalifisering,kvalifisert,tilbud,tilbud sendt,forhandling,behovsanalyse,kvalificering,kvalificeret,tarjous,tarjous lähetetty,neuvottelu,
	angebot,angebot gesendet,verhandlung,qualifizierung,qualifiziert,offerte,onderhandeling,kwalificatie,proposition envoyée,négociation,qualifié,
	propuesta,negociación,calificación,proposta,negoziazione,trattativa,oferta,negocjacje`

// neutral words say nothing about how a deal ended when they stand beside one that does.
var neutral = []string{
	"closed", "deal", "deals", "stage", "status", "fas", "steg", "avslutad", "avslutat", "stängd", "stängt", "erhållen", "mottagen", "received", "pipeline", "sales",
	"opportunity", "contract", "kontrakt", "avtal", "lukket", "avsluttet", "abgeschlossen", "geschlossen", "gesloten", "fermé", "clôturé", "cerrado", "cerrada",
	"chiuso", "chiusa", "zamknięte", "affär", "affären", "und", "and", "och", "och", "the", "by", "was", "is", "är", "blev", "standard", "process",
}

var stages = NewWords(WordList[bool]{true, openStages})

// IsStage tells a word that is the name of a stage in other systems, on the way to an end.
func IsStage(word string) bool { _, ok := stages.Of(word); return ok }

// OutcomeOf is how a deal ended that a list has this word for; StillOpen if it says that the deal has not.
func OutcomeOf(word string) (process.Outcome, bool) { return outcomes.Of(word) }

// agreed are words for an outcome that are as often the name of a step before it: a contract is signed, and then the deal is won.
var agreed = NewWords(WordList[bool]{true, `sold,signed,accepted,order,ordered,contract signed,såld,sålt,beställd,beställt,beställning,accepterad,antagen,signert,solgt,bestilt,akseptert,
	accepteret,myyty,tilattu,hyväksytty,verkauft,auftrag,beauftragt,verkocht,geaccepteerd,signé,signée,vendu,vendue,firmado,firmada,aceptado,aceptada,vendido,vendida,
	firmato,venduto,venduta,podpisana,podpisane,sprzedane,sprzedana,dead,declined,rejected,avböjd,avböjt,avslag,afvist,afslag,abgelehnt,absage,afgewezen,
	refusé,refusée,rejeté,rejetée,rechazado,rechazada,rifiutato,rifiutata,odrzucona,odrzucony,hylätty`})

// Outright tells a word that names an outcome and nothing else.
func Outright(word string) (process.Outcome, bool) {
	o, ok := OutcomeOf(word)
	_, step := agreed.Of(word)
	return o, ok && !step
}

// to are the words between a loss and whom it went to.
var to = []string{"to", "till", "til", "an", "à", "al", "aan"}

// beginning is an outcome with more behind it that cannot turn it round: "Lost - price", "Förlorad (budget)", "verloren an Mitbewerber".
func beginning(text string) (process.Outcome, bool) {
	if at := strings.IndexAny(text, "-–:(,;/"); at > 0 {
		if o, ok := Outright(text[:at]); ok && o != StillOpen {
			other, also := OutcomeOf(text[at+1:])
			return o, !also || other == o
		}
	}
	words := Tokens(text)
	if len(words) > 2 && slices.Contains(to, words[1]) {
		if o, ok := Outright(words[0]); ok && o == process.Lost {
			return o, true
		}
	}
	return "", false
}

// OutcomeIn finds a word for an outcome inside a longer one, as in "5. Closed won (new sales)". It is not certain where another word
// beside it may turn it round, like that in "waiting for an order".
func OutcomeIn(text string) (o process.Outcome, certain bool) {
	switch Key(text) {
	case "ja", "yes", "oui", "sí", "kyllä", "tak":
		return process.Won, true
	case "nej", "no", "ej", "nei", "nein", "nee", "non", "nie", "ei":
		return process.Lost, true
	}
	if o, said := beginning(text); said {
		return o, true
	}
	o, certain = StillOpen, true
	for _, word := range Tokens(text) {
		is, known := OutcomeOf(word)
		switch {
		case known && is != StillOpen && (o == StillOpen || o == is):
			o = is
		case known && is != StillOpen:
			return StillOpen, false
		case slices.Contains(neutral, word), isNumber(word):
		default:
			certain = false
		}
	}
	return o, certain && o != StillOpen
}

func isNumber(word string) bool {
	return len(word) <= 2 && unicode.IsDigit([]rune(word)[0])
}
