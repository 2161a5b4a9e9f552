package sheet

import "milstolpe/process"

// What a list may be. The limits keep a mistaken or a hostile file from taking the computer's memory.
const (
	MaxBytes   = 100 << 20 // of the file
	MaxRows    = 200_000
	MaxColumns = 1000
	maxRow     = 1 << 20 // bytes of one row of CSV
	maxCells   = 1 << 14 // in one row of CSV, counting the empty ones at its end; a spreadsheet has no more

	maxUnzipped = 400 << 20 // of everything in a workbook
	maxRatio    = 200       // how much smaller a workbook may be than what is in it
	maxParts    = 10_000    // files in a workbook
	maxTexts    = 2_000_000 // different texts in a workbook
	maxPiece    = 1 << 20   // bytes of one text or tag in a workbook, whose cells hold 32,767 characters
)

// wrong refuses a file with a sentence.
func wrong(msg string, args ...any) error {
	return &process.Error{Kind: process.Invalid, Msg: msg, Args: args}
}

func unreadable(err error) error {
	return &process.Error{Kind: process.Invalid, Msg: "sheet.damaged", Err: err}
}
