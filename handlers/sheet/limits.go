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
	maxKept     = 400 << 20 // bytes of memory for all the cells of a file, whatever they are made of
	cellSize    = 24        // bytes of a cell without its text
)

// memory counts what the cells of a file take, whoever names them and however often.
type memory struct{ taken int64 }

func (m *memory) take(cells, text int) error {
	if m.taken += int64(cells)*cellSize + int64(text); m.taken > maxKept {
		return wrong("sheet.too_much", maxKept>>20)
	}
	return nil
}

// wrong refuses a file with a sentence.
func wrong(msg string, args ...any) error {
	return &process.Error{Kind: process.Invalid, Msg: msg, Args: args}
}

func unreadable(err error) error {
	return &process.Error{Kind: process.Invalid, Msg: "sheet.damaged", Err: err}
}
