package mail

import (
	"bytes"
	"encoding/binary"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
)

// The properties of a message that are read ([MS-OXPROPS]).
const (
	tagSubject     = 0x0037
	tagSubmitted   = 0x0039
	tagSenderName  = 0x0c1a
	tagSenderEmail = 0x0c1f
	tagDelivered   = 0x0e06
	tagBody        = 0x1000
	tagHTML        = 0x1013
	tagSenderSMTP  = 0x5d01
	tagSentSMTP    = 0x5d02
	tagCodePage    = 0x3ffd
)

// The types of properties.
const (
	typeNumber  = 0x0003
	typeString8 = 0x001e
	typeUnicode = 0x001f
	typeTime    = 0x0040
	typeBinary  = 0x0102
)

const streamPrefix = "__substg1.0_"

// outlook are the properties of a message by tag and type.
type outlook struct {
	streams map[uint32][]byte
	fixed   map[uint32]uint64
}

// readMsg reads a message as Outlook saves it: properties in the streams of a compound file ([MS-OXMSG]).
func readMsg(data []byte) (Message, error) {
	file, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return Message{}, notAMail(err)
	}
	o := outlook{map[uint32][]byte{}, map[uint32]uint64{}}
	for n, entry := 0, (*mscfb.File)(nil); n < 20*maxParts; n++ {
		if entry, err = file.Next(); err != nil {
			break
		}
		if len(entry.Path) == 0 { // what lies deeper belongs to recipients and attachments
			o.take(entry)
		}
	}
	if len(o.streams) == 0 {
		return Message{}, notAMail(err)
	}
	m := Message{Subject: o.text(tagSubject), Name: o.text(tagSenderName)}
	for _, tag := range []uint32{tagSenderSMTP, tagSentSMTP, tagSenderEmail} {
		if at := o.text(tag); m.Email == "" && strings.Contains(at, "@") {
			m.Email = at
		}
	}
	for _, tag := range []uint32{tagSubmitted, tagDelivered} {
		if ticks, ok := o.fixed[tag<<16|typeTime]; ok && m.Date.IsZero() && ticks > 0 {
			m.Date = fileTime(ticks)
		}
	}
	if m.Text = o.text(tagBody); strings.TrimSpace(m.Text) == "" {
		m.Text = o.html()
	}
	return m, nil
}

func (o outlook) take(entry *mscfb.File) {
	if entry.Size > maxPart {
		return
	}
	if entry.Name == "__properties_version1.0" {
		read, _ := io.ReadAll(io.LimitReader(entry, maxPart))
		for at := 32; at+16 <= len(read); at += 16 {
			o.fixed[binary.LittleEndian.Uint32(read[at:])] = binary.LittleEndian.Uint64(read[at+8:])
		}
		return
	}
	name, ok := strings.CutPrefix(entry.Name, streamPrefix)
	tag, err := strconv.ParseUint(name, 16, 32)
	if !ok || err != nil {
		return
	}
	read, _ := io.ReadAll(io.LimitReader(entry, maxPart))
	o.streams[uint32(tag)] = read
}

// text is a property in words, in either of the two forms.
func (o outlook) text(tag uint32) string {
	if raw, ok := o.streams[tag<<16|typeUnicode]; ok {
		return fromUTF16(raw)
	}
	return strings.TrimRight(decoded(o.streams[tag<<16|typeString8], o.charset()), "\x00")
}

func (o outlook) html() string {
	if raw, ok := o.streams[tagHTML<<16|typeBinary]; ok {
		return textOfHTML(decoded(raw, o.charset()))
	}
	return textOfHTML(o.text(tagHTML))
}

// charset is that of the message's code page.
func (o outlook) charset() string {
	switch page := o.fixed[tagCodePage<<16|typeNumber] & 0xffffffff; page {
	case 0, 65001:
		return ""
	case 932:
		return "shift_jis"
	case 936:
		return "gbk"
	case 28605:
		return "iso-8859-15"
	default:
		return "windows-" + strconv.FormatUint(page, 10)
	}
}

func fromUTF16(raw []byte) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}

// fileTime is a moment counted in tenths of microseconds from 1601; one that no mail can be from is none.
func fileTime(ticks uint64) time.Time {
	const from1601to1970 = 11644473600
	seconds := int64(ticks/10_000_000) - from1601to1970 //nolint:gosec // ten million divides the sign away
	at := time.Unix(seconds, 0).UTC()
	if at.Year() < 1971 || at.Year() > 9998 {
		return time.Time{}
	}
	return at
}
