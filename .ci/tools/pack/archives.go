package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"strings"
	text "text/template"
	"time"
)

// The texts that are handed out with the program: the page about its first start, and what each system wants to know about it.
//
//go:embed texts
var texts embed.FS

// item is a file in an archive.
type item struct {
	path string
	mode os.FileMode
	body []byte
}

const (
	readable   = os.FileMode(0o644)
	executable = os.FileMode(0o755)
)

// archives writes what is handed out into a folder.
func archives(version, source, built, out string) error {
	when, err := sourceTime()
	if err != nil {
		return err
	}
	var sums bytes.Buffer
	for _, p := range platforms() {
		items, err := contents(version, source, built, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		write := zipped
		if p.os == "linux" {
			write = tarred
		}
		var archive bytes.Buffer
		if err := write(&archive, "milstolpe-"+version, items, when); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		name := p.archive(version)
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(archive.Bytes()), name)
		if err := os.WriteFile(filepath.Join(out, name), archive.Bytes(), 0o644); err != nil { //nolint:gosec // to be handed out
			return err
		}
	}
	return os.WriteFile(filepath.Join(out, checksums), sums.Bytes(), 0o644) //nolint:gosec // to be handed out
}

const checksums = "checksums.txt"

// contents are the files for a platform.
func contents(version, source, built string, p platform) ([]item, error) {
	program, err := os.ReadFile(filepath.Join(built, p.String(), p.program()))
	if err != nil {
		return nil, err
	}
	m, err := loadMark(source)
	if err != nil {
		return nil, err
	}
	owed, err := licences(source, p)
	if err != nil {
		return nil, err
	}
	page, err := filled("start.html", version, p)
	if err != nil {
		return nil, err
	}
	items := []item{{"START.html", readable, page}, {"LICENCES.txt", readable, owed}}
	if ours, err := os.ReadFile(filepath.Join(source, "LICENSE")); err == nil {
		items = append(items, item{"LICENSE.txt", readable, ours})
	}
	var more []item
	switch p.os {
	case "windows":
		more = []item{{p.program(), executable, program}}
	case "darwin":
		more, err = application(version, program, m, p)
	default:
		more, err = desktop(version, source, program, m, p)
	}
	return append(more, items...), err
}

// application is the program as a Mac wants it. What the Mac starts is a script that starts the program and ends: the program has no
// window, so the Mac would wait for one in vain.
func application(version string, program []byte, m *mark, p platform) ([]item, error) {
	icon, err := icns(m)
	if err != nil {
		return nil, err
	}
	about, err := filled("Info.plist", version, p)
	if err != nil {
		return nil, err
	}
	launcher, err := texts.ReadFile("texts/launcher")
	return []item{
		{"Milstolpe.app/Contents/Info.plist", readable, about},
		{"Milstolpe.app/Contents/PkgInfo", readable, []byte("APPL????")},
		{"Milstolpe.app/Contents/MacOS/launcher", executable, launcher},
		{"Milstolpe.app/Contents/MacOS/milstolpe", executable, program},
		{"Milstolpe.app/Contents/Resources/milstolpe.icns", readable, icon},
	}, err
}

// desktop is the program as the desktops of Linux want it, with a script that puts it where they look.
func desktop(version, source string, program []byte, m *mark, p platform) ([]item, error) {
	entry, err := filled("milstolpe.desktop", version, p)
	if err != nil {
		return nil, err
	}
	install, err := texts.ReadFile("texts/install")
	if err != nil {
		return nil, err
	}
	drawing, err := os.ReadFile(filepath.Join(source, "assets", "mark.svg"))
	if err != nil {
		return nil, err
	}
	picture, err := asPNG(m.draw(256))
	return []item{
		{p.program(), executable, program},
		{"install", executable, install},
		{"milstolpe.desktop", readable, entry},
		{"milstolpe.svg", readable, drawing},
		{"milstolpe.png", readable, picture},
	}, err
}

// filled writes one of the texts for a version and a platform.
func filled(name, version string, p platform) ([]byte, error) {
	number, _, _ := strings.Cut(version, "-")
	values := map[string]string{"Version": version, "Number": number, "OS": p.os, "Arch": p.arch}
	values["MacArch"] = map[string]string{"amd64": "x86_64", "arm64": "arm64"}[p.arch]
	var page bytes.Buffer
	if filepath.Ext(name) == ".html" {
		t, err := template.ParseFS(texts, "texts/"+name)
		if err != nil {
			return nil, err
		}
		err = t.Execute(&page, values)
		return page.Bytes(), err
	}
	t, err := text.ParseFS(texts, "texts/"+name)
	if err != nil {
		return nil, err
	}
	err = t.Execute(&page, values)
	return page.Bytes(), err
}

func zipped(out io.Writer, folder string, items []item, when time.Time) error {
	z := zip.NewWriter(out)
	for _, f := range items {
		head := &zip.FileHeader{Name: folder + "/" + f.path, Method: zip.Deflate, Modified: when}
		head.SetMode(f.mode)
		w, err := z.CreateHeader(head)
		if err != nil {
			return err
		}
		if _, err := w.Write(f.body); err != nil {
			return err
		}
	}
	return z.Close()
}

func tarred(out io.Writer, folder string, items []item, when time.Time) error {
	packed, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	t := tar.NewWriter(packed)
	for _, f := range items {
		head := &tar.Header{Name: folder + "/" + f.path, Mode: int64(f.mode), Size: int64(len(f.body)), ModTime: when, Format: tar.FormatUSTAR}
		if err := t.WriteHeader(head); err != nil {
			return err
		}
		if _, err := t.Write(f.body); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return packed.Close()
}
