package example

import "hash/fnv"

// region is where the customer of a deal is, as an index of the list; false where nobody has said it. It throws no dice.
func (one *deal) region() (int, bool) {
	if one.number%14 == 5 {
		return 0, false
	}
	if one.customer.foreign {
		return 3, true
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(one.customer.contacts[0].phone + one.customer.contacts[1].email[:4]))
	return int(h.Sum32() % 3), true
}
