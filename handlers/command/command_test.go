package command_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/handlers/command"
	"milstolpe/handlers/i18n"
	"milstolpe/process"
)

func textIn(t *testing.T, l i18n.Lang) *i18n.Text {
	t.Helper()
	text, err := i18n.TextIn(l)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestEveryKindOfErrorHasItsExitCode(t *testing.T) {
	want := map[process.Kind]int{
		process.Internal: 1, process.Invalid: 2, process.NotFound: 2, process.Conflict: 1, process.Busy: 3, process.Newer: 4, process.Damaged: 5,
	}
	for kind := process.Internal; kind <= process.Damaged; kind++ {
		err := fmt.Errorf("somewhere: %w", &process.Error{Kind: kind, Msg: "file.busy"})
		if got, ok := want[kind]; !ok || command.ExitCode(err) != got {
			t.Errorf("%s ends with %d, want %d (%v)", kind, command.ExitCode(err), got, ok)
		}
	}
	if got := command.ExitCode(nil); got != 0 {
		t.Errorf("no error ends with %d", got)
	}
	if got := command.ExitCode(errors.New("nobody knows")); got != 1 {
		t.Errorf("an unclassified error ends with %d, want 1", got)
	}
	var faults process.Problems
	faults.Add("name", "form.required")
	if got := command.ExitCode(faults.OrNil()); got != 2 {
		t.Errorf("faults in a document end with %d, want 2", got)
	}
}

func TestErrorsAreExplainedInSentencesAndHints(t *testing.T) {
	var faults process.Problems
	faults.Add("milestones.0.name", "form.required")
	faults.Add("milestones.1.key", "process.key_twice", "budget")
	for situation, c := range map[string]struct {
		err  error
		want []string
	}{
		"none": {nil, nil},
		"a file that is gone": {
			&process.Error{Kind: process.NotFound, Msg: "file.missing", Args: []any{"a.milstolpe"}, Err: errors.New("stat: no such file")},
			[]string{
				"a.milstolpe does not exist. Check the name and the folder; perhaps the file was moved or renamed.",
				"hint: milstolpe new a.milstolpe makes a new file",
			},
		},
		"faults inside a document": {faults, []string{
			"milestones.0.name: This must be filled in",
			"milestones.1.key: Two milestones have the key budget. Give one of them another key.",
		}},
		"interrupted": {fmt.Errorf("import: %w", context.Canceled), []string{"Interrupted. Nothing half-done was saved."}},
		"a fault of ours": {errors.New("the roof is on fire"), []string{
			"Something went wrong in the program: the roof is on fire. What was saved is still there; try again.",
		}},
		"a full disk": {
			&process.Error{Kind: process.Internal, Msg: "file.no_space", Args: []any{"a.milstolpe"}, Err: errors.New("write: no space left")},
			[]string{"The disk is full, so a.milstolpe could not be written. Nothing is lost. Make room; it is saved after that. (write: no space left)"},
		},
	} {
		t.Run(situation, func(t *testing.T) {
			if diff := cmp.Diff(c.want, command.Explain(c.err, textIn(t, i18n.English))); diff != "" {
				t.Errorf("explained otherwise (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheCauseOfAClassifiedErrorIsNotShown(t *testing.T) {
	err := &process.Error{Kind: process.Damaged, Msg: "file.damaged", Args: []any{"a.milstolpe"}, Err: errors.New("meta page 1 has no magic number")}
	for _, line := range command.Explain(err, textIn(t, i18n.Swedish)) {
		if strings.Contains(line, "magic") {
			t.Errorf("the cause is shown: %q", line)
		}
	}
}

func TestTheLanguageIsThatOfTheFlagElseOfTheComputer(t *testing.T) {
	for _, c := range []struct {
		args, setting string
		want          i18n.Lang
	}{
		{"", "sv_SE.UTF-8", i18n.Swedish},
		{"", "nb_NO.UTF-8", i18n.Swedish},
		{"", "sv-SE", i18n.Swedish},
		{"", "en_GB.UTF-8", i18n.English},
		{"", "C.UTF-8", i18n.English},
		{"", "", i18n.English},
		{"report deals --lang sv", "en_GB.UTF-8", i18n.Swedish},
		{"--lang=en report deals", "sv_SE.UTF-8", i18n.English},
		{"--lang xx", "sv_SE.UTF-8", i18n.Swedish},
		{"--lang", "sv_SE.UTF-8", i18n.Swedish},
	} {
		getenv := func(name string) string {
			if name == "LANG" {
				return c.setting
			}
			return ""
		}
		if got := command.Language(strings.Fields(c.args), getenv); got != c.want {
			t.Errorf("%q with LANG=%s gives %s, want %s", c.args, c.setting, got, c.want)
		}
	}
	first := func(name string) string {
		return map[string]string{"LC_ALL": "sv_SE", "LANG": "en_GB"}[name]
	}
	if got := command.Language(nil, first); got != i18n.Swedish {
		t.Errorf("LC_ALL does not come before LANG: %s", got)
	}
}

func TestWhatACommandLineReaderSaysBecomesASentenceOfOurs(t *testing.T) {
	for said, want := range map[string]string{
		`unknown flag --nosuch`:                                     "There is no flag --nosuch.",
		`unknown flag --fil, did you mean "--file"?`:                "There is no flag --fil.",
		`unexpected argument nonsense`:                              "nonsense is one word too many, or a command that does not exist.",
		`expected one of "add", "export"`:                           `A word is missing. Choose one of: "add", "export".`,
		`expected "<process.json>"`:                                 "Something is missing: process.json.",
		`expected "<other> ..."`:                                    "Something is missing: other.",
		`--lead: expected a valid 64 bit int but got "x"`:           "--lead must be a whole number, not “x”.",
		`--file: expected string value but got "EOL" (<EOL>)`:       "--file lacks its value.",
		`something that no reader of command lines has said so far`: "The command line cannot be read: something that no reader of command lines has said so far.",
	} {
		lines := command.Explain(command.WrongLine(said), textIn(t, i18n.English))
		if len(lines) == 0 || lines[0] != want {
			t.Errorf("%q becomes %q, want %q", said, lines, want)
		}
	}
}
