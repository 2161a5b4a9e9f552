// Command typecheck tells whether the project compiles for other systems, its tests too: it reads everything from source as the compiler
// does, and makes no machine code, which is what takes a build its minutes. It is called in the folder of the project:
//
//	typecheck darwin/arm64 windows/amd64
package main

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	failed := len(os.Args) < 2
	for _, target := range os.Args[1:] {
		n, err := check(target)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", target, err)
			failed = true
			continue
		}
		fmt.Printf("%s: %d packages\n", target, n)
	}
	if failed {
		os.Exit(1)
	}
}

// check reads the project, and what it is made of, as for one system. What it is made of must be there as well; what happens inside of its
// functions is left to whoever keeps it.
func check(target string) (int, error) {
	system, processor, ok := strings.Cut(target, "/")
	if !ok {
		return 0, fmt.Errorf("no system and processor, such as windows/amd64")
	}
	list, err := packages.Load(&packages.Config{
		Mode:  packages.LoadAllSyntax | packages.NeedModule,
		Env:   append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+processor),
		Tests: true,
	}, "./...")
	if err != nil {
		return 0, err
	}
	if n := packages.PrintErrors(list); n > 0 {
		return 0, fmt.Errorf("%d errors", n)
	}
	if len(list) == 0 {
		return 0, fmt.Errorf("there is nothing to check")
	}
	return len(list), nil
}
