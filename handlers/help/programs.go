package help

// programsTopic is the page about other programs and spreadsheets.
const programsTopic = "programs"

// ProgramCommands are what is typed in a shell and in Excel, by the number of the part that they stand under. The address, and KEY, are for
// the reader to replace. A test sends what curl sends.
var ProgramCommands = map[int][]string{
	2: {
		`curl --fail-with-body --silent --show-error --header @milstolpe.key http://127.0.0.1:8111/api/deals`,
		`curl --fail-with-body --silent --show-error --header @milstolpe.key 'http://127.0.0.1:8111/api/outcome?period=month&by=seller'`,
	},
	3: {
		`let`,
		`  Answer = Json.Document(Web.Contents("http://127.0.0.1:8111/api/deals", [Headers = [Authorization = "Bearer KEY"]])),`,
		`  Deals = Table.FromRecords(Answer[deals])`,
		`in`,
		`  Deals`,
	},
}

// commands are those of the topics that have any.
var commands = map[string]map[int][]string{serverTopic: ServerCommands, programsTopic: ProgramCommands}
