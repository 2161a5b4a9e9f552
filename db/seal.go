package db

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// What lies in a file on its own, and is no event, is sealed, big endian:
//
//	 0  magic    4 bytes
//	 4  version  1
//	 5  length   4        of the body
//	 9  CRC32C   4        over bytes 4 to 8 and the body
//	13  body
const sealHead = 13

// Why bytes are not what they ought to be.
var (
	errSealMagic = errors.New("it does not begin with its magic number")
	errSealShort = errors.New("it ends before its end")
	errSealSum   = errors.New("its checksum is wrong")
)

// seal puts a body under a seal. It may have room for that in front: the first sealHead bytes of b are written over.
func seal(b []byte, magic string, version byte) {
	copy(b, magic)
	b[4] = version
	binary.BigEndian.PutUint32(b[5:], uint32(len(b)-sealHead))
	binary.BigEndian.PutUint32(b[9:], sealSum(b))
}

// unseal verifies what b begins with, and tells its version, its body, and how long it is with the seal.
func unseal(b []byte, magic string) (version byte, body []byte, n int, err error) {
	if len(b) < sealHead || string(b[:4]) != magic {
		return 0, nil, 0, errSealMagic
	}
	length := binary.BigEndian.Uint32(b[5:])
	if int64(length) > int64(len(b)-sealHead) {
		return 0, nil, 0, errSealShort
	}
	n = sealHead + int(length)
	if sealSum(b[:n]) != binary.BigEndian.Uint32(b[9:]) {
		return 0, nil, 0, errSealSum
	}
	return b[4], b[sealHead:n], n, nil
}

func sealSum(b []byte) uint32 {
	return crc32.Update(crc32.Checksum(b[4:9], castagnoli), castagnoli, b[sealHead:])
}
