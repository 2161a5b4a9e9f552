package command

import (
	"regexp"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
)

// lineFaults are what a reader of command lines finds wrong, as it says it, and our sentence for each.
var lineFaults = []struct {
	said *regexp.Regexp
	key  string
}{
	{regexp.MustCompile(`^unknown flag (-\S+?),?(?: did you mean "?(.*?)"?\??)?$`), "cli.line.unknown_flag"},
	{regexp.MustCompile(`^unexpected argument (.+?)(?:, did you mean (.*)\?)?$`), "cli.line.unexpected"},
	{regexp.MustCompile(`^expected one of (.+)$`), "cli.line.choose"},
	{regexp.MustCompile(`^expected "<(.+?)>.*"$`), "cli.line.missing"},
	{regexp.MustCompile(`^(--\S+): expected (?:a|an) .*int.* but got "(.*?)"`), "cli.line.not_whole"},
	{regexp.MustCompile(`^(--\S+): (?:missing value|expected string value but got)`), "cli.line.no_value"},
}

// WrongLine is the refusal of a command line that cannot be read; message is what its reader said.
func WrongLine(message string) error {
	for _, f := range lineFaults {
		if m := f.said.FindStringSubmatch(message); m != nil {
			args := make([]any, len(m)-1)
			for i, text := range m[1:] {
				args[i] = text
			}
			return process.Wrong("", f.key, args...)
		}
	}
	return process.Wrong("", "cli.line.other", message)
}

// HelpIn puts a help page's own few words into the person's language.
func HelpIn(page string, t *i18n.Text) string {
	page = strings.NewReplacer(
		"\nArguments:\n", "\n"+t.T("cli.page.arguments")+"\n",
		"\nFlags:\n", "\n"+t.T("cli.page.flags")+"\n",
		"\nCommands:\n", "\n"+t.T("cli.page.commands")+"\n",
		`Run "milstolpe <command> --help" for more information on a command.`, t.T("cli.page.more", "milstolpe <command> --help"),
	).Replace("\n" + page)
	return strings.TrimPrefix(strings.Replace(page, "\nUsage:", "\n"+t.T("cli.page.usage"), 1), "\n")
}

// Language is the one that the person wants: by --lang, else by the computer's settings. Norwegian and Danish readers get Swedish.
func Language(args []string, getenv func(string) string) i18n.Lang {
	for i, arg := range args {
		value, given := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, given = args[i+1], true
		}
		if l, ok := i18n.ParseLang(value); given && ok {
			return l
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if setting := getenv(name); setting != "" {
			return ofLocale(setting)
		}
	}
	return ofLocale(computerLocale())
}

// ofLocale reads sv_SE.UTF-8 and sv-SE.
func ofLocale(setting string) i18n.Lang {
	language, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(setting, "-", "_")), "_")
	switch language {
	case "sv", "nb", "nn", "no", "da":
		return i18n.Swedish
	}
	return i18n.English
}
