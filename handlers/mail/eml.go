package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"regexp"
	"strings"
)

// How much of a mail is gone through.
const (
	maxDepth = 12
	maxParts = 300
	maxPart  = 4 << 20
)

// readEml reads a mail as it travels.
func readEml(data []byte) (Message, error) {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), "\r\n\t ")
	if bytes.HasPrefix(data, []byte("From ")) { // the separator of a mailbox
		if _, rest, ok := bytes.Cut(data, []byte("\n")); ok {
			data = rest
		}
	}
	read, err := netmail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return Message{}, notAMail(err)
	}
	h := textproto.MIMEHeader(read.Header)
	if h.Get("From") == "" && h.Get("Subject") == "" && h.Get("Date") == "" && h.Get("Received") == "" {
		return Message{}, notAMail(nil)
	}
	m := Message{Subject: header(h.Get("Subject"))}
	m.Name, m.Email = sender(h.Get("From"))
	if at, err := netmail.ParseDate(h.Get("Date")); err == nil {
		m.Date = at
	}
	w := walker{}
	m.Text = w.text(h, read.Body, 0)
	return m, nil
}

var anyAddress = regexp.MustCompile(`[^\s<>"(),;:]+@[^\s<>"(),;:]+`)

// sender takes a From apart; what does not follow the rules is searched for something like an address.
func sender(from string) (name, address string) {
	parser := netmail.AddressParser{WordDecoder: words}
	if list, err := parser.ParseList(from); err == nil && len(list) > 0 {
		return decoded([]byte(list[0].Name), ""), list[0].Address
	}
	address = anyAddress.FindString(from)
	name, _, _ = strings.Cut(from, "<")
	return strings.Trim(header(strings.TrimSpace(strings.ReplaceAll(name, address, ""))), `"' `), address
}

// walker goes through the parts of a mail.
type walker struct{ parts int }

// text is what a part says to a reader. Attachments say nothing.
func (w *walker) text(h textproto.MIMEHeader, body io.Reader, depth int) string {
	if w.parts++; depth > maxDepth || w.parts > maxParts {
		return ""
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	if disposition, _, _ := mime.ParseMediaType(h.Get("Content-Disposition")); disposition == "attachment" && kind != "message/rfc822" {
		return ""
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return w.several(kind, params["boundary"], body, depth)
	case kind == "message/rfc822":
		return w.forwarded(raw(h, body), depth)
	case kind == "text/html":
		return textOfHTML(decoded(raw(h, body), params["charset"]))
	case kind == "text/plain", !strings.Contains(kind, "/"), strings.HasPrefix(kind, "multipart/"):
		return decoded(raw(h, body), params["charset"])
	}
	return ""
}

// several are the parts of a multipart. Of alternatives the plain one is taken, unless it is empty.
func (w *walker) several(kind, boundary string, body io.Reader, depth int) string {
	r := multipart.NewReader(body, boundary)
	var texts []string
	plain, other := "", ""
	for {
		part, err := r.NextRawPart()
		if err != nil {
			break // the end, or a mail that was cut off: what came is what there is
		}
		said := w.text(part.Header, part, depth+1)
		if strings.TrimSpace(said) == "" {
			continue
		}
		texts = append(texts, said)
		if of, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); of == "text/plain" && plain == "" {
			plain = said
		} else {
			other = said
		}
	}
	if kind == "multipart/alternative" {
		if plain != "" {
			return plain
		}
		return other
	}
	return strings.Join(texts, "\n\n")
}

// forwarded is a mail inside a mail, with its head.
func (w *walker) forwarded(data []byte, depth int) string {
	read, err := netmail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return ""
	}
	h := textproto.MIMEHeader(read.Header)
	name, address := sender(h.Get("From"))
	head := strings.TrimSpace(name + " <" + address + ">\n" + header(h.Get("Date")) + "\n" + header(h.Get("Subject")))
	return head + "\n\n" + w.text(h, read.Body, depth+1)
}

// raw are the bytes of a part as they were written. What breaks off half-way ends there.
func raw(h textproto.MIMEHeader, body io.Reader) []byte {
	read, _ := io.ReadAll(io.LimitReader(body, 2*maxPart))
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return fromBase64(read)
	case "quoted-printable":
		out, err := io.ReadAll(io.LimitReader(quotedprintable.NewReader(bytes.NewReader(read)), maxPart))
		if err != nil && len(out) < len(read)/4 {
			return read // it only says that it is
		}
		return out
	}
	return read[:min(len(read), maxPart)]
}

// fromBase64 leaves out whatever is not of the alphabet, as mail programs do.
func fromBase64(text []byte) []byte {
	clean := bytes.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/' {
			return r
		}
		return -1
	}, text)
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(out, clean)
	return out[:n]
}
