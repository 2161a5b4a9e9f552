package command

import (
	"context"
	"errors"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
)

// Exit codes of the program.
const (
	ExitDone = iota
	ExitFailed
	ExitWrongInput
	ExitInUse
	ExitNewer
	ExitDamaged
)

// exitOf is the only place where the kind of an error becomes an exit code.
var exitOf = map[process.Kind]int{
	process.Internal: ExitFailed,
	process.Invalid:  ExitWrongInput,
	process.NotFound: ExitWrongInput,
	process.Conflict: ExitFailed,
	process.Busy:     ExitInUse,
	process.Newer:    ExitNewer,
	process.Damaged:  ExitDamaged,
}

// ExitCode is how the program ends after an error, or after none.
func ExitCode(err error) int {
	if err == nil {
		return ExitDone
	}
	return exitOf[process.KindOf(err)]
}

// Explain is an error for the person: sentences that say what happened, then hints at what to type next, each a line of its own. The
// keys are those of the pages. An error that nobody classified also shows its cause: on a terminal there is no program log to look into.
func Explain(err error, t *i18n.Text) (lines []string) {
	var faults process.Problems
	var one *process.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &faults):
	case errors.As(err, &one):
		faults = process.Problems{one}
	case errors.Is(err, context.Canceled):
		return []string{t.T("cli.interrupted")}
	default:
		return []string{t.T("cli.failed", err.Error())}
	}
	var hints []string
	for _, e := range faults {
		text := sentence(e, t)
		lines = append(lines, at(e, text)+text)
		if hint := hintFor(e, t); hint != "" {
			hints = append(hints, hint)
		}
	}
	for _, h := range unique(hints) {
		lines = append(lines, t.T("cli.hint", h))
	}
	return lines
}

// sentence is what a page would say too.
func sentence(e *process.Error, t *i18n.Text) string {
	if !t.Has(e.Msg) {
		return t.T("cli.failed", e.Error())
	}
	text := t.Error(e)
	if e.Kind == process.Internal && e.Err != nil {
		text += " (" + e.Err.Error() + ")"
	}
	return text
}

// at names the place of a fault where its sentence does not: inside a document, "milestones.2.name: ", a flag with what stood there, and
// what a form says beside the field.
func at(e *process.Error, text string) string {
	if strings.Contains(text, e.Field) {
		return ""
	}
	if strings.ContainsRune(e.Field, '.') || strings.HasPrefix(e.Field, "--") || e.Field != "" && strings.HasPrefix(e.Msg, "form.") {
		return e.Field + ": "
	}
	return ""
}

// hintFor is what to type next: for this very message, or for errors of its kind.
func hintFor(e *process.Error, t *i18n.Text) string {
	if key := "cli.hint." + e.Msg; t.Has(key) {
		return t.T(key, e.Args...)
	}
	if key := "cli.hint.kind." + strings.ReplaceAll(e.Kind.String(), " ", "_"); t.Has(key) {
		return t.T(key, e.Args...)
	}
	return ""
}

func unique(lines []string) []string {
	seen := map[string]bool{}
	var list []string
	for _, l := range lines {
		if !seen[l] {
			seen[l] = true
			list = append(list, l)
		}
	}
	return list
}
