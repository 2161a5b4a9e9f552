package namecheck

// freeTopics are names of what costs the buyer nothing. They are looked at before ourTopics, because "has asked for a quote" is about a
// quote too.
var freeTopics = []doubtTopic{
	{
		wordsLike(`(?:bett|ber|frågat|begärt|begär|önskat|efterfrågat|vill ha|vill få|vill veta) (?:\p{L}+ ){0,3}(?:\p{L}*offert\p{L}*|\p{L}*pris\p{L}*|anbud\p{L}*|kostnad\p{L}*)`,
			`(?:asked|asks|requested|requests|enquired|inquired|wants|want|would like) (?:\p{L}+ ){0,3}(?:quotes?|quotation|prices?|pricing|proposal|offer|bid|cost|costs)`,
			`(?:offert|pris)\p{L}*förfrågan\p{L}*`, `(?:offert|anbud|pris) (?:begärd|begärt|efterfrågad|efterfrågat|önskas)`,
			`(?:quote|quotation|proposal|price|pricing|offer) (?:is |was |has been )?(?:requested|asked for|request|enquiry|inquiry)`,
			`rfq(?: received)?`, `rfq inkommen`, `request for (?:a )?(?:quote|quotation|proposal)`,
			`(?:förfrågan|enquiry|inquiry) (?:\p{L}+ ){0,3}(?:inkommen|mottagen|received)`, `(?:inkommen|fått|mottagit|ny|new|incoming|received) (?:an? |en )?(?:förfrågan|enquiry|inquiry)`),
		[3]string{
			"Kunden har lämnat ut en specifikation med namn på den som ansvarar för den",
			"Kunden har berättat vem som beslutar och till vilken dag",
			"Kunden har angett vilken budgetpost köpet ska belasta",
		},
		[3]string{
			"The buyer has handed out a specification and named who answers for it",
			"The buyer has told us who decides, and by which day",
			"The buyer has named the budget line that is to pay for it",
		},
	},
	{
		wordsLike(`(?:bett|ber|frågat|begärt|önskat|vill ha|vill se|vill få) (?:\p{L}+ ){0,3}(?:demo\p{L}*|demonstration\p{L}*|presentation\p{L}*|möte\p{L}*|besök)`,
			`(?:asked|asks|requested|requests|wants|want|would like) (?:\p{L}+ ){0,3}(?:demo|demos|demonstration|presentation|meeting|call|visit)`,
			`(?:sett|tittat på|varit på|deltagit i|deltagit på|seen|watched|attended|joined) (?:\p{L}+ ){0,3}(?:demon?|demonstration\p{L}*|presentation\p{L}*|webbinari\p{L}*|webinar|seminari\p{L}*|seminar|mässa\p{L}*|fair)`,
			`(?:demo|meeting|möte) (?:requested|begärt|begärd|efterfrågat|efterfrågad)`),
		[3]string{
			"Kunden har tagit med den som beslutar",
			"Kunden har testat med egna data och bedömt resultatet mot egna kriterier",
			"Kunden har haft ett internt möte om resultatet utan oss",
		},
		[3]string{
			"The buyer has brought the person who decides",
			"The buyer has tried it on its own data and judged the result by its own criteria",
			"The buyer has held an internal meeting about the result without us",
		},
	},
	{
		wordsLike(`(?:bett|ber|frågat|begärt|önskat|vill ha|vill få|vill veta|laddat ner|laddat hem|hämtat) (?:\p{L}+ ){0,3}(?:information\p{L}*|info|material\p{L}*|broschyr\p{L}*|produktblad\p{L}*|referenser|referens|mer|katalog\p{L}*|white ?paper)`,
			`(?:asked|asks|requested|requests|wants|want|would like|downloaded) (?:\p{L}+ ){0,3}(?:information|info|material|brochure|datasheet|references|reference|more|catalogue|catalog|white ?paper)`,
			`(?:intresserad|intresserade|intresse|intresseanmälan|nyfiken|positiv|positiva|interested|interest|curious|positive|keen)`,
			`(?:gillar|gillade|liked|likes|öppnat|klickat|opened|clicked|prenumererar|subscribed) (?:\p{L}+ )*(?:demo\p{L}*|förslag\p{L}*|lösning\p{L}*|produkt\p{L}*|offert\p{L}*|mejl\p{L}*|mail\p{L}*|länk\p{L}*|nyhetsbrev\p{L}*|proposal|solution|product|quote|e mail|email|link|newsletter|what)`,
			`(?:lovat|sagt att de ska|promised to|said they will|said they would) (?:\p{L}+ ){0,3}(?:återkomma|höra av sig|fundera|tänka|get back|think|call back|be in touch)`,
			`(?:ska|will) (?:fundera|tänka på saken|think about it|get back to us)`),
		[3]string{
			"Kunden har angett vad det kostar att låta bli",
			"Kunden har beskrivit problemet med egna ord och utsett en ansvarig",
			"Kunden har bokat in den som äger budgeten till nästa möte",
		},
		[3]string{
			"The buyer has said what it costs to leave things as they are",
			"The buyer has described the problem in its own words and appointed somebody to own it",
			"The buyer has booked the person who owns the budget for the next meeting",
		},
	},
}

// ourPapers are names of what sellers write and send, the narrower ones first.
var ourPapers = []doubtTopic{
	{
		wordsLike(`(?:avtal\p{L}*|kontrakt\p{L}*|contract|agreement|nda|sekretessavtal\p{L}*) (?:\p{L}+ ){0,2}(?:skicka\p{L}*|utskicka\p{L}*|översän\p{L}*|lämna\p{L}*|överlämna\p{L}*|klart|upprättat|skrivet|sent|drafted|prepared|issued|ready|delivered)`,
			`(?:skicka|skickat|skickar|översänt|lämnat|upprättat|skrivit|send|sent|drafted|prepared|issued) (?:\p{L}+ ){0,3}(?:avtal\p{L}*|kontrakt\p{L}*|contract|agreement|nda|sekretessavtal\p{L}*)`),
		[3]string{
			"Kunden har återkommit med synpunkter på avtalet",
			"Kunden har berättat vem som får skriva på och när det går",
			"Kundens jurister har godkänt villkoren",
		},
		[3]string{
			"The buyer has come back with comments on the contract",
			"The buyer has told us who may sign, and when that can be done",
			"The buyer's lawyers have approved the terms",
		},
	},
	{
		wordsLike(`\p{L}*offert(?:en|er|erad|erat|era|erar|ering|eringen|möte|fas|fasen|presentation|genomgång|skede|stadie)?`, `anbud(?:et|en)?`, `prisförslag\p{L}*`, `kostnadsförslag\p{L}*`, `prisuppgift\p{L}*`,
			`prislista\p{L}*`, `lösningsförslag\p{L}*`, `förslag (?:skickat|lämnat|presenterat)`, `quotes?`, `quoted`, `quotation`, `proposals?`, `offers?`, `offered`, `bids?`, `tender submitted`,
			`pricing (?:sent|given|presented)`, `prices? (?:sent|given|presented)`),
		[3]string{
			"Kunden har gått igenom offerten med den som beslutar",
			"Kunden har skriftligt godkänt omfattningen",
			"Kunden har satt en dag för beslut om offerten",
		},
		[3]string{
			"The buyer has gone through the quote with the person who decides",
			"The buyer has agreed to the scope in writing",
			"The buyer has set a day for deciding on the quote",
		},
	},
	{
		wordsLike(`(?:broschyr\p{L}*|information\p{L}*|info|material\p{L}*|produktblad\p{L}*|referens\p{L}*|case|white ?paper|kalkyl\p{L}*|brochures?|references?|datasheets?|documentation|dokumentation\p{L}*|business case|roi|samples?|prover|prov) (?:\p{L}+ ){0,2}(?:skicka\p{L}*|utskicka\p{L}*|lämna\p{L}*|överlämna\p{L}*|leverera\p{L}*|mejla\p{L}*|framtag\p{L}*|visad?|sent|delivered|provided|shared|handed over|prepared|given|mailed|shown)`,
			`(?:skicka|skickat|skickar|mejlat|lämnat|överlämnat|tagit fram|visat|send|sent|mailed|emailed|handed over|handed out|prepared|provided|delivered|presented) (?:\p{L}+ ){0,2}(?:broschyr\p{L}*|information\p{L}*|info|material\p{L}*|produktblad\p{L}*|referens\p{L}*|case|white ?paper|kalkyl\p{L}*|brochures?|references?|datasheets?|documentation|dokumentation\p{L}*|business case|roi|samples?|prover)`),
		[3]string{
			"Kunden har gått igenom materialet med sina kollegor och återkommit med frågor",
			"Kunden har ringt en av våra referenser",
			"Kunden har räknat på det med egna siffror",
		},
		[3]string{
			"The buyer has gone through the material with colleagues and come back with questions",
			"The buyer has called one of our references",
			"The buyer has done the sum with its own figures",
		},
	},
	{
		wordsLike(`(?:pilot\p{L}*|test|testet|trial|testkonto|provkonto|demokonto|poc|proof of concept|testmiljö|provperiod|licens\p{L}*|account) (?:\p{L}+ ){0,2}(?:uppsatt|uppsatta|skapat|skapad|satt upp|konfigurera\p{L}*|levererad|levererat|installerad|set up|created|configured|delivered|provided|installed)`,
			`(?:satt upp|skapat|konfigurerat|installerat|levererat|set up|created|configured|installed|delivered|provided) (?:\p{L}+ ){0,2}(?:pilot\p{L}*|test|trial|testkonto|provkonto|poc|proof of concept|testmiljö|account)`),
		[3]string{
			"Kunden har utsett testare och kriterier för vad som är ett bra resultat",
			"Kunden har testat med egna data",
			"Kunden har godkänt testresultatet mot kriterierna",
		},
		[3]string{
			"The buyer has appointed testers, and criteria for a good result",
			"The buyer has tried it on its own data",
			"The buyer has approved the result of the trial against the criteria",
		},
	},
}
