// Command milstolpe is a sales tracker for small teams that runs as one program and keeps everything in one file. It shows what has to
// happen at the buyer before a deal is won, what has happened, and whether the forecast came true.
//
// This file is where everything is put together: it reads the command line, finds out about the computer (clock, chance, language,
// person, folders) and hands over to package command, which knows what each command does, and to package handlers, which has the pages.
// Nothing else in the program asks the computer for any of that.
//
// The commands and their flags are the structs below. Their help is in the catalogues, under cli.help and the name of the command or
// flag, so it speaks the language of the person; main_test.go makes sure that none is missing.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata"

	"github.com/alecthomas/kong"

	"milstolpe/handlers/command"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

// not every computer has the time zones

// version is set when a release is built.
var version string

func main() {
	command.JoinConsole()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, os.Args[1:], computer{os.Stdout, os.Stderr, time.Now, web.OpenBrowser})
	stop()
	os.Exit(code)
}

// computer is what a run uses of it; tests bring their own.
type computer struct {
	out, talk *os.File
	clock     func() time.Time
	browser   web.Opener
}

// commandLine is everything that can be typed.
type commandLine struct {
	File     string `short:"f"`
	Lang     string
	Portable bool

	Run     command.Run  `cmd:"" default:"withargs"`
	Demo    command.Demo `cmd:""`
	New     command.New  `cmd:""`
	Process struct {
		Add    command.AddProcess    `cmd:""`
		Export command.ExportProcess `cmd:""`
	} `cmd:""`
	Import command.Import `cmd:""`
	Export command.Export `cmd:""`
	Report struct {
		Forecast   command.Forecast   `cmd:"" name:"forecast-vs-actual"`
		Standings  command.Standings  `cmd:""`
		Deals      command.Deals      `cmd:""`
		Added      command.ValueAdded `cmd:"" name:"value-added"`
		Timing     command.Timing     `cmd:""`
		Sellers    command.Sellers    `cmd:""`
		Milestones command.Milestones `cmd:""`
	} `cmd:""`
	Check   command.Check   `cmd:""`
	Backup  command.Backup  `cmd:""`
	Merge   command.Merge   `cmd:""`
	Repair  command.Repair  `cmd:""`
	Salvage command.Salvage `cmd:""`
	Version command.Version `cmd:""`
}

// run reads the command line, does what it asks, and says what went wrong. It returns the exit code.
func run(ctx context.Context, args []string, c computer) int {
	text, err := i18n.TextIn(command.Language(args, os.Getenv))
	if err != nil { // without texts there is nothing to explain it with
		_, _ = fmt.Fprintln(c.talk, "milstolpe:", err)
		return command.ExitFailed
	}
	err = work(ctx, args, c, text)
	for _, line := range command.Explain(err, text) {
		_, _ = fmt.Fprintln(c.talk, "milstolpe: "+line)
	}
	return command.ExitCode(err)
}

// work does what the command line asks. A fault of ours in it ends as an error like any other, with what helps to find it.
func work(ctx context.Context, args []string, c computer, text *i18n.Text) (err error) {
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
		return command.WrongLine(wrong.Error())
	}
	if err != nil {
		return err
	}
	lang, ok := i18n.ParseLang(line.Lang)
	if line.Lang != "" && !ok {
		return process.Wrong("lang", "cli.bad_choice", "--lang", line.Lang, "sv, en")
	}
	state, err := command.StateDir(line.Portable)
	if err != nil {
		return err
	}
	program := &command.Program{
		Out: c.out, Talk: c.talk, Progress: command.IsTerminal(c.talk), Clock: c.clock, Entropy: rand.Reader, Text: text, Open: c.browser,
		File: line.File, Lang: lang, StateDir: state, Person: command.Person(state), Computer: command.Computer(), Version: command.VersionOf(version, debug.ReadBuildInfo),
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(program)
}

// newParser gives every command and flag its help in the person's language.
func newParser(line *commandLine, text *i18n.Text, c computer) (*kong.Kong, error) {
	return kong.New(line,
		kong.Name("milstolpe"), kong.Writers(c.out, c.talk), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 110}),
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
	_, err = io.WriteString(out, command.HelpIn(page.String(), text))
	return err
}
