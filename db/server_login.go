package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"milstolpe/db/postgres"
	"milstolpe/process"
)

// loginsFolder is where the state folder keeps what is secret about servers: for each place and login a folder of its own.
const loginsFolder = "servers"

func loginDir(stateDir string, a postgres.Address) string {
	a.Dataset = ""
	return filepath.Join(stateDir, loginsFolder, short(a.String()))
}

const (
	passwordFile  = "password"
	authorityFile = "authority.pem"
)

// KeepLogin remembers how to come to a server, readable by this user alone. What is empty stays as it was.
func KeepLogin(stateDir, address string, l postgres.Login) error {
	a, err := postgres.ParseAddress(address)
	if err != nil {
		return err
	}
	dir := loginDir(stateDir, a)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return writeError(dir, err)
	}
	if l.Password != "" {
		if err := ReplaceFile(filepath.Join(dir, passwordFile), []byte(l.Password)); err != nil { // which makes it 0600
			return writeError(dir, err)
		}
	}
	if len(l.CA) > 0 {
		return writeError(dir, ReplaceFile(filepath.Join(dir, authorityFile), l.CA))
	}
	return nil
}

// ForgetPassword removes a password that was kept, because the server does not take it.
func ForgetPassword(stateDir, address string) error {
	a, err := postgres.ParseAddress(address)
	if err != nil {
		return err
	}
	err = os.Remove(filepath.Join(loginDir(stateDir, a), passwordFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// loginFor is what is known about how to come to a server.
func loginFor(stateDir string, a postgres.Address) (l postgres.Login, err error) {
	if stateDir != "" {
		dir := loginDir(stateDir, a)
		if b, err := os.ReadFile(filepath.Join(dir, passwordFile)); err == nil {
			l.Password = string(b)
		}
		if b, err := os.ReadFile(filepath.Join(dir, authorityFile)); err == nil {
			l.CA = b
		}
	}
	if a.CAFile != "" {
		if l.CA, err = ReadAuthority(a.CAFile); err != nil {
			return l, err
		}
		if stateDir != "" {
			return l, KeepLogin(stateDir, a.String(), postgres.Login{CA: l.CA})
		}
	}
	return l, nil
}

// ReadAuthority reads the certificates of a private authority from a file.
func ReadAuthority(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, &process.Error{Kind: process.Invalid, Msg: "server.no_ca_file", Args: []any{path}, Err: err}
	}
	return postgres.Authority(b)
}

// Invitation is the file that lets a colleague join the server of this file.
func (w *File) Invitation() (postgres.Invitation, bool) {
	p, ok := w.place.(*serverPlace)
	if !ok {
		return postgres.Invitation{}, false
	}
	l, err := loginFor(w.options.StateDir, p.address)
	return postgres.Invitation{Address: p.address, CA: l.CA}, err == nil
}

// ReadInvitation reads the file of an invitation; ok is false for a file of another kind.
func ReadInvitation(path string) (i postgres.Invitation, ok bool, err error) {
	if filepath.Ext(path) != postgres.InvitationEnding {
		return i, false, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return i, true, statError(path, err)
	}
	if err := usable(path, info); err != nil {
		return i, true, err
	}
	if info.Size() > postgres.MostInvitation {
		return i, true, process.Wrong("", "server.no_invitation")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return i, true, statError(path, err)
	}
	i, err = postgres.ParseInvitation(b)
	return i, true, err
}
