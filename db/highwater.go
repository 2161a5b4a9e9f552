package db

import (
	"encoding/binary"
	"hash/crc32"
	"os"

	"milstolpe/process"
)

// highWater remembers, outside the database, how far each writer had come. A damaged newest meta page makes bbolt fall back to the commit
// before without a word; comparing with reach is how that is noticed.
//
// It is a file of entries of 16 bytes (writer, number, CRC32C), the last one for a writer counting. It is written after the commit and
// never forced to the disk, so it can be behind the database but not ahead of it.
type highWater struct {
	path string
	far  map[process.Writer]uint32
	file *os.File
}

const reachEntry = 16

func openReach(path string) (*highWater, error) {
	r := &highWater{path: path, far: map[process.Writer]uint32{}}
	b, err := readPlain(path)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	for ; len(b) >= reachEntry; b = b[reachEntry:] {
		if crc32.Checksum(b[:12], castagnoli) == binary.BigEndian.Uint32(b[12:]) {
			w := process.Writer(b[:8])
			r.far[w] = max(r.far[w], binary.BigEndian.Uint32(b[8:]))
		}
	}
	return r, nil
}

// note appends how far a writer has come. That it cannot be written is no reason to refuse a change that is safely stored.
func (r *highWater) note(w process.Writer, number uint32) error {
	if r.file == nil {
		f, err := os.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			return err
		}
		r.file = f
	}
	r.far[w] = number
	_, err := r.file.Write(reachBytes(nil, w, number))
	return err
}

// replace starts anew from what the database holds.
func (r *highWater) replace(writers map[process.Writer]seqRange) error {
	r.close()
	r.far = make(map[process.Writer]uint32, len(writers))
	b := make([]byte, 0, reachEntry*len(writers))
	for w, s := range writers {
		r.far[w] = s.last
		b = reachBytes(b, w, s.last)
	}
	return ReplaceFile(r.path, b)
}

func (r *highWater) close() {
	if r.file != nil {
		_ = r.file.Close()
		r.file = nil
	}
}

func reachBytes(b []byte, w process.Writer, number uint32) []byte {
	from := len(b)
	b = append(b, w[:]...)
	b = binary.BigEndian.AppendUint32(b, number)
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b[from:], castagnoli))
}

// lost are the writers that had come further than the tally shows.
func (r *highWater) lost(t *setSummary) []Gap {
	var gaps []Gap
	for w, far := range r.far {
		if have := t.writers[w].last; have < far {
			gaps = append(gaps, Gap{Writer: w, From: have + 1, To: far})
		}
	}
	sortGaps(gaps)
	return gaps
}
