// Package calls keeps what people say of a period in numbers: targets, and the calls of sellers, managers and the team, against which the
// forecast is held (model, section 11).
//
// A Book has all of them; a Target is what is to be sold, a Call is somebody's own number. MakeCall and SetTarget decide: they answer with
// facts to record or with a refusal for the person, and change nothing themselves. Apply folds recorded facts in.
//
// # Traps
//
// A period is named by its label, such as 2026-Q1, in the team's own calendar. The team has no seller: its key is empty. A call is known
// from a day on, and CallOn answers for any.
package calls
