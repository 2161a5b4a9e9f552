package command

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/shell"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

// Environment is what a run of the program uses of the computer; tests bring their own.
type Environment struct {
	Out, Talk *os.File         // data, and what the program has to say about its work
	Clock     func() time.Time // the time now
	Entropy   io.Reader        // random bytes, of which identities and tokens are made
	Browser   web.Opener       // opens an address
	Window    web.Opener       // opens an address in a window of its own
	Version   string           // empty unless a release was built
}

// commandLine is everything that can be typed.
type commandLine struct {
	File     string `short:"f"`
	Lang     string
	Portable bool

	Run     Run  `cmd:"" default:"withargs"`
	Demo    Demo `cmd:""`
	New     New  `cmd:""`
	Process struct {
		Add    AddProcess    `cmd:""`
		Export ExportProcess `cmd:""`
	} `cmd:""`
	Deal   shell.Commands `cmd:""`
	People shell.People   `cmd:""`
	Import Import         `cmd:""`
	Export Export         `cmd:""`
	Report struct {
		Forecast   Forecast   `cmd:"" name:"forecast-vs-actual"`
		Standings  Standings  `cmd:""`
		Deals      Deals      `cmd:""`
		Added      ValueAdded `cmd:"" name:"value-added"`
		Timing     Timing     `cmd:""`
		Sellers    Sellers    `cmd:""`
		Milestones Milestones `cmd:""`
		Roles      Roles      `cmd:""`
		Contact    Contact    `cmd:""`
	} `cmd:""`
	Calendar Calendar `cmd:""`
	Check    Check    `cmd:""`
	Backup   Backup   `cmd:""`
	Merge    Merge    `cmd:""`
	Repair   Repair   `cmd:""`
	Salvage  Salvage  `cmd:""`
	Server   struct {
		SQL    ServerSQL    `cmd:"" name:"sql"`
		Move   ServerMove   `cmd:""`
		Status ServerStatus `cmd:""`
	} `cmd:""`
	Version Version `cmd:""`
}

// Main reads the command line, does what it asks, and says what went wrong. It returns the exit code.
func Main(ctx context.Context, args []string, c Environment) int {
	text, err := i18n.TextIn(Language(args, os.Getenv))
	if err != nil { // without texts there is nothing to explain it with
		_, _ = fmt.Fprintln(c.Talk, "milstolpe:", err)
		return ExitFailed
	}
	err = work(ctx, args, c, text)
	for _, line := range Explain(err, text) {
		_, _ = fmt.Fprintln(c.Talk, "milstolpe: "+line)
	}
	return ExitCode(err)
}

// work does what the command line asks. A fault of ours in it ends as an error like any other, with what helps to find it.
func work(ctx context.Context, args []string, c Environment, text *i18n.Text) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%v\n%s", fault, debug.Stack())
		}
	}()
	var line commandLine
	parser, err := newParser(&line, text, c)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	var wrong *kong.ParseError
	if errors.As(err, &wrong) {
		return WrongLine(wrong.Error())
	}
	if err != nil {
		return err
	}
	lang, ok := i18n.ParseLang(line.Lang)
	if line.Lang != "" && !ok {
		return process.Wrong("lang", "cli.bad_choice", "--lang", line.Lang, "sv, en")
	}
	state, err := StateDir(line.Portable)
	if err != nil {
		return err
	}
	program := &Program{
		Out: c.Out, Stderr: c.Talk, Progress: IsTerminal(c.Talk), Clock: c.Clock, Entropy: c.Entropy, Text: text, Open: c.Browser, Window: c.Window,
		File: line.File, Lang: lang, StateDir: state, Person: Person(state), Computer: Computer(), Version: VersionOf(c.Version, debug.ReadBuildInfo),
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	parsed.Bind(program.door())
	return parsed.Run(program)
}

// newParser gives every command and flag its help in the person's language.
func newParser(line *commandLine, text *i18n.Text, c Environment) (*kong.Kong, error) {
	return kong.New(line,
		kong.Name("milstolpe"), kong.Writers(c.Out, c.Talk), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 110}),
		kong.Help(func(options kong.HelpOptions, ctx *kong.Context) error { return help(options, ctx, text) }),
		kong.PostBuild(func(k *kong.Kong) error {
			k.Model.Help = text.T("cli.help.milstolpe")
			return describe(k.Model.Node, text)
		}),
	)
}

// describe looks up the help of everything below a node. None may be missing.
func describe(n *kong.Node, text *i18n.Text) error {
	for _, f := range n.Flags {
		f.Help = text.T("cli.flag." + f.Name)
		if own := "cli.flag." + strings.ReplaceAll(n.Path(), " ", ".") + "." + f.Name; text.Has(own) { // it means something else here
			f.Help = text.T(own)
			if key := own + ".value"; text.Has(key) {
				f.PlaceHolder = text.T(key)
			}
			continue
		}
		if key := "cli.value." + f.Name; text.Has(key) {
			f.PlaceHolder = text.T(key)
		}
		if !text.Has("cli.flag." + f.Name) {
			return fmt.Errorf("flag --%s of %s is not explained in %s", f.Name, n.Path(), text.Lang)
		}
	}
	for _, a := range n.Positional {
		if a.Help = text.T("cli.arg." + a.Name); !text.Has("cli.arg." + a.Name) {
			return fmt.Errorf("argument %s of %s is not explained in %s", a.Name, n.Path(), text.Lang)
		}
	}
	for _, c := range n.Children {
		key := "cli.help." + strings.ReplaceAll(c.Path(), " ", ".")
		if c.Help = text.T(key); !text.Has(key) {
			return fmt.Errorf("command %s is not explained in %s", c.Path(), text.Lang)
		}
		if err := describe(c, text); err != nil {
			return err
		}
	}
	return nil
}

// help prints what kong prints, with its own few words in the person's language.
func help(options kong.HelpOptions, ctx *kong.Context, text *i18n.Text) error {
	var page bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &page
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, HelpIn(page.String(), text))
	return err
}

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
