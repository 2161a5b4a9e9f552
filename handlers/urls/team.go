package urls

// ExportPath is where the file is exported.
const ExportPath = "/export"

// FilePath is the page about the file.
const FilePath = "/file"

// SettlePath is where conflicts are resolved.
const SettlePath = FilePath + "/settle"

// ImportPath is where a list is imported.
const ImportPath = "/import"

// RatesPath is where a currency is given a rate.
const RatesPath = "/settings#rates"

// PeoplePath is where the team's people are named, and WhoPath where somebody says who of them they are.
const (
	PeoplePath = "/settings/people"
	WhoPath    = "/settings/who"
)

// KeysPath is where keys are made with which other programs read reports.
const KeysPath = "/keys"

// MeetingPath is the page for the sales meeting.
const MeetingPath = "/meeting"

// WelcomePath is the first page of somebody who has no file open.
const WelcomePath = "/welcome"

// The way in for somebody who has no file open: try the example company, write down a process of one's own, or open a colleague's file.
const (
	WelcomeNewPath     = "/welcome/new"
	WelcomeOpenPath    = "/welcome/open"
	WelcomeMissedPath  = "/welcome/missed"
	WelcomeExamplePath = "/welcome/example"
)
