package mail_test

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// aMsg is a message as Outlook saves it, made here by the rules of compound files ([MS-CFB]) alone: sectors of 512 bytes, one sector of
// the allocation table, every stream filled up to 4,096 bytes so that none lies in the small ones.
func aMsg(streams map[string][]byte) []byte {
	const sector, perStream = 512, 8
	names := []string{"__properties_version1.0"}
	for name := range streams {
		if name != names[0] {
			names = append(names, name)
		}
	}
	dirSectors := (len(names) + 1 + 3) / 4
	put32 := binary.LittleEndian.PutUint32
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	binary.LittleEndian.PutUint16(head[24:], 0x3e)
	binary.LittleEndian.PutUint16(head[26:], 3)
	binary.LittleEndian.PutUint16(head[28:], 0xfffe)
	binary.LittleEndian.PutUint16(head[30:], 9)
	binary.LittleEndian.PutUint16(head[32:], 6)
	put32(head[44:], 1)          // sectors of the allocation table
	put32(head[48:], 1)          // the directory begins there
	put32(head[56:], 4096)       // smaller streams would lie elsewhere
	put32(head[60:], 0xfffffffe) // there are none
	put32(head[68:], 0xfffffffe)
	for at := 76; at < sector; at += 4 {
		put32(head[at:], 0xffffffff)
	}
	put32(head[76:], 0)
	table := make([]byte, sector)
	for at := 0; at < sector; at += 4 {
		put32(table[at:], 0xffffffff)
	}
	put32(table, 0xfffffffd)
	chain := func(from, n int) {
		for i := range n {
			next := uint32(from + i + 1)
			if i == n-1 {
				next = 0xfffffffe
			}
			put32(table[4*(from+i):], next)
		}
	}
	chain(1, dirSectors)
	dir := make([]byte, dirSectors*sector)
	entry := func(i int, name string, kind byte, right, child, start, size uint32) {
		e := dir[128*i:]
		units := utf16.Encode([]rune(name))
		for j, u := range units {
			binary.LittleEndian.PutUint16(e[2*j:], u)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)+2))
		e[66], e[67] = kind, 1
		put32(e[68:], 0xffffffff)
		put32(e[72:], right)
		put32(e[76:], child)
		put32(e[116:], start)
		put32(e[120:], size)
	}
	entry(0, "Root Entry", 5, 0xffffffff, 1, 0xfffffffe, 0)
	var body []byte
	for i, name := range names {
		right := uint32(i + 2)
		if i == len(names)-1 {
			right = 0xffffffff
		}
		start := 1 + dirSectors + i*perStream
		entry(i+1, name, 2, right, 0xffffffff, uint32(start), sector*perStream)
		chain(start, perStream)
		content := make([]byte, sector*perStream)
		copy(content, streams[name])
		body = append(body, content...)
	}
	return append(append(append(head, table...), dir...), body...)
}

// properties are the stream of those that have a fixed length.
func properties(values map[uint32]uint64) []byte {
	out := make([]byte, 32)
	for tag, value := range values {
		one := make([]byte, 16)
		binary.LittleEndian.PutUint32(one, tag)
		binary.LittleEndian.PutUint64(one[8:], value)
		out = append(out, one...)
	}
	return out
}

// wide is a text as Outlook writes it, with the zeros that fill its stream.
func wide(text string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(strings.ReplaceAll(text, "\n", "\r\n"))) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}
