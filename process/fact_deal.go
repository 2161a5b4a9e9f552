package process

import "milstolpe/process/money"

// Facts about a deal.
type (
	// DealOpened starts a deal, with the first value of each of its fields.
	DealOpened struct {
		Stamp
		Deal          DealID        `json:"deal"`
		On            Date          `json:"on"`
		Process       ProcessID     `json:"process"`
		Version       VersionID     `json:"version,omitempty"`
		Name          string        `json:"name,omitempty"`
		Customer      CustomerID    `json:"customer,omitempty"`
		Seller        PersonID      `json:"seller,omitempty"`
		Value         *money.Amount `json:"value,omitempty"`
		ExpectedClose Date          `json:"expected_close,omitempty"`
		Ref           string        `json:"ref,omitempty"`       // the other system's id
		NoSteps       bool          `json:"no_steps,omitempty"`  // imported without any milestone column: standing not known
		Opinion       *float64      `json:"opinion,omitempty"`   // the other CRM's percentage, 0 to 100
		OpenedBy      PersonID      `json:"opened_by,omitempty"` // who recorded it, where that is not the writer
	}
	// OpeningCorrected says anew on which day the deal was opened. Its Known and History become those of the opening.
	OpeningCorrected struct {
		Stamp
		Deal DealID `json:"deal"`
		On   Date   `json:"on"`
	}
	// SourceSet says how the deal came to us; an empty text means that it is not known.
	SourceSet struct {
		Stamp
		Deal   DealID `json:"deal"`
		Source string `json:"source,omitempty"`
	}
	// DealRenamed changes the name.
	DealRenamed struct {
		Stamp
		Deal DealID `json:"deal"`
		Name string `json:"name"`
	}
	// DealCustomerSet changes the customer.
	DealCustomerSet struct {
		Stamp
		Deal     DealID     `json:"deal"`
		Customer CustomerID `json:"customer"`
	}
	// SellerSet hands the deal to a seller.
	SellerSet struct {
		Stamp
		Deal   DealID   `json:"deal"`
		Seller PersonID `json:"seller"`
	}
	// ValueSet changes the value; none means that it is not known.
	ValueSet struct {
		Stamp
		Deal  DealID        `json:"deal"`
		Value *money.Amount `json:"value,omitempty"`
	}
	// ExpectedCloseSet changes the day on which the seller expects the close; zero means none.
	ExpectedCloseSet struct {
		Stamp
		Deal DealID `json:"deal"`
		Day  Date   `json:"day,omitempty"`
	}
	// OpinionSet is another CRM's percentage for the deal, 0 to 100. It is scored and never enters the forecast.
	OpinionSet struct {
		Stamp
		Deal    DealID  `json:"deal"`
		Percent float64 `json:"percent"`
	}
	// DealMoved moves the deal to another version of its process.
	DealMoved struct {
		Stamp
		Deal    DealID    `json:"deal"`
		Version VersionID `json:"version"`
	}
	// NextStepSet is the one next activity of ours; an empty text means that there is none.
	NextStepSet struct {
		Stamp
		Deal DealID    `json:"deal"`
		Text string    `json:"text,omitempty"`
		Due  Date      `json:"due,omitempty"`
		Time TimeOfDay `json:"time,omitempty"`
	}
	// JournalWritten is an entry in the journal. Activities of ours go here; they move nothing.
	JournalWritten struct {
		Stamp
		Deal DealID `json:"deal"`
		On   Date   `json:"on"`
		Text string `json:"text"`
	}
	// ContactLinked says that a person at the buyer has to do with the deal; Off takes that back.
	ContactLinked struct {
		Stamp
		Deal    DealID    `json:"deal"`
		Contact ContactID `json:"contact"`
		Off     bool      `json:"off,omitempty"`
	}
	// NoneReached says that the buyer has reached no milestone yet, of a deal that came without any: where it stands is known from then on.
	NoneReached struct {
		Stamp
		Deal DealID `json:"deal"`
	}
	// MilestonePromised is the day that the buyer has named for an open milestone. It changes no chance.
	MilestonePromised struct {
		Stamp
		Deal      DealID      `json:"deal"`
		Milestone MilestoneID `json:"milestone"`
		Day       Date        `json:"day,omitempty"`
	}
	// PlanWorded is how the plan for the customer is worded. It changes no chance.
	PlanWorded struct {
		Stamp
		Deal DealID `json:"deal"`
		Plan Plan   `json:"plan"`
	}
	// RoleSet says who has a role at the buyer, and on which day we met them. It changes no chance.
	RoleSet struct {
		Stamp
		Deal    DealID    `json:"deal"`
		Role    RoleID    `json:"role"`
		Contact ContactID `json:"contact,omitempty"`
		Met     Date      `json:"met,omitempty"`
	}
	// MilestoneReached says that the buyer did something that can be verified.
	MilestoneReached struct {
		Stamp
		Deal      DealID      `json:"deal"`
		Milestone MilestoneID `json:"milestone"`
		On        Date        `json:"on"`
		Contact   ContactID   `json:"contact,omitempty"`
		Evidence  Evidence    `json:"evidence,omitzero"`
	}
	// MilestoneWaived skips a required milestone, with a written reason.
	MilestoneWaived struct {
		Stamp
		Deal      DealID      `json:"deal"`
		Milestone MilestoneID `json:"milestone"`
		Reason    string      `json:"reason"`
	}
	// MilestoneWithdrawn takes back what Base names: news from the buyer, or a mistake of ours.
	MilestoneWithdrawn struct {
		Stamp
		Deal      DealID      `json:"deal"`
		Milestone MilestoneID `json:"milestone"`
		Mistake   bool        `json:"mistake,omitempty"`
		Reason    string      `json:"reason"`
	}
	// MilestoneCorrected mends date, evidence or person of the reaching that Base names, and keeps the day it became known.
	MilestoneCorrected struct {
		Stamp
		Deal      DealID      `json:"deal"`
		Milestone MilestoneID `json:"milestone"`
		On        Date        `json:"on"`
		Contact   ContactID   `json:"contact,omitempty"`
		Evidence  Evidence    `json:"evidence,omitzero"`
	}
	// DealClosed ends the deal.
	DealClosed struct {
		Stamp
		Deal       DealID        `json:"deal"`
		Outcome    Outcome       `json:"outcome"`
		On         Date          `json:"on"`
		Value      *money.Amount `json:"value,omitempty"` // closing value of a won deal; none: the value it had
		Reason     string        `json:"reason,omitempty"`
		Competitor string        `json:"competitor,omitempty"`
		SaidBy     SaidBy        `json:"said_by,omitempty"`
	}
	// DealReopened takes the closes back that Base names.
	DealReopened struct {
		Stamp
		Deal   DealID `json:"deal"`
		Reason string `json:"reason"`
	}
)
