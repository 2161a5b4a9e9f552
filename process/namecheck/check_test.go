package namecheck_test

import (
	"testing"

	"milstolpe/process/namecheck"
	"milstolpe/process/presets"
)

func TestWhatTheSellerDoesIsQuestioned(t *testing.T) {
	for _, name := range []string{
		"Quote sent", "quote sent to customer", "Proposal", "Proposal submitted", "Offer made", "Sent the quotation", "We have sent an offer",
		"First meeting", "First meeting held", "Meeting booked", "Met with the customer", "Customer meeting", "Follow-up meeting", "Kick-off meeting",
		"Demo given", "Demo", "Demo booked", "Product demonstration done", "Presentation held", "Solution presented", "Presented to the board",
		"Called the customer", "Contacted", "Customer contacted", "Cold call", "Phone call", "E-mail sent", "Followed up", "Reminder sent",
		"Qualified lead", "Needs analysis done", "Discovery call", "Negotiation", "Contract sent", "Sent the contract", "Site visit",
		"Brochure sent", "Trial account set up", "The buyer has received our quote", "The customer has been given a demo",
		"Price list sent", "Appointment scheduled", "Value proposition", "Reference list sent", "We have told them what it costs", "Sales rep has met with the client", "Workshop",
		"Offert skickad", "Offert", "Skickat offert", "Offert lämnad till kunden", "Offerten uppföljd", "Anbud inlämnat", "Prisförslag lämnat",
		"Första mötet", "Första möte", "Uppföljningsmöte", "Kundmöte", "Möte bokat", "Möte med kunden", "Introduktionsmöte", "Teams-möte",
		"Presentation hållen", "Presenterat lösningen", "Demo visad", "Produktdemo genomförd", "Visning", "Ringt kunden", "Kontakt tagen",
		"Kontaktad", "Kunden kontaktad", "Säljsamtal", "Mejl skickat", "Uppföljning gjord", "Påminnelse skickad", "Behovsanalys gjord",
		"Kvalificerad", "Kvalificerat lead", "Förhandling", "Slutförhandling pågår", "Avtal skickat", "Skickat avtalet för påskrift", "Kundbesök", "Hembesök", "Varit ute och mätt", "Räknat på jobbet",
		"Platsbesök genomfört", "Broschyr skickad", "Referenser skickade", "Testkonto uppsatt", "Kunden har fått offert",
		"Kunden har fått en demo", "Vi har gått igenom lösningen", "Säljaren har träffat beslutsfattaren", "Lunch med inköpschefen",
	} {
		if d, ok := namecheck.Question(name); !ok || d.Kind != namecheck.OurDoing {
			t.Errorf("%q: asked %v, %q; want the question what the buyer does", name, ok, d.Kind)
		}
	}
}

func TestWhatCostsTheBuyerNothingIsQuestioned(t *testing.T) {
	for _, name := range []string{
		"Has asked for a quote", "The buyer has asked for a quote", "The customer has requested a proposal", "Asked for prices", "Quote requested",
		"Quote request received", "RFQ received", "New enquiry", "Enquiry received", "They want a quotation", "Request for proposal", "Wants pricing",
		"The buyer has asked for a demo", "Asked us for a meeting", "The customer has seen a demo", "Attended our webinar", "Demo requested",
		"The buyer has asked for more information", "Has downloaded the brochure", "The buyer is interested", "Has shown interest", "Positive to the proposal",
		"The customer liked the demo", "Has opened the e-mail", "Clicked the link in our newsletter", "Promised to get back to us", "Will think about it",
		"Har bett om offert", "Kunden har bett om en offert", "Kunden har begärt anbud", "Kunden vill ha prisuppgift", "Frågat om priset", "Offert begärd",
		"Offertförfrågan", "Prisförfrågan mottagen", "Förfrågan inkommen", "Ny förfrågan", "Kunden har bett om en demo", "Kunden vill ha ett möte",
		"Kunden har sett en demo", "Kunden har deltagit i vårt webbinarium", "Kunden har bett om mer information", "Kunden har laddat ner broschyren",
		"Kunden är intresserad", "Visat intresse", "Intresseanmälan", "Kunden är positiv till förslaget", "Kunden gillade demon", "Kunden har öppnat mejlet",
		"Kunden har lovat att återkomma", "Kunden ska fundera",
	} {
		if d, ok := namecheck.Question(name); !ok || d.Kind != namecheck.CostsNothing {
			t.Errorf("%q: asked %v, %q; want the question what shows that they mean it", name, ok, d.Kind)
		}
	}
}

func TestWhatTheBuyerDoesIsLeftAlone(t *testing.T) {
	names := []string{
		"", "The buyer has set money aside", "Money set aside", "Budget approved", "Offer accepted", "Quote accepted by the decision maker",
		"The buyer has returned the offer", "Contract signed by customer", "Proposal chosen", "Short-listed", "We have been short-listed",
		"We have received the specification", "The buyer has held an internal meeting", "Meeting held by the buyer without us",
		"The buyer's application is complete and accepted", "The buyer has described who decides, how and when", "Purchase order", "Signed",
		"The buyer has sent drawings", "The customer has booked a meeting with the CFO", "The decision maker has met us", "Legal has reviewed the contract",
		"Named the problem and its owner in their own words", "Held an internal meeting about it without us", "Shared data or access we needed",
		"Confirmed what it costs to do nothing", "Budget owner identified and has met us", "Set aside money or confirmed funding source",
		"Described decision process, people and date", "Took a reference call", "Agreed scope in writing", "Allocated own staff for the assignment",
		"Decision maker said yes to price and start", "Signed or placed order", "Stated the goal and how it will be measured",
		"Appointed an internal sponsor", "Brought in a second department", "Wrote requirements or evaluation criteria",
		"Started a trial with own data and named testers", "Accepted the trial result against the criteria", "IT/security review started by the customer",
		"Budget holder confirmed money and period", "Management or steering group has dealt with the case", "Set roll-out plan with own people and date",
		"Legal/procurement returned comments on contract and DPA", "Opened an internal project with a project manager", "Let us on site to measure/inspect",
		"Issued drawings, specification or enquiry", "Made their investment calculation", "Submitted the investment request internally",
		"Technical approval of our solution", "Visited our plant or a reference installation", "Investment approved",
		"Agreed delivery time, payment plan and terms", "Issued letter of intent",
		"Kunden har avsatt pengar", "Pengar avsatta", "Offerten godkänd", "Offert accepterad av beslutsfattaren", "Kunden har kommenterat offerten",
		"Kunden har gått igenom offerten med den som beslutar", "Utvald till slutförhandling", "Vi har fått kravlistan", "Internt möte hos kunden",
		"Kunden har haft ett internt möte om det utan oss", "Avtalet undertecknat", "Beställning", "Order", "Kunden har satt en dag för beslut om offerten",
		"Kunden har fått budgeten beviljad", "Inköpschefen har bokat möte med ledningsgruppen", "Kunden har skickat ritningar",
		"Kunden har ringt en referens", "Kunden har lämnat ut underlag eller gett oss tillgång", "Budgetägaren är utpekad och har träffat oss",
		"Kunden har beskrivit beslutsväg, beslutsfattare och beslutsdatum", "Beslutsfattaren har sagt ja till pris och startdatum",
		"Kunden har angett mål och hur det ska mätas", "Kunden har startat test med egna data och utsedda testare",
		"Ledningsgrupp eller styrgrupp har behandlat ärendet", "Juridik/inköp har återkommit med synpunkter på avtal och PUB-avtal",
		"Kunden har släppt in oss för platsbesök och mätning", "Kunden har lämnat ritningar, specifikation eller förfrågningsunderlag",
		"Kundens tekniska ansvariga har godkänt lösningen", "Kunden har besökt vår fabrik eller en referensanläggning",
		"Investeringsbeslut är fattat hos kunden", "Kunden har valt ut oss till slutförhandling och angett vilka som är kvar",
		"Kunden har godkänt leveranstid, betalningsplan och villkor", "Kunden har utfärdat avsiktsförklaring",
	}
	for _, lang := range []string{"sv", "en"} {
		for _, template := range presets.Templates(lang) {
			for _, m := range template.Definition.Milestones {
				names = append(names, m.Name)
			}
		}
	}
	for _, name := range names {
		if d, ok := namecheck.Question(name); ok {
			t.Errorf("%q: asked %q, want no question", name, d.Msg())
		}
	}
}

func TestAQuestionSuggestsThreeMilestonesThatItWouldNotQuestion(t *testing.T) {
	doubtful := []string{
		"Quote sent", "Contract sent", "Brochure sent", "Trial account set up", "Demo given", "Presentation held", "Followed up", "Negotiation",
		"Needs analysis done", "Site visit", "First meeting", "Called", "We have told them", "Asked for a quote", "Asked for a demo", "Is interested",
	}
	seen := map[string]bool{}
	for _, name := range doubtful {
		d, ok := namecheck.Question(name)
		if !ok {
			t.Errorf("%q is not questioned", name)
		}
		seen[d.Suggestions("en")[0]] = true
		for _, lang := range []string{"sv", "en"} {
			three := d.Suggestions(lang)
			if len(three) != 3 {
				t.Errorf("%q has %d suggestions in %s, want three", name, len(three), lang)
			}
			for _, s := range three {
				if again, ok := namecheck.Question(s); ok {
					t.Errorf("%q suggests %q, which is questioned itself (%s)", name, s, again.Kind)
				}
			}
		}
	}
	if len(seen) != len(doubtful) {
		t.Errorf("%d different answers to %d kinds of names: a suggestion should fit what was written", len(seen), len(doubtful))
	}
	if d, _ := namecheck.Question("Offert skickad"); d.Msg() != "process.question.ours" || d.Suggestions("sv")[0] != "Kunden har gått igenom offerten med den som beslutar" {
		t.Errorf("Offert skickad: %q, %q", d.Msg(), d.Suggestions("sv"))
	}
	if d, _ := namecheck.Question("Har bett om offert"); d.Msg() != "process.question.free" {
		t.Errorf("Har bett om offert: %q", d.Msg())
	}
}
