package command

import (
	"cmp"
	"io"
	"runtime/debug"
)

// Version tells which program this is.
type Version struct{}

// Run writes it.
func (Version) Run(p *Program) error {
	_, err := io.WriteString(p.Out, "milstolpe "+p.Version+"\n")
	return err
}

// VersionOf is what this program calls itself: as it was named when a release was built; else what the compiler knows from the source's
// history, which names commit and time where no version was given; else "dev".
func VersionOf(release string, built func() (*debug.BuildInfo, bool)) string {
	if info, ok := built(); release == "" && ok && info.Main.Version != "(devel)" {
		release = info.Main.Version
	}
	return cmp.Or(release, "dev")
}
