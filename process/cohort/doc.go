// Package cohort lays the deals of a team out as the subjects of survival analysis: when each was opened, how far the buyer had come and
// since when, when and how it ended, as known on any day. The model asks this of thousands of deals for hundreds of days, so what is the
// same from every day stands ready.
//
// Reach first for New, then Open and CloseOn (which deals were open on a day, how one had ended), Table (how the deals of a process read
// with the milestones of a version), WonIn (what was won in a period). Follow brings a cohort along with its team.
//
// Traps: a cohort is not locked; whoever shares one, as the model does, locks around Table and WonIn, which remember what they are asked.
package cohort
