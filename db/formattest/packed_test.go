package formattest_test

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

const headerAt = 12288

// unseal verifies what is sealed at the beginning of b, and gives its body and what lies behind it.
func unseal(b []byte, magic string) (body, rest []byte, err error) {
	if len(b) < 13 || string(b[:4]) != magic || b[4] != 1 {
		return nil, nil, fmt.Errorf("no %x of version 1", magic)
	}
	n := int64(binary.BigEndian.Uint32(b[5:]))
	if n > int64(len(b)-13) {
		return nil, nil, errors.New("it is cut short")
	}
	body, rest = b[13:13+n], b[13+n:]
	if crc32.Update(crc32.Checksum(b[4:9], castagnoli), castagnoli, body) != binary.BigEndian.Uint32(b[9:]) {
		return nil, nil, errors.New("its checksum is wrong")
	}
	return body, rest, nil
}

// packed is a shared file of version 2 in memory.
type packed struct {
	blocks int
	inside []byte // the blocks
	last   []byte // the manifest
}

func openPacked(b []byte) (*packed, error) {
	header, rest, err := unseal(b[headerAt:], "\xa7MSp")
	if err != nil || len(header) < 24 {
		return nil, fmt.Errorf("the header: %w", err)
	}
	length, manifest := binary.BigEndian.Uint64(header), binary.BigEndian.Uint64(header[8:])
	begins := uint64(len(b) - len(rest))
	if length > uint64(len(b)) || manifest < begins || manifest > length {
		return nil, errors.New("the file is cut short")
	}
	if crc32.Checksum(b[:headerAt], castagnoli) != binary.BigEndian.Uint32(header[20:]) {
		return nil, errors.New("the notice is damaged")
	}
	return &packed{int(binary.BigEndian.Uint32(header[16:])), b[begins:manifest], b[manifest:length]}, nil
}

func (p *packed) manifest() (manifest, error) { return readManifest(p.last) }

func (p *packed) events(each func(key, value []byte) error) error {
	rest := p.inside
	for n := range p.blocks {
		var body []byte
		var err error
		if body, rest, err = unseal(rest, "\xa7MSb"); err == nil {
			err = inBlock(body, each)
		}
		if err != nil {
			return fmt.Errorf("block %d: %w", n, err)
		}
	}
	if len(rest) > 0 {
		return fmt.Errorf("%d bytes between the blocks and the manifest", len(rest))
	}
	return nil
}

func inBlock(body []byte, each func(key, value []byte) error) error {
	if len(body) < 8 {
		return errors.New("it is cut short")
	}
	events, length := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
	records, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(body[8:])), int64(length)+1))
	if err != nil || len(records) != int(length) {
		return fmt.Errorf("%d bytes of %d, %w", len(records), length, err)
	}
	for range events {
		if len(records) < 38 {
			return errors.New("an event is cut short")
		}
		n := 38 + int64(binary.BigEndian.Uint32(records[6:]))
		if n > int64(len(records)) {
			return errors.New("an event is cut short")
		}
		if err := each(records[18:38], records[:n]); err != nil {
			return err
		}
		records = records[n:]
	}
	if len(records) > 0 {
		return fmt.Errorf("%d bytes behind the last event", len(records))
	}
	return nil
}
