package main

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"
)

// largest is how many bytes a program may have. The bar is 22 MB as a file manager counts, for Linux on amd64; what other systems ask a
// program to carry comes on top, a twentieth at most.
func (p platform) largest() int {
	const bar = 22 << 20
	if p == (platform{"linux", "amd64"}) {
		return bar
	}
	return bar + bar/20
}

// check looks into every archive as somebody gets it, and says what it found.
func check(release, out string) error {
	if err := checkSums(release, out); err != nil {
		return err
	}
	for _, p := range platforms() {
		path := filepath.Join(out, p.archive(release))
		items, err := unpacked(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := checkItems(release, p, items); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		fmt.Println(filepath.Base(path))
		for _, f := range items {
			fmt.Printf("  %v %10d  %s\n", f.mode, len(f.body), f.path)
		}
	}
	return nil
}

func checkSums(release, out string) error {
	listed, err := os.ReadFile(filepath.Join(out, checksums))
	if err != nil {
		return err
	}
	for _, p := range platforms() {
		name := p.archive(release)
		body, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			return err
		}
		if want := fmt.Sprintf("%x  %s\n", sha256.Sum256(body), name); !bytes.Contains(listed, []byte(want)) {
			return fmt.Errorf("%s does not have the sum of %s", checksums, name)
		}
	}
	return nil
}

// unpacked reads an archive whole.
func unpacked(path string) ([]item, error) {
	if strings.HasSuffix(path, ".zip") {
		return unzipped(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	plain, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, err
	}
	var items []item
	for t := tar.NewReader(plain); ; {
		head, err := t.Next()
		if errors.Is(err, io.EOF) {
			return items, nil
		}
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(t)
		if err != nil {
			return nil, err
		}
		items = append(items, item{head.Name, head.FileInfo().Mode(), body})
	}
}

func unzipped(path string) ([]item, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer z.Close() //nolint:errcheck // only read
	var items []item
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		items = append(items, item{f.Name, f.Mode(), body})
	}
	return items, nil
}

// wanted is what an archive holds, and what of it can be run.
func wanted(p platform) (files, programs []string) {
	switch p.os {
	case "windows":
		files = []string{"milstolpe.exe"}
		programs = files
	case "darwin":
		programs = []string{"Milstolpe.app/Contents/MacOS/launcher", "Milstolpe.app/Contents/MacOS/milstolpe"}
		files = append([]string{"Milstolpe.app/Contents/Info.plist", "Milstolpe.app/Contents/PkgInfo", "Milstolpe.app/Contents/Resources/milstolpe.icns"}, programs...)
	default:
		programs = []string{"milstolpe", "install"}
		files = append([]string{"milstolpe.desktop", "milstolpe.svg", "milstolpe.png"}, programs...)
	}
	return append(files, "START.html", "LICENCES.txt"), programs
}

func checkItems(release string, p platform, items []item) error {
	files, programs := wanted(p)
	found := map[string]item{}
	for _, f := range items {
		name, inside := strings.CutPrefix(f.path, "milstolpe-"+release+"/")
		if !inside || !slices.Contains(files, name) && name != "LICENSE.txt" {
			return fmt.Errorf("%s has no business in it", f.path)
		}
		if runs := f.mode&0o111 != 0; runs != slices.Contains(programs, name) {
			return fmt.Errorf("%s has the mode %v", f.path, f.mode)
		}
		found[name] = f
	}
	for _, name := range files {
		if len(found[name].body) == 0 {
			return fmt.Errorf("%s is missing or empty", name)
		}
	}
	for _, work := range []string{"Go, with its standard library", "htmx", "go.etcd.io/bbolt", "github.com/labstack/echo", "golang.org/x/text", "MIT License"} {
		if !bytes.Contains(found["LICENCES.txt"].body, []byte(work)) {
			return fmt.Errorf("LICENCES.txt does not name %s", work)
		}
	}
	if page := found["START.html"].body; !bytes.Contains(page, []byte("Börja här")) || !bytes.Contains(page, []byte("Start here")) {
		return errors.New("START.html is not in both languages")
	}
	switch p.os {
	case "windows":
		return checkWindows(release, p, found["milstolpe.exe"].body)
	case "darwin":
		return checkMac(release, p, found)
	}
	return checkLinux(p, found)
}

func checkSize(p platform, program []byte) error {
	if most := p.largest(); len(program) > most {
		return fmt.Errorf("the program has %d bytes, and %d are allowed", len(program), most)
	}
	return nil
}

func checkWindows(release string, p platform, program []byte) error {
	f, err := pe.NewFile(bytes.NewReader(program))
	if err != nil {
		return err
	}
	machine := map[string]uint16{"amd64": pe.IMAGE_FILE_MACHINE_AMD64, "arm64": pe.IMAGE_FILE_MACHINE_ARM64}[p.arch]
	head, ok := f.OptionalHeader.(*pe.OptionalHeader64)
	if !ok || f.Machine != machine || head.Subsystem != pe.IMAGE_SUBSYSTEM_WINDOWS_GUI {
		return fmt.Errorf("the program is for machine %#x with %+v, want %#x without console", f.Machine, f.OptionalHeader, machine)
	}
	set, err := winres.LoadFromEXE(bytes.NewReader(program))
	if err != nil {
		return err
	}
	icon, err := set.GetIcon(iconID)
	if err != nil {
		return err
	}
	var ico bytes.Buffer
	if err := icon.SaveICO(&ico); err != nil {
		return err
	}
	if n := int(binary.LittleEndian.Uint16(ico.Bytes()[4:])); n != len(windowsSizes) {
		return fmt.Errorf("the icon has %d sizes, want %d", n, len(windowsSizes))
	}
	details, err := version.FromBytes(set.Get(winres.RT_VERSION, winres.ID(1), english))
	if err != nil {
		return err
	}
	told, err := details.MarshalJSON()
	if err != nil {
		return err
	}
	number, _, _ := strings.Cut(release, "-")
	for _, want := range []string{`"ProductVersion":"` + release + `"`, `"file_version":"` + number + `.0"`, `"ProductName":"Milstolpe"`} {
		if !bytes.Contains(bytes.ReplaceAll(told, []byte(": "), []byte(":")), []byte(want)) {
			return fmt.Errorf("the program's details are %s, want %s in them", told, want)
		}
	}
	return checkSize(p, program)
}

func checkMac(release string, p platform, found map[string]item) error {
	program := found["Milstolpe.app/Contents/MacOS/milstolpe"].body
	f, err := macho.NewFile(bytes.NewReader(program))
	if err != nil {
		return err
	}
	if want := map[string]macho.Cpu{"amd64": macho.CpuAmd64, "arm64": macho.CpuArm64}[p.arch]; f.Cpu != want || f.Type != macho.TypeExec {
		return fmt.Errorf("the program is for %v, want %v", f.Cpu, want)
	}
	signed := slices.ContainsFunc(f.Loads, func(l macho.Load) bool {
		return binary.LittleEndian.Uint32(l.Raw()) == 0x1d // LC_CODE_SIGNATURE
	})
	if p.arch == "arm64" && !signed { // a Mac of this kind runs nothing that is not signed at least by its linker
		return errors.New("the program is not signed by the linker")
	}
	plist := found["Milstolpe.app/Contents/Info.plist"].body
	if err := wellFormed(plist); err != nil {
		return err
	}
	number, _, _ := strings.Cut(release, "-")
	for _, want := range []string{"<string>launcher</string>", "<key>CFBundleVersion</key><string>" + number + "</string>", map[string]string{"amd64": "x86_64", "arm64": "arm64"}[p.arch]} {
		if !bytes.Contains(plist, []byte(want)) {
			return fmt.Errorf("Info.plist lacks %s", want)
		}
	}
	if err := checkICNS(found["Milstolpe.app/Contents/Resources/milstolpe.icns"].body); err != nil {
		return err
	}
	return checkSize(p, program)
}

func wellFormed(text []byte) error {
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// checkICNS reads every picture of an icon and holds it to the size that its name promises.
func checkICNS(icon []byte) error {
	if len(icon) < 8 || string(icon[:4]) != "icns" || int(binary.BigEndian.Uint32(icon[4:])) != len(icon) {
		return errors.New("the icon is none")
	}
	rest := icon[8:]
	for _, s := range macSizes {
		if len(rest) < 8 || string(rest[:4]) != s.name || int(binary.BigEndian.Uint32(rest[4:])) > len(rest) {
			return fmt.Errorf("the icon has no %s", s.name)
		}
		length := binary.BigEndian.Uint32(rest[4:])
		picture, err := png.DecodeConfig(bytes.NewReader(rest[8:length]))
		if err != nil || picture.Width != s.side || picture.Height != s.side {
			return fmt.Errorf("%s of the icon is %d by %d (%w)", s.name, picture.Width, picture.Height, err)
		}
		rest = rest[length:]
	}
	return nil
}

func checkLinux(p platform, found map[string]item) error {
	program := found["milstolpe"].body
	f, err := elf.NewFile(bytes.NewReader(program))
	if err != nil {
		return err
	}
	if want := map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}[p.arch]; f.Machine != want {
		return fmt.Errorf("the program is for %v, want %v", f.Machine, want)
	}
	for _, part := range f.Progs {
		if part.Type == elf.PT_INTERP {
			return errors.New("the program needs libraries of the system")
		}
	}
	if !bytes.Contains(found["milstolpe.desktop"].body, []byte("\nExec=milstolpe")) {
		return errors.New("milstolpe.desktop does not start the program")
	}
	return checkSize(p, program)
}
