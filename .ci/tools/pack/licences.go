package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|copyright)([-._].*)?$`)

// thirdParty is a folder with licences of what a module has taken in itself.
var thirdParty = regexp.MustCompile(`(?i)^(third[-_]?party[-_])?licen[cs]es$`)

// licences collects what the authors of everything in the program of one platform ask to be handed on with it: of Go, of each module
// that is linked, down to the folder of each package, and of the script that is embedded. A module without any is an error.
func licences(source string, p platform) ([]byte, error) {
	root, err := golang(source, p, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString("Milstolpe is made with the following works of others. Thank you.\n")
	for _, work := range []struct{ name, path string }{
		{"Go, with its standard library", filepath.Join(strings.TrimSpace(root), "LICENSE")},
		{"htmx 4.0.1", filepath.Join(source, "assets", "js", "htmx.LICENSE")},
	} {
		text, err := os.ReadFile(work.path)
		if err != nil {
			return nil, err
		}
		add(&out, work.name, text)
	}
	linked, err := golang(source, p, "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", ".")
	if err != nil {
		return nil, err
	}
	files := map[string][]string{}
	for line := range strings.Lines(linked) {
		parts := strings.Split(strings.TrimSpace(line), "\t")
		if len(parts) != 3 {
			continue
		}
		found, err := licencesUpTo(parts[1], parts[2])
		if err != nil {
			return nil, err
		}
		files[parts[0]] = append(files[parts[0]], found...)
	}
	if len(files) == 0 {
		return nil, errors.New("the program is said to have no modules")
	}
	var modules []string
	for module, found := range files {
		if len(found) == 0 {
			return nil, fmt.Errorf("%s has no licence that could be handed on", module)
		}
		modules = append(modules, module)
	}
	slices.Sort(modules)
	for _, module := range modules {
		found := files[module]
		slices.Sort(found)
		for _, path := range slices.Compact(found) {
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			add(&out, module+", "+filepath.Base(path), text)
		}
	}
	return out.Bytes(), nil
}

func golang(source string, p platform, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Stderr = source, os.Stderr
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+p.os, "GOARCH="+p.arch)
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", args[0], err)
	}
	return string(out), nil
}

// licencesUpTo finds those in a package's folder and in every one above it, up to its module's.
func licencesUpTo(module, folder string) (found []string, err error) {
	for {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.IsDir() && thirdParty.MatchString(e.Name()) {
				more, err := filepath.Glob(filepath.Join(folder, e.Name(), "*"))
				if err != nil {
					return nil, err
				}
				found = append(found, more...)
			}
			if e.Type().IsRegular() && licenceFile.MatchString(e.Name()) && !strings.HasSuffix(e.Name(), ".go") {
				found = append(found, filepath.Join(folder, e.Name()))
			}
		}
		if folder == module || len(folder) < len(module) {
			return found, nil
		}
		folder = filepath.Dir(folder)
	}
}

func add(out *bytes.Buffer, name string, text []byte) {
	line := strings.Repeat("=", 100)
	fmt.Fprintf(out, "\n%s\n%s\n%s\n\n%s\n", line, name, line, bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
}
