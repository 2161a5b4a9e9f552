package command

import (
	"os"

	"golang.org/x/sys/windows"
)

// computerLocale is the person's language where the environment does not tell.
func computerLocale() string {
	names, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(names) == 0 {
		return ""
	}
	return names[0]
}

// JoinConsole lets the program write to the console that it was started from. It is built as a program without console, so that none
// opens when somebody starts it from its icon; for the command line it takes the one of its parent. What is redirected stays so.
func JoinConsole() {
	if goesSomewhere(os.Stdout) && goesSomewhere(os.Stderr) {
		return
	}
	attach := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")
	const parent = 0xFFFFFFFF
	if attached, _, _ := attach.Call(parent); attached == 0 {
		return
	}
	console, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		return
	}
	if !goesSomewhere(os.Stdout) {
		os.Stdout = console
	}
	if !goesSomewhere(os.Stderr) {
		os.Stderr = console
	}
}

func goesSomewhere(f *os.File) bool {
	kind, err := windows.GetFileType(windows.Handle(f.Fd()))
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}
