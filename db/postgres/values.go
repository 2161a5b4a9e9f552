package postgres

import (
	"encoding/binary"
	"encoding/hex"
)

func text(s string) param { return param{oidText, []byte(s)} }

func number(n int64) param { return param{oidInt8, binary.BigEndian.AppendUint64(nil, uint64(n))} }

// octets is a value that may be none; nil is null.
func octets(b []byte) param { return param{oidBytea, b} }

// octetArray is the binary form of an array: dimensions, whether there are nulls, type, length, lower bound, and each with its length.
func octetArray(list [][]byte) param {
	size := 20
	for _, b := range list {
		size += 4 + len(b)
	}
	out := make([]byte, 0, size)
	for _, n := range []uint32{1, 0, oidBytea, uint32(len(list)), 1} {
		out = binary.BigEndian.AppendUint32(out, n)
	}
	for _, b := range list {
		out = binary.BigEndian.AppendUint32(out, uint32(len(b)))
		out = append(out, b...)
	}
	return param{oidByteaArray, out}
}

func readInt8(b []byte) int64 {
	if len(b) != 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(b))
}

func readInt4(b []byte) int {
	if len(b) != 4 {
		return 0
	}
	return int(int32(binary.BigEndian.Uint32(b)))
}

func readBool(b []byte) bool { return len(b) == 1 && b[0] != 0 }

func readUUID(b []byte) string { return hex.EncodeToString(b) }
