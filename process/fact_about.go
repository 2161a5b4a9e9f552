package process

// DealOf is the deal that a fact is about; none for facts about the team.
func DealOf(fact Fact) DealID {
	switch f := fact.(type) {
	case *DealOpened:
		return f.Deal
	case *DealRenamed:
		return f.Deal
	case *DealCustomerSet:
		return f.Deal
	case *SellerSet:
		return f.Deal
	case *ValueSet:
		return f.Deal
	case *OpeningCorrected:
		return f.Deal
	case *SourceSet:
		return f.Deal
	case *ChoiceSet:
		return f.Deal
	case *ExpectedCloseSet:
		return f.Deal
	case *OpinionSet:
		return f.Deal
	case *DealMoved:
		return f.Deal
	case *NextStepSet:
		return f.Deal
	case *JournalWritten:
		return f.Deal
	case *ContactLinked:
		return f.Deal
	case *DealClosed:
		return f.Deal
	case *DealReopened:
		return f.Deal
	case *Undone:
		return f.Deal
	}
	return dealOfStep(fact)
}

// dealOfStep is the deal of a fact about what the buyer has done.
func dealOfStep(fact Fact) DealID {
	switch f := fact.(type) {
	case *NoneReached:
		return f.Deal
	case *MilestonePromised:
		return f.Deal
	case *PlanWorded:
		return f.Deal
	case *RoleSet:
		return f.Deal
	case *MilestoneReached:
		return f.Deal
	case *MilestoneWaived:
		return f.Deal
	case *MilestoneWithdrawn:
		return f.Deal
	case *MilestoneCorrected:
		return f.Deal
	}
	return ""
}

// Undoable tells a fact that can be taken back by another: not what the file itself rests on.
func Undoable(f Fact) bool {
	switch f.(type) {
	case *WriterIntroduced, *TeamFounded, *ForecastNoted, *ImportTaken, *ImportUndone, *Unknown:
		return false
	}
	return true
}
