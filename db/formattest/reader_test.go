package formattest_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared is what a file of any version holds.
type shared interface {
	manifest() (manifest, error)
	// events calls each with the key and the record of every event, in the order of keys.
	events(each func(key, value []byte) error) error
}

// open finds out which version a file is of.
func open(path string) (shared, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(b) > headerAt && bytes.HasPrefix(b[headerAt:], []byte("\xa7MSp")) {
		return openPacked(b)
	}
	return openDatabase(b)
}

// file is a shared file of version 1 in memory.
type file struct {
	b    []byte
	page int
	root uint64
}

func openDatabase(b []byte) (*file, error) {
	f := &file{b: b}
	newest := uint64(0)
	for _, at := range []int{0, 4096} {
		if len(b) < at+80 {
			return nil, errors.New("too short")
		}
		m := b[at+16:]
		sum := fnv.New64a()
		_, _ = sum.Write(m[:56])
		if binary.LittleEndian.Uint32(m) != 0xED0CDAED || binary.LittleEndian.Uint32(m[4:]) != 2 || binary.LittleEndian.Uint64(m[56:]) != sum.Sum64() {
			return nil, fmt.Errorf("meta page at %d is damaged", at)
		}
		if txid := binary.LittleEndian.Uint64(m[48:]); txid >= newest {
			newest, f.page, f.root = txid, int(binary.LittleEndian.Uint32(m[8:])), binary.LittleEndian.Uint64(m[16:])
		}
	}
	return f, nil
}

// walk calls each with every element below a page, in the order of keys.
func (f *file) walk(id uint64, each func(flags uint32, key, value []byte) error) error {
	at := int(id) * f.page
	if at+f.page > len(f.b) {
		return fmt.Errorf("page %d lies beyond the end", id)
	}
	overflow := int(binary.LittleEndian.Uint32(f.b[at+12:]))
	return walkPage(f.b[at:at+(1+overflow)*f.page], each, func(child uint64) error { return f.walk(child, each) })
}

func walkPage(p []byte, each func(flags uint32, key, value []byte) error, branch func(uint64) error) error {
	count := int(binary.LittleEndian.Uint16(p[10:]))
	for i := range count {
		e := p[16+16*i:]
		switch binary.LittleEndian.Uint16(p[8:]) {
		case 1:
			if err := branch(binary.LittleEndian.Uint64(e[8:])); err != nil {
				return err
			}
		case 2:
			pos, klen, vlen := binary.LittleEndian.Uint32(e[4:]), binary.LittleEndian.Uint32(e[8:]), binary.LittleEndian.Uint32(e[12:])
			if err := each(binary.LittleEndian.Uint32(e), e[pos:pos+klen], e[pos+klen:pos+klen+vlen]); err != nil {
				return err
			}
		default:
			return errors.New("a page that is neither branch nor leaf")
		}
	}
	return nil
}

// bucket calls each with every key and value of a bucket.
func (f *file) bucket(name string, each func(key, value []byte) error) error {
	found := false
	err := f.walk(f.root, func(flags uint32, key, value []byte) error {
		if string(key) != name || flags&1 == 0 {
			return nil
		}
		found = true
		leaf := func(_ uint32, key, value []byte) error { return each(key, value) }
		if root := binary.LittleEndian.Uint64(value); root != 0 {
			return f.walk(root, leaf)
		}
		return walkPage(value[16:], leaf, nil) // a small bucket lies inside its parent's page
	})
	if err == nil && !found {
		err = fmt.Errorf("no bucket %q", name)
	}
	return err
}

func (f *file) manifest() (m manifest, err error) {
	return m, f.bucket("manifest", func(_, v []byte) (err error) { m, err = readManifest(v); return err })
}

func (f *file) events(each func(key, value []byte) error) error { return f.bucket("events", each) }

// phrases are the bytes below 32 in a shortened payload, from the table in FORMAT.md.
var phrases = [32]string{
	`"},"ref":"`, `{"type":"milestone.reached","known":"`, `{"type":"deal.opened","known":"`, `{"type":"deal.closed","known":"`,
	`{"type":"journal.written","known":"`, `{"type":"deal.value_set","known":"`, `{"type":"deal.next_step_set","known":"`, `{"type":"deal.expected_set","known":"`,
	`{"type":"`, `","known":"`, `","history":true,"import":"`, `","history":true,"deal":"`,
	`","import":"`, `","base":["`, `"],"deal":"`, `","deal":"`,
	`","milestone":"`, `","on":"`, `","process":"`, `","version":"`,
	`","name":"`, `","customer":"`, `","seller":"`, `","value":{"minor":`,
	`,"currency":"`, `"},"expected_close":"`, `","expected_close":"`, `","text":"`,
	`","outcome":"`, `","reason":"`, `","evidence":{"text":"`, `","person":"`,
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// event reads one value of the bucket of events as a line of the listing.
func event(key, v []byte) (string, error) {
	if len(v) < 38 || string(v[:4]) != "\xa7MSe" || v[4] != 1 {
		return "", errors.New("not an event of version 1")
	}
	payload := v[38:]
	if v[5]&2 != 0 {
		payload = nil
		for _, c := range v[38:] {
			if c < 32 {
				payload = append(payload, phrases[c]...)
			} else {
				payload = append(payload, c)
			}
		}
	}
	sum := crc32.Update(crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, v[4:10]), castagnoli, v[14:])
	hash := sha256.Sum256(payload)
	switch {
	case int(binary.BigEndian.Uint32(v[6:])) != len(v)-38, !bytes.Equal(v[18:38], key), binary.BigEndian.Uint32(v[10:]) != sum:
		return "", fmt.Errorf("event %x is damaged", key)
	case v[5]&1 == 0 && !bytes.Equal(hash[:4], key[16:]):
		return "", fmt.Errorf("event %x has another payload than its key says", key)
	}
	return fmt.Sprintf("%x %d %v %s\n", key, binary.BigEndian.Uint32(v[14:]), v[5]&1 != 0, payload), nil
}

type manifest struct {
	Dataset string            `json:"dataset"`
	Format  int               `json:"format"`
	Events  int               `json:"events"`
	Keys    string            `json:"keys"`
	Writers map[string]uint32 `json:"writers"`
}

func readManifest(v []byte) (m manifest, err error) {
	body, rest, err := unseal(v, "\xa7MSm")
	if err != nil || len(rest) > 0 {
		return m, fmt.Errorf("the manifest: %w, %d bytes behind it", err, len(rest))
	}
	return m, json.Unmarshal(body, &m)
}

func TestAStrangerCanReadTheFile(t *testing.T) {
	for format := 1; format <= 2; format++ {
		t.Run(fmt.Sprintf("format %d", format), func(t *testing.T) { canRead(t, format) })
	}
}

func canRead(t *testing.T, format int) {
	t.Helper()
	f, err := open(filepath.Join("..", "testdata", fmt.Sprintf("format-%d.milstolpe", format)))
	if err != nil {
		t.Fatal(err)
	}
	m, err := f.manifest()
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	var sums [4]uint64
	events, writers, last := 0, map[string]uint32{}, ""
	err = f.events(func(key, v []byte) error {
		line, err := event(key, v)
		got.WriteString(line)
		events++
		hash := sha256.Sum256(key)
		for i := range sums {
			sums[i] += binary.BigEndian.Uint64(hash[8*i:])
		}
		if string(key) <= last {
			t.Errorf("event %x comes behind %x", key, last)
		}
		last = string(key)
		w := hex.EncodeToString(key[8:16])
		if n := binary.BigEndian.Uint32(v[14:]); n != writers[w]+1 {
			t.Errorf("event %x has number %d, want %d", key, n, writers[w]+1)
		}
		writers[w]++
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "testdata", fmt.Sprintf("format-%d.txt", format)))
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("read\n%s\nwant\n%s", got.String(), want)
	}
	if keys := fmt.Sprintf("%016x%016x%016x%016x", sums[0], sums[1], sums[2], sums[3]); m.Events != events || m.Keys != keys || m.Format != format {
		t.Errorf("the manifest says %+v, counted are %d events with hash %s", m, events, keys)
	}
	for w, n := range m.Writers {
		if writers[w] != n {
			t.Errorf("the manifest says that %s came to %d, counted are %d", w, n, writers[w])
		}
	}
}
