// Package winloss looks back at deals that have ended: what the won ones had that the lost ones had not (win-loss analysis; model,
// section 10), whether the process is followed in the same way by everybody (section 12), whether won deals closed when they were said to
// (section 9), and how many more have to be opened for a target (section 14). It changes no forecast.
//
// Milestones compares deals with and without each milestone, AdherenceOn counts per seller, TimingOf sets closes against dates,
// UnmarkedLossesOf tells of a record in which nobody ever marked a loss, OpeningsFor says how many deals must be opened for a target.
package winloss
