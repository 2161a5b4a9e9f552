package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
)

// recordsNothing are the routes that record no facts, or act on what they name themselves.
var recordsNothing = map[string]string{
	"/processes/new": "adds a process", "/deals/:id/milestones": "adds milestones, and leaves what is reached as it is",
	"/deals/how-far": "TestWhatAColleagueHasSaidMeanwhileIsLeftAlone",
	"/mails/:id":     "keeps a mail", "/mails/:id/save": "adds an entry, or a milestone that is not reached",
	"/calendar/keep": "writes a file", "/file/password": "of this computer", "/file/move": "moves the file", "/file/share": "moves the file", "/file/follow": "goes on where the file is", "/file/put-back": "puts a file back",
	"/file/keep":      "goes on without the file",
	"/contacts/quiet": "TestNobodyIsErasedAboutWhomSomethingNewHasCome",
	"/welcome/join":   "opens",
	"/undo/:name":     "takes back the events of one action, which it names", "/quit": "stops the program", "/invite": "lets a browser in",
	"/settings/language": "of this browser", "/settings/theme": "of this browser", "/settings/keys": "of this browser", "/settings/idle": "of this computer",
	"/settings/who": "of this computer", "/help/style": "tries the parts of pages",
	"/file/open": "opens", "/welcome/open": "opens", "/welcome/new": "makes a file", "/welcome/example": "makes a file", "/file/rescue": "puts a file back",
	"/file/backups": "makes a backup", "/file/merge": "looks at a file",
	"/file/lost":  "confirms that somebody has seen it",
	"/file/aside": "brings back what it names", "/file/conflict": "takes in, and takes nothing back", "/file/stranded": "takes in, and takes nothing back",
	"/file/merge/:job":      "TestAMergeBringsWhatItsPageShowed",
	"/file/merge/:job/undo": "TestUndoingAMergeIsThisCopysDecision",
	"/file/backups/restore": "TestABackupIsRestoredAsItsPageShowed",
	"/import":               "keeps a list",
	"/keys":                 "of this computer", "/keys/:id/revoke": "of this computer", "/file/workbook": "writes a file", "/file/workbook/stop": "writes a file no more",
	"/import/:job/columns": "keeps what columns mean",
	"/import/:job/review":  "records what the list says where it differs, as package importer decides",
	"/import/undo/:import": "TestAnImportIsUndoneAsItsPageShowed",
}

// Every address that a form can be sent to is in one of the two lists, so that nobody adds a form without asking what happens to a
// colleague's change.
func TestEveryFormIsAskedWhatItOverwrites(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, c := range staleForms() {
		tried[c.route] = true
	}
	seen := map[string]bool{}
	for _, r := range handlerstest.NewSiteWithoutFile(t).Server.Routes() {
		method, path, _ := strings.Cut(r, " ")
		if method != http.MethodPost {
			continue
		}
		seen[path] = true
		if reason := recordsNothing[path]; tried[path] == (reason != "") {
			t.Errorf("%s is in both lists or in none (%q)", path, reason)
		}
	}
	for path := range tried {
		if !seen[path] {
			t.Errorf("there is no %s any more", path)
		}
	}
	for path := range recordsNothing {
		if !seen[path] {
			t.Errorf("there is no %s any more", path)
		}
	}
	t.Logf("%d forms", len(seen))
}
