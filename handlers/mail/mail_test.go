package mail_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"milstolpe/handlers/mail"
	"milstolpe/process"
)

const head = "From: Eva Roos <eva@kolbotten.example>\r\nDate: Fri, 20 Nov 2026 09:14:00 +0100\r\nSubject: Re: Moisture meters\r\n"

// 2026-11-20 08:14 UTC in tenths of microseconds since 1601: (1795162440 + 11644473600) s.
const submitted = (1795162440 + 11644473600) * 10_000_000

func nested(depth int) string {
	body := "Content-Type: text/plain\r\n\r\nDeep"
	for i := range depth {
		b := "b" + strings.Repeat("x", i%40) + string(rune('a'+i%26))
		body = "Content-Type: multipart/mixed; boundary=" + b + "\r\n\r\n--" + b + "\r\n" + body + "\r\n--" + b + "--"
	}
	return body
}

// Each is a mail as some program writes it, with what a person reads in it.
var shapes = map[string]struct{ file, text string }{
	"plain":                 {head + "\r\nWe have set the money aside.\r\n\r\nEva", "We have set the money aside.\n\nEva"},
	"line feeds alone":      {strings.ReplaceAll(head, "\r\n", "\n") + "\nYes", "Yes"},
	"a mailbox's separator": {"From eva Fri Nov 20\n" + head + "\r\nYes", "Yes"},
	"a byte order mark":     {"\ufeff" + head + "\r\nYes", "Yes"},
	"HTML only": {
		head + "Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>x</title><style>p{}</style></head><body><p>Vi har &auml;ntligen <b>avsatt</b> pengar.<br>Eva</p><script>steal()</script></body></html>",
		"Vi har äntligen avsatt pengar.\nEva",
	},
	"a head that is never closed": {head + "Content-Type: text/html\r\n\r\n<head><style>x<body><p>lost</p></style><body><p>Seen</p>", "Seen"},
	"both forms": {
		head + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlain\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Rich</p>\r\n--b--\r\n", "Plain",
	},
	"both forms, the plain one empty": {
		head + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Rich</p>\r\n--b--\r\n", "Rich",
	},
	"with attachments": {
		head + "Content-Type: multipart/mixed; boundary=\"b b\"\r\n\r\n--b b\r\nContent-Type: text/plain\r\n\r\nAttached.\r\n--b b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=secret.txt\r\n\r\nsecret\r\n--b b--\r\n", "Attached.",
	},
	"forwarded as an attachment": {
		head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Olof <olof@x.example>\r\nSubject: Budget\r\nDate: Thu, 19 Nov 2026 08:00:00 +0100\r\n\r\nApproved\r\n--b--\r\n",
		"See below\n\nOlof <olof@x.example>\nThu, 19 Nov 2026 08:00:00 +0100\nBudget\n\nApproved",
	},
	"quoted-printable":                      {head + "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nVi har f=E5tt pengar, det =E4r kla=\r\nrt", "Vi har fått pengar, det är klart"},
	"quoted-printable only in name":         {head + "Content-Transfer-Encoding: quoted-printable\r\n\r\nA = B and C =ZZ", "A = B and C =ZZ"},
	"base64":                                {head + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("Vi köper")), "Vi köper"},
	"base64 with rubbish in it":             {head + "Content-Transfer-Encoding: base64\r\n\r\nWW\r\n!!Vz\r\n==", "Yes"},
	"Windows-1252 without saying so":        {head + "\r\nVi har f\xe5tt ja", "Vi har fått ja"},
	"UTF-8 that says it is Latin-1":         {head + "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nVi har fått ja", "Vi har fått ja"},
	"a charset that there is not":           {head + "Content-Type: text/plain; charset=klingon\r\n\r\nf\xe5tt", "fått"},
	"a part that breaks off":                {head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nCut o", "Cut o"},
	"a boundary that is nowhere":            {head + "Content-Type: multipart/mixed\r\n\r\nJust text", "Just text"},
	"control characters and turned reading": {head + "\r\na\x00b\x1b[31mc\u202ed", "ab[31mcd"},
	"nested eight deep":                     {head + nested(8), "Deep"},
}

func TestMailsOfEveryShapeGiveTheirText(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		m, err := mail.Read([]byte(shape.file))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m.Text != shape.text || m.Name != "Eva Roos" || m.Email != "eva@kolbotten.example" || m.Subject != "Re: Moisture meters" || m.Date.UTC().Format("2006-01-02 15:04") != "2026-11-20 08:14" {
			t.Errorf("%s: %q, %q <%s>, %q, %s", name, m.Text, m.Name, m.Email, m.Subject, m.Date)
		}
	}
}

func TestOutlooksFilesGiveTheirText(t *testing.T) {
	t.Parallel()
	when := properties(map[uint32]uint64{0x00390040: submitted, 0x3ffd0003: 1252})
	for name, streams := range map[string]map[string][]byte{
		"Unicode": {
			"__substg1.0_0037001F": wide("Re: Fuktmätare"), "__substg1.0_0C1A001F": wide("Eva Roos"), "__substg1.0_0C1F001F": wide("/O=EX/CN=EVA"),
			"__substg1.0_5D01001F": wide("eva@kolbotten.example"), "__substg1.0_1000001F": wide("Vi har fått ja.\n\nEva"),
		},
		"an older code page": {
			"__substg1.0_0037001E": []byte("Re: Fuktm\xe4tare"), "__substg1.0_0C1A001E": []byte("Eva Roos"), "__substg1.0_0C1F001E": []byte("eva@kolbotten.example"),
			"__substg1.0_1000001E": []byte("Vi har f\xe5tt ja.\r\n\r\nEva"),
		},
		"HTML only": {
			"__substg1.0_0037001F": wide("Re: Fuktmätare"), "__substg1.0_0C1A001F": wide("Eva Roos"), "__substg1.0_5D01001F": wide("eva@kolbotten.example"),
			"__substg1.0_10130102": []byte("<html><body><p>Vi har f\xe5tt ja.</p><p></p><p>Eva</p></body></html>"),
		},
	} {
		streams["__properties_version1.0"] = when
		m, err := mail.Read(aMsg(streams))
		if err != nil || m.Text != "Vi har fått ja.\n\nEva" || m.Subject != "Re: Fuktmätare" || m.Name != "Eva Roos" || m.Email != "eva@kolbotten.example" || m.Date.Format("2006-01-02 15:04") != "2026-11-20 08:14" {
			t.Errorf("%s: %+v, %v", name, m, err)
		}
	}
}

func TestWhatIsNoMailEndsInASentence(t *testing.T) {
	t.Parallel()
	ole := aMsg(map[string][]byte{"__substg1.0_1000001F": wide("text")})
	for name, file := range map[string]string{
		"nothing": "", "a picture": "\x89PNG\r\n\x1a\n\x00", "a letter": "Dear all,\n\nhello", "a header without a mail": "X: y\r\n\r\nz", "no text": head + "\r\n \r\n",
		"nested a hundred deep": head + nested(100), "half a message of Outlook's": string(ole[:700]), "its first bytes alone": string(ole[:8]),
		"only an attachment": head + "Content-Type: application/pdf\r\n\r\nx",
	} {
		if m, err := mail.Read([]byte(file)); process.KindOf(err) != process.Invalid {
			t.Errorf("%s: %+v, %v", name, m, err)
		}
	}
}

func TestALongMailIsCutAndSaysSo(t *testing.T) {
	t.Parallel()
	m, err := mail.Read([]byte(head + "\r\n" + strings.Repeat("å", 300_000)))
	if err != nil || !m.Cut || utf8.RuneCountInString(m.Text) > 50_000 {
		t.Errorf("%d characters, cut %v, %v", utf8.RuneCountInString(m.Text), m.Cut, err)
	}
}

func FuzzRead(f *testing.F) {
	for _, shape := range shapes {
		f.Add([]byte(shape.file))
	}
	f.Add(aMsg(map[string][]byte{"__substg1.0_1000001F": wide("text"), "__substg1.0_0037001F": wide("subject")}))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := mail.Read(data)
		if err != nil {
			if process.KindOf(err) != process.Invalid {
				t.Errorf("%v is not for a person to mend", err)
			}
			return
		}
		bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
		for _, text := range []string{m.Name, m.Email, m.Subject, m.Text} {
			if !utf8.ValidString(text) || strings.IndexFunc(text, bad) >= 0 {
				t.Errorf("%q holds what nobody can see", text)
			}
		}
		if m.Text == "" || strings.ContainsAny(m.Name+m.Email+m.Subject, "\n\t") {
			t.Errorf("%+v", m)
		}
	})
}
