// Package command does what the commands of the command line do. Each command is a struct, named like the command: its fields are what
// can be typed after it (those with the tag arg without a flag), and Run does it. The commands and their flags are
// listed in commandline.go, where Main begins; their help is in the catalogues, under cli.help and the name of the command or flag, so it
// speaks the language of the person, and a test makes sure that none is missing.
//
// A Program has everything that a command may touch: where it writes, what time it is, which language it speaks, and where the private
// folder of this user is. Data goes to Out and nothing else does, so that it can be piped; what the program has to say about its work
// goes to Talk. Run answers with an error that Explain turns into sentences and an exit code.
//
// What reports say is made in handlers/report, for pages and commands alike.
//
// The traps: reading opens the shared file whole and holds on to nothing, so it works beside a running program; writing takes the
// working copy, and is refused while another program has it. A command that wrote has published when it returns; where the shared file was away
// when it began it has recorded in this computer's own copy, as the pages do, and says so. No command overwrites a file that is there.
package command
