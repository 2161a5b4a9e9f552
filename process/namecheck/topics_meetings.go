package namecheck

// ourTalks are the meetings, visits and calls that sellers hold, the narrower ones first, and last of all whatever "we" do.
var ourTalks = []doubtTopic{
	{
		wordsLike(`demo`, `demon`, `demot`, `demos`, `demomöte\p{L}*`, `demonstration\p{L}*`, `demonstr\p{L}*`, `demoe?d`, `produktvisning\p{L}*`, `visning\p{L}*`, `produktdemo\p{L}*`),
		[3]string{
			"Kunden har testat med egna data och utsedda testare",
			"Kunden har bedömt lösningen mot sina egna kriterier",
			"Kunden har visat lösningen för dem som ska använda den",
		},
		[3]string{
			"The buyer has tried it on its own data, with named testers",
			"The buyer has judged the solution by its own criteria",
			"The buyer has shown the solution to the people who will use it",
		},
	},
	{
		wordsLike(`\p{L}*presentation(?:en|er)?`, `presentera\p{L}*`, `presented`, `presenting`, `pitch\p{L}*`, `dragning\p{L}*`, `webbinari\p{L}*`, `webinar`, `seminari\p{L}*`),
		[3]string{
			"Kunden har tagit upp förslaget på ett eget möte utan oss",
			"Kunden har tagit med den som beslutar",
			"Kunden har skrivit ner vad valet ska avgöras på",
		},
		[3]string{
			"The buyer has brought the proposal up at a meeting of its own without us",
			"The buyer has brought the person who decides",
			"The buyer has written down what the choice will be made on",
		},
	},
	{
		wordsLike(`\p{L}*uppföljning\p{L}*`, `följt upp`, `följa upp`, `följ upp`, `uppföljd`, `follow ups?`, `followed up`, `following up`, `påminnelse\p{L}*`, `påmint`, `påminn`, `reminders?`, `reminded`,
			`check in`, `checked in`, `checking in`, `avstämning\p{L}*`, `avstämt`, `återkoppla\p{L}*`, `återkoppling\p{L}*`, `stämt av`),
		[3]string{
			"Kunden har berättat vad som hänt internt sedan sist",
			"Kunden har satt en dag för beslut",
			"Kunden har avsatt pengar",
		},
		[3]string{
			"The buyer has told us what has happened internally since last time",
			"The buyer has set a day for the decision",
			"The buyer has set money aside",
		},
	},
	{
		wordsLike(`förhandling\p{L}*`, `slutförhandling\p{L}*`, `förhandl\p{L}*`, `negotiat\p{L}*`, `prisdiskussion\p{L}*`, `price discussion`, `discount\p{L}*`, `rabatt\p{L}*`, `closing`),
		[3]string{
			"Kunden har valt ut oss och berättat vilka som är kvar",
			"Beslutsfattaren har sagt ja till pris och startdag",
			"Inköp har återkommit med skriftliga synpunkter på villkoren",
		},
		[3]string{
			"The buyer has short-listed us and told us who is left",
			"The decision maker has said yes to price and starting day",
			"Purchasing has come back with written comments on the terms",
		},
	},
	{
		wordsLike(`behovsanalys\p{L}*`, `behovsinventering\p{L}*`, `behovskartläggning\p{L}*`, `kartläggning\p{L}*`, `nulägesanalys\p{L}*`, `förstudie (?:gjord|klar|genomförd|levererad)`, `needs (?:analysis|assessment|identified|analysed|analyzed)`, `discovery`,
			`qualif\p{L}*`, `kvalific\p{L}*`, `kvalificer\p{L}*`, `kval`, `bant`, `meddic\p{L}*`, `scoping`, `lead`, `leads`, `mql`, `sql`, `prospect`, `prospekt\p{L}*`),
		[3]string{
			"Kunden har beskrivit problemet med egna ord och utsett en ansvarig",
			"Kunden har lämnat ut de underlag som vi behöver",
			"Kunden har angett vad det kostar att låta bli",
		},
		[3]string{
			"The buyer has described the problem in its own words and appointed somebody to own it",
			"The buyer has handed over the data that we need",
			"The buyer has said what it costs to leave things as they are",
		},
	},
	{
		wordsLike(`\p{L}*besök`, `\p{L}*besöket`, `besökt`, `site visits?`, `visits?`, `visited`),
		[3]string{
			"Kunden har släppt in oss för att mäta och titta",
			"Kunden har bjudit in dem som ska använda lösningen till besöket",
			"Kunden har besökt en anläggning som vi har levererat",
		},
		[3]string{
			"The buyer has let us in to measure and look",
			"The buyer has invited the people who will use the solution to the visit",
			"The buyer has visited an installation of ours",
		},
	},
	{
		wordsLike(`\p{L}*möte`, `\p{L}*mötet`, `\p{L}*möten`, `meetings?`, `met with`, `träff`, `träffat`, `lunch\p{L}*`, `fika`, `coffee`, `workshops?`, `workshopen`, `kick ?off`, `intro`, `introduktion`, `introduction`, `session`, `appointments?`),
		[3]string{
			"Kunden har beskrivit problemet och utsett en ansvarig",
			"Kunden har tagit med den som äger budgeten",
			"Kunden har haft ett möte i frågan utan oss",
		},
		[3]string{
			"The buyer has described the problem and appointed somebody to own it",
			"The buyer has brought the person who owns the budget",
			"The buyer has held a meeting about it without us",
		},
	},
	{
		wordsLike(`kontakt`, `kontakten`, `kontaktad`, `kontaktat`, `kontakta`, `kontakt tagen`, `contact`, `contacted`, `reached out`, `outreach`, `ringt`, `ring`, `ringa`, `uppringd`, `\p{L}*samtal`, `\p{L}*samtalet`, `phone ?call`,
			`calls?`, `called`, `cold ?call\p{L}*`, `mejl`, `mejlat`, `mejla`, `mailat`, `maila`, `mail`, `mailed`, `e ?mail`, `e ?mailed`, `e post`, `linkedin`, `dialog\p{L}*`, `dialogue`, `bearbetning`, `bearbetad`, `uppvaktad`, `uppvaktat`, `prospecting`),
		[3]string{
			"Kunden har svarat och berättat vem som äger frågan",
			"Kunden har beskrivit problemet med egna ord",
			"Kunden har bokat tid för den som berörs mest",
		},
		[3]string{
			"The buyer has answered and told us who owns the question",
			"The buyer has described the problem in its own words",
			"The buyer has booked time with the person it matters to most",
		},
	},
	{
		wordsLike(`skicka\p{L}*`, `utskicka\p{L}*`, `sänt`, `översän\p{L}*`, `sent`, `informerat`, `informerad`, `informed`, `briefed`, `erbjud\p{L}*`, `överlämna\p{L}*`, `levererat`, `delivered`, `handed over`, `räknat på`, `varit ute`, `value proposition`,
			`(?:we|vi|jag|säljaren|säljare|seller|sales|sales ?rep|rep|account manager|konsulten|our team|vårt team) (?:har|have|has|had|ska|will|är|are|is|skriver|tar|gör|visar|bokar|skickar|ringer|mejlar|träffar|presenterar|send|call|meet|present|book|write|show|make|do|offer|erbjuder)`),
		[3]string{
			"Kunden har återkommit med skriftliga synpunkter",
			"Kunden har avsatt pengar",
			"Kunden har beskrivit vem som beslutar, hur och när",
		},
		[3]string{
			"The buyer has come back with written comments",
			"The buyer has set money aside",
			"The buyer has described who decides, how and when",
		},
	},
}
