package process

import (
	"bytes"
	"slices"
)

// PayloadType is the name of the fact in a payload, without reading the rest of it; empty for bytes that are no payload.
func PayloadType(payload []byte) string {
	name, err := payloadType(payload)
	if err != nil {
		return ""
	}
	return name
}

// Writers are the identities under which anything was recorded, in their order.
func (t *Team) Writers() []Writer {
	list := make([]Writer, 0, len(t.writers))
	for w := range t.writers {
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b Writer) int { return bytes.Compare(a[:], b[:]) })
	return list
}
