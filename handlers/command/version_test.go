package command_test

import (
	"runtime/debug"
	"testing"

	"milstolpe/handlers/command"
)

func TestTheVersionIsThatOfTheReleaseElseWhatTheCompilerKnows(t *testing.T) {
	for _, c := range []struct{ release, compiler, want string }{
		{"1.2.3", "v1.2.2", "1.2.3"},
		{"", "v1.2.2", "v1.2.2"},
		{"", "v0.0.0-20261123091200-abcdefabcdef+dirty", "v0.0.0-20261123091200-abcdefabcdef+dirty"},
		{"", "(devel)", "dev"},
		{"", "", "dev"},
	} {
		built := func() (*debug.BuildInfo, bool) {
			return &debug.BuildInfo{Main: debug.Module{Version: c.compiler}}, true
		}
		if got := command.VersionOf(c.release, built); got != c.want {
			t.Errorf("release %q, compiler %q: %q, want %q", c.release, c.compiler, got, c.want)
		}
	}
	if got := command.VersionOf("", func() (*debug.BuildInfo, bool) { return nil, false }); got != "dev" {
		t.Errorf("a program that knows nothing calls itself %q", got)
	}
}
