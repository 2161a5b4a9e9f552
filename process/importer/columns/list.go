package columns

// Cell is one cell of a list. Exact tells that it comes from a sheet that knows numbers and days: Text is then 1250000.5 or
// 2026-11-23, whatever the mapping says about decimals and date order.
type Cell struct {
	Text  string
	Exact bool
}

// ListRow is one row of a list. Number is the row as the sheet counts it, the first one being 1.
type ListRow struct {
	Number int
	Cells  []Cell
}

// List is a list as somebody has it: names of columns, and rows under them.
type List struct {
	Headers []string // each once; a second column of the same name was given another one
	Rows    []ListRow
}
