// Command pack makes what is handed out from what the compiler made. The script .ci/release calls it three times:
//
//	pack resources VERSION SOURCE            icon and version for Windows, as .syso files that the compiler puts into the program
//	pack archives VERSION SOURCE BUILT OUT   one archive for each platform, and their sums
//	pack check VERSION OUT                   looks into the archives as they are
//
// SOURCE is the project, BUILT has one folder for each platform with the program in it. The same source gives the same bytes.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// platform is a system and a processor, as Go names them.
type platform struct{ os, arch string }

func platforms() []platform {
	return []platform{
		{"windows", "amd64"}, {"windows", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"linux", "amd64"}, {"linux", "arm64"},
	}
}

func (p platform) String() string { return p.os + "-" + p.arch }

// program is what the program's file is called there.
func (p platform) program() string {
	if p.os == "windows" {
		return "milstolpe.exe"
	}
	return "milstolpe"
}

// archive is the name of what is handed out for it. People know their Mac as a Mac.
func (p platform) archive(version string) string {
	name, ending := p.os, ".zip"
	switch p.os {
	case "darwin":
		name = "macos"
	case "linux":
		ending = ".tar.gz"
	}
	return "milstolpe-" + version + "-" + name + "-" + p.arch + ending
}

var goodVersion = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 2 || !goodVersion.MatchString(args[1]) {
		return fmt.Errorf("usage: resources|archives|check VERSION …, with a version like 1.2.3 or 1.2.3-rc.1")
	}
	switch {
	case args[0] == "resources" && len(args) == 3:
		return resources(args[1], args[2])
	case args[0] == "archives" && len(args) == 5:
		return archives(args[1], args[2], args[3], args[4])
	case args[0] == "check" && len(args) == 3:
		return check(args[1], args[2])
	}
	return fmt.Errorf("usage: resources VERSION SOURCE | archives VERSION SOURCE BUILT OUT | check VERSION OUT")
}

// sourceTime is when the source was committed; every file in an archive is of that moment.
func sourceTime() (time.Time, error) {
	seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH has to be set: %w", err)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

func loadMark(source string) (*mark, error) {
	svg, err := os.ReadFile(filepath.Join(source, "assets", "mark.svg"))
	if err != nil {
		return nil, err
	}
	return readMark(svg)
}
