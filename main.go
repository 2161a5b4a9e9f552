// Command milstolpe is a sales tracker for small teams that runs as one program and keeps everything in one file. It shows what has to
// happen at the buyer before a deal is won, what has happened, and whether the forecast came true.
//
// This file hands the computer (arguments, clock, entropy, output, browser) over to package command, which reads the command line. Nothing
// else in the program asks the computer for any of that. The pages are in the packages below handlers, the file is in db, and what follows
// from the facts is in process.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // not every computer has the time zones

	"milstolpe/handlers/command"
	"milstolpe/handlers/web"
)

// version is set when a release is built.
var version string

func main() {
	command.JoinConsole()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := command.Main(ctx, os.Args[1:], command.Environment{
		Out: os.Stdout, Talk: os.Stderr, Clock: time.Now, Entropy: rand.Reader, Browser: web.OpenBrowser, Window: web.OpenWindow, Version: version,
	})
	stop()
	os.Exit(code)
}
