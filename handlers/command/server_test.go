package command_test

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"milstolpe/db/dbtest"
)

// The commands about a server, each script on a PostgreSQL of its own.
func TestServerCommands(t *testing.T) {
	p := dbtest.StartPostgres(t)
	s := p.Server()
	testscript.Run(t, testscript.Params{
		Files: []string{"testdata/server/server.txtar"},
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_STATE_HOME", e.WorkDir+"/state")
			e.Setenv("LANG", "en_GB.UTF-8")
			for _, login := range []string{"anna", "vera", "rolf", "carin"} {
				e.Setenv(login, s.Address(login, ""))
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit":  exitCode,
			"start": func(*testscript.TestScript, bool, []string) { p.Start() },
			"stop":  func(*testscript.TestScript, bool, []string) { p.Stop() },
		},
	})
}
