package db_test

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
)

// What one flipped bit costs are events of its block, at most; salvage brings all others.
func TestAFlippedBitCostsAtMostItsBlock(t *testing.T) {
	w, whole := packedOf(t, manyFacts(200)...)
	blocks, err := db.Blocks(w.Path())
	if err != nil {
		t.Fatal(err)
	}
	all := allEvents(t, w)
	path := filepath.Join(t.TempDir(), "hurt.milstolpe")
	o := dbtest.Options(t)
	for i, block := range blocks {
		for _, inside := range []int64{0, 6, 10, 14, 18, 21, block.Length / 2, block.Length - 1} {
			b := bytes.Clone(whole)
			b[block.At+inside] ^= 0x10
			write(t, path, b)
			out := filepath.Join(t.TempDir(), "out.milstolpe")
			s, err := db.Salvage(path, out, o)
			if err != nil || s.Expected != len(all) || s.Recovered < len(all)-len(block.Events) {
				t.Fatalf("block %d of %d damaged at %d: %d of %d recovered, %v", i, len(blocks), inside, s.Recovered, s.Expected, err)
			}
			got, err := db.ReadPacked(readFile(t, out))
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range all {
				there := slices.ContainsFunc(got, func(r db.Record) bool { return r.ID == e.ID })
				if !there && !slices.Contains(block.Events, e.ID) {
					t.Fatalf("block %d damaged at %d, and event %v of another one is gone", i, inside, e.ID)
				}
			}
			if half := block.Length / 2; inside == half && s.Recovered == len(all)-len(block.Events) {
				t.Errorf("block %d damaged in the middle: nothing before the damage came back", i)
			}
		}
	}
}

// A file whose end never came has no manifest; all blocks that did come are salvaged.
func TestTheBlocksOfACutFileAreSalvaged(t *testing.T) {
	w, whole := packedOf(t, manyFacts(200)...)
	blocks, err := db.Blocks(w.Path())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cut.milstolpe")
	there := 0
	for i, block := range blocks {
		there += len(block.Events)
		end := block.At + block.Length
		for _, more := range []int64{0, 5} {
			write(t, path, whole[:end+more])
			out := filepath.Join(t.TempDir(), "out.milstolpe")
			if s, err := db.Salvage(path, out, dbtest.Options(t)); err != nil || s.Recovered != there {
				t.Fatalf("cut %d bytes behind block %d: %d of %d events recovered, %v", more, i, s.Recovered, there, err)
			}
		}
	}
}

// Small bytes that claim to become large memory are refused before any is taken.
func TestABlockIsNoBomb(t *testing.T) {
	t.Parallel()
	record := func(n int) []byte {
		payload := []byte(`{"type":"song.sung","text":"` + strings.Repeat("å", n) + `"}`)
		return db.EncodeRecord(db.Record{ID: process.NewEventID(1, process.Writer{1}, payload), Seq: 1, Payload: payload})
	}
	small, large := record(10), record(4<<20)
	for name, tc := range map[string]struct {
		block []byte
		ok    bool
	}{
		"one":                     {db.PackBlock(small, 1, len(small)), true},
		"one that is large":       {db.PackBlock(large, 1, len(large)), true},
		"large and packed tight":  {db.PackTight(large, 1), false},
		"small and packed tight":  {db.PackTight(record(30_000), 1), false},
		"says two":                {db.PackBlock(small, 2, len(small)), false},
		"says four thousand":      {db.PackBlock(small, 4000, len(small)), false},
		"says a gigabyte":         {db.PackBlock(small, 1, 1<<30), false},
		"says two more than 64 K": {db.PackBlock(small, 2, 1<<20), false},
		"says less than there is": {db.PackBlock(large, 1, 64<<10), false},
		"says a byte too much":    {db.PackBlock(small, 1, len(small)+1), false},
		"says a byte too little":  {db.PackBlock(small, 1, len(small)-1), false},
		"says nothing":            {db.PackBlock(small, 0, 0), false},
	} {
		_, took, err := db.UnpackBlock(tc.block)
		if (err == nil) != tc.ok {
			t.Errorf("%s: %v", name, err)
		}
		if took > 64*len(tc.block)+1 {
			t.Errorf("%s: %d bytes took %d", name, len(tc.block), took)
		}
	}
	if b := db.PackBlock(large, 1, len(large)); len(b) < len(large)/64 {
		t.Errorf("%d bytes were packed to %d: what packs better than a reader believes has to stay as it is", len(large), len(b))
	}
}

// FuzzPacked gives the reader bytes that anybody may have made: an error or a right reading, and no more memory than they may ask for.
func FuzzPacked(f *testing.F) {
	for _, n := range []int{1, 5, 100} {
		payload := []byte(`{"type":"song.sung","text":"` + strings.Repeat("x", n) + `"}`)
		v := db.EncodeRecord(db.Record{ID: process.NewEventID(uint64(n), process.Writer{1}, payload), Seq: 1, Payload: payload})
		f.Add(db.PackBlock(v, 1, len(v)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 13 && int(binary.BigEndian.Uint32(b[5:]))+13 == len(b) {
			db.Reseal(b, 0) // or nothing would come past the checksum
		}
		if events, took, err := db.UnpackBlock(b); took > 64*len(b)+1 || err == nil && events > 64*len(b)/38 {
			t.Errorf("%d bytes gave %d events and took %d bytes", len(b), events, took)
		}
		file := append(bytes.Clone(db.Notice()), b...)
		if list, err := db.ReadPacked(file); err == nil && len(list) == 0 {
			t.Errorf("%d bytes were read as a file without events", len(b))
		}
	})
}
