package process

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/oklog/ulid/v2"
	"golang.org/x/text/unicode/norm"
)

// Identities of the things a team talks about. Each is a ULID in text, or derived from a name by DerivedID; none means anything by itself.
type (
	// DealID is a deal's.
	DealID string
	// PersonID is that of one of us: a seller, a manager, whoever records.
	PersonID string
	// CustomerID is a customer's.
	CustomerID string
	// ContactID is that of a person at the buyer.
	ContactID string
	// ProcessID is that of a way of being sold to.
	ProcessID string
	// VersionID is that of one published version of a process.
	VersionID string
	// ImportID is that of a list that was taken in.
	ImportID string
)

// MilestoneID is the key of a milestone. It identifies the milestone across the versions of its process.
type MilestoneID string

// NewID makes a fresh identity from the clock and the entropy that the caller brings.
func NewID(now time.Time, entropy io.Reader) (string, error) {
	id, err := ulid.New(ulid.Timestamp(now), entropy)
	if err != nil {
		return "", fmt.Errorf("make an identity: %w", err)
	}
	return id.String(), nil
}

// DerivedID makes the identity of a thing that two copies of the file may meet independently, so that importing one list on two
// computers gives one deal and not two. The dataset is in it, so that the same name in another company's file is another thing.
func DerivedID(dataset, kind, name string) string {
	sum := sha256.Sum256([]byte(dataset + "\x00" + kind + "\x00" + FoldName(name)))
	var id ulid.ULID
	copy(id[:], sum[:])
	id[0] &= 0x7f // a ULID's first character holds three bits
	return id.String()
}

// FoldName is how names are compared: without case, without stray blanks, and with letters composed, which some systems write in parts.
func FoldName(name string) string {
	if !norm.NFC.IsNormalString(name) {
		name = norm.NFC.String(name)
	}
	if !tidy(name) {
		name = strings.Join(strings.Fields(name), " ")
	}
	return strings.ToLower(name)
}

// tidy tells a name without stray blanks: nearly all are, and lists of thousands are compared.
func tidy(name string) bool {
	blank := true // before the first letter there must be none
	for _, r := range name {
		if blank && r == ' ' || r != ' ' && unicode.IsSpace(r) {
			return false
		}
		blank = r == ' '
	}
	return !blank || name == ""
}

// Writer is one run of the program that recorded something.
type Writer [8]byte

// EventID is the key of an event, 20 bytes, big endian: hybrid logical clock (8), writer (8), first 4 bytes of the SHA-256 of the
// payload. Its byte order is the order in which events are replayed, the same on every computer.
type EventID [20]byte

// NewEventID puts the parts of a key together.
func NewEventID(clock uint64, w Writer, payload []byte) EventID {
	var id EventID
	binary.BigEndian.PutUint64(id[:8], clock)
	copy(id[8:16], w[:])
	sum := sha256.Sum256(payload)
	copy(id[16:], sum[:4])
	return id
}

// Clock is the stamp of the hybrid logical clock: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.
func (id EventID) Clock() uint64 { return binary.BigEndian.Uint64(id[:8]) }

// At is the wall clock part of the stamp. It orders, and tells a person roughly when; the day that counts is in the fact.
func (id EventID) At() time.Time { return time.UnixMilli(int64(id.Clock() >> 16)).UTC() } //nolint:gosec // 48 bits fit

// Writer is the run that recorded the event.
func (id EventID) Writer() (w Writer) {
	copy(w[:], id[8:16])
	return w
}

// Before tells whether the event comes before another one in the order of replay.
func (id EventID) Before(other EventID) bool { return bytes.Compare(id[:], other[:]) < 0 }

// IsZero tells the key that no event has.
func (id EventID) IsZero() bool { return id == EventID{} }

// String is the key as it stands in forms and in facts: 27 characters of base64url.
func (id EventID) String() string { return base64.RawURLEncoding.EncodeToString(id[:]) }

// MarshalText implements encoding.TextMarshaler.
func (id EventID) MarshalText() ([]byte, error) {
	return base64.RawURLEncoding.AppendEncode(nil, id[:]), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *EventID) UnmarshalText(text []byte) error {
	var read EventID
	// Strictly: one key has one text, and the decoder's tolerance for line ends would make another key of a short one.
	if len(text) == base64.RawURLEncoding.EncodedLen(len(read)) {
		if n, err := base64.RawURLEncoding.Strict().Decode(read[:], text); err == nil && n == len(read) {
			*id = read
			return nil
		}
	}
	return fmt.Errorf("event key %q is not 27 characters of base64url", text)
}

// ParseEventID reads what String wrote.
func ParseEventID(text string) (EventID, error) {
	var id EventID
	err := id.UnmarshalText([]byte(text))
	return id, err
}
