package mail

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"

	"milstolpe/process"
)

// Message is what is shown of a mail. Fields are empty where it does not say.
type Message struct {
	Name, Email string // of the sender
	Date        time.Time
	Subject     string
	Text        string
	Cut         bool // the text was longer than is shown
}

// MaxSize is the largest file that is looked at, and maxText the longest text that is shown of it, in characters.
const (
	MaxSize = 40 << 20
	maxText = 50_000
)

var oleMagic = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// Read reads a mail from the bytes of its file.
func Read(data []byte) (m Message, err error) {
	defer func() {
		if fault := recover(); fault != nil { // a library that a hostile file has led astray
			m, err = Message{}, &process.Error{Kind: process.Invalid, Msg: "mail.not_a_mail", Field: "mail", Err: fmt.Errorf("read a mail: %v", fault)}
		}
	}()
	switch {
	case len(data) > MaxSize:
		return m, process.Wrong("mail", "mail.too_large", MaxSize>>20)
	case bytes.HasPrefix(data, oleMagic):
		m, err = readMsg(data)
	default:
		m, err = readEml(data)
	}
	if err != nil {
		return Message{}, err
	}
	m.Name, m.Email, m.Subject = oneLine(m.Name, process.MaxName), oneLine(m.Email, process.MaxName), oneLine(m.Subject, process.MaxName)
	if !strings.Contains(m.Email, "@") {
		m.Email = ""
	}
	if m.Text = tidy(m.Text); m.Text == "" {
		return Message{}, process.Wrong("mail", "mail.no_text")
	}
	if runes := []rune(m.Text); len(runes) > maxText {
		m.Text, m.Cut = string(runes[:maxText]), true
	}
	return m, nil
}

func notAMail(cause error) error {
	return &process.Error{Kind: process.Invalid, Msg: "mail.not_a_mail", Field: "mail", Err: cause}
}

// oneLine is a text without line breaks and control characters, shortened where it is longer than can be recorded.
func oneLine(text string, most int) string {
	text = strings.Join(strings.Fields(printable(text)), " ")
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most])
	}
	return text
}

// printable leaves out what nobody can see: control characters, and those that turn the direction of reading.
func printable(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200b', r == '\ufeff', r == '\u00ad':
			return -1
		}
		return r
	}, text)
}

// tidy makes line ends one kind, takes blanks off the ends of lines, and leaves at most one empty line between others.
func tidy(text string) string {
	text = printable(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))
	var lines []string
	empty := true
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && empty {
			continue
		}
		empty = line == ""
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
