package postgres

import (
	"bytes"
	"encoding/pem"
	"strings"

	"milstolpe/process"
)

// Invitation is what a colleague needs to join, but for the login: a small text file that can be mailed and is opened like a shared file.
type Invitation struct {
	Address Address // without a name
	CA      []byte  // PEM; empty where the computer trusts the server anyway
}

// InvitationEnding is how the file of an invitation is called.
const InvitationEnding = ".milstolpe-server"

const (
	invitationHead = "Milstolpe server 1"
	addressLine    = "address: "
	// MostInvitation bounds the file of an invitation: far more than an address and the certificates of an authority.
	MostInvitation = 1 << 20
)

// Encode is the text of the file.
func (i Invitation) Encode() []byte {
	var b bytes.Buffer
	b.WriteString(invitationHead + "\n" + addressLine + i.Address.Place() + "\n")
	if len(i.CA) > 0 {
		b.WriteString("\n")
		b.Write(bytes.TrimSpace(i.CA))
		b.WriteString("\n")
	}
	return b.Bytes()
}

// ParseInvitation reads the text of such a file. Line endings and empty lines may have changed on the way.
func ParseInvitation(text []byte) (i Invitation, err error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	head, rest, _ := strings.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	if len(text) > MostInvitation || !strings.HasPrefix(strings.TrimSpace(head), "Milstolpe server ") {
		return i, process.Wrong("", "server.no_invitation")
	}
	if strings.TrimSpace(head) != invitationHead {
		return i, &process.Error{Kind: process.Newer, Msg: "server.newer_invitation"}
	}
	body := []byte(rest)
	if at := strings.Index(rest, "-----BEGIN"); at >= 0 {
		rest, body = rest[:at], body[at:]
		if i.CA, err = Authority(body); err != nil {
			return i, err
		}
	}
	for line := range strings.Lines(rest) {
		if address, ok := strings.CutPrefix(strings.TrimSpace(line), strings.TrimSpace(addressLine)); ok {
			if i.Address, err = ParseAddress(address); err != nil {
				return i, err
			}
			i.Address.User, i.Address.CAFile = "", "" // neither a name nor a file of another computer
		}
	}
	if i.Address.Dataset == "" {
		return i, process.Wrong("", "server.no_invitation")
	}
	return i, nil
}

// Authority keeps the certificates of a PEM text and nothing else: a private key that lies beside them is nobody's business.
func Authority(text []byte) ([]byte, error) {
	var out bytes.Buffer
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			_ = pem.Encode(&out, &pem.Block{Type: block.Type, Bytes: block.Bytes})
		}
	}
	if out.Len() == 0 {
		return nil, process.Wrong("", "server.bad_ca")
	}
	return out.Bytes(), nil
}
