package db

import "bytes"

// The turns of phrase that payloads are full of, each stored as one byte: its place in this table. JSON without line breaks holds no
// byte below 32, so these stand for nothing else. What it saves is a third of the file. The table belongs to version 1 of the record
// and never changes; another table would be another version.
var phrases = [32]string{
	0x00: `"},"ref":"`,
	0x01: `{"type":"milestone.reached","known":"`,
	0x02: `{"type":"deal.opened","known":"`,
	0x03: `{"type":"deal.closed","known":"`,
	0x04: `{"type":"journal.written","known":"`,
	0x05: `{"type":"deal.value_set","known":"`,
	0x06: `{"type":"deal.next_step_set","known":"`,
	0x07: `{"type":"deal.expected_set","known":"`,
	0x08: `{"type":"`,
	0x09: `","known":"`,
	0x0a: `","history":true,"import":"`,
	0x0b: `","history":true,"deal":"`,
	0x0c: `","import":"`,
	0x0d: `","base":["`,
	0x0e: `"],"deal":"`,
	0x0f: `","deal":"`,
	0x10: `","milestone":"`,
	0x11: `","on":"`,
	0x12: `","process":"`,
	0x13: `","version":"`,
	0x14: `","name":"`,
	0x15: `","customer":"`,
	0x16: `","seller":"`,
	0x17: `","value":{"minor":`,
	0x18: `,"currency":"`,
	0x19: `"},"expected_close":"`,
	0x1a: `","expected_close":"`,
	0x1b: `","text":"`,
	0x1c: `","outcome":"`,
	0x1d: `","reason":"`,
	0x1e: `","evidence":{"text":"`,
	0x1f: `","person":"`,
}

// phrasesBy are the places in the table by the first two bytes of the phrase, longer phrases first.
var phrasesBy = func() map[[2]byte][]byte {
	by := map[[2]byte][]byte{}
	for i, p := range phrases {
		at := [2]byte{p[0], p[1]}
		list := by[at]
		j := 0
		for j < len(list) && len(phrases[list[j]]) >= len(p) {
			j++
		}
		by[at] = append(list[:j:j], append([]byte{byte(i)}, list[j:]...)...)
	}
	return by
}()

// compress appends a payload to b with its phrases as single bytes. It tells false, and appends nothing, for a payload that holds bytes
// below 32 itself.
func compress(b, payload []byte) ([]byte, bool) {
	for _, c := range payload {
		if c < 32 {
			return b, false
		}
	}
	for len(payload) > 0 {
		// Phrases begin with a quotation mark, a comma or a brace, so what lies before the next of these is no part of one.
		n := bytes.IndexAny(payload, `",{`)
		if n < 0 {
			return append(b, payload...), true
		}
		b, payload = append(b, payload[:n]...), payload[n:]
		i, found := entryAt(payload)
		if !found {
			b, payload = append(b, payload[0]), payload[1:]
			continue
		}
		b, payload = append(b, i), payload[len(phrases[i]):]
	}
	return b, true
}

func entryAt(payload []byte) (i byte, found bool) {
	if len(payload) < 2 {
		return 0, false
	}
	for _, i := range phrasesBy[[2]byte{payload[0], payload[1]}] {
		p := phrases[i]
		if len(payload) >= len(p) && string(payload[:len(p)]) == p {
			return i, true
		}
	}
	return 0, false
}

// decompress appends to b what was shortened.
func decompress(b, short []byte) []byte {
	from := 0
	for i, c := range short {
		if c < 32 {
			b = append(b, short[from:i]...)
			b = append(b, phrases[c]...)
			from = i + 1
		}
	}
	return append(b, short[from:]...)
}
