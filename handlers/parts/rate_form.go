package parts

// RateForm gives a currency a rate, beside the sentence that says what is not counted without one.
type RateForm struct {
	Currency, Into string
	Base           []string // the events that the form was made from
	Back           string   // address of the page that it stands on
}
