package help

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"

	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

const helpPath = "/help"

// helpTopics are the pages of help, in the order of the list. Their texts are numbered in the catalogues: help.numbers.title, then
// help.numbers.h1 and help.numbers.p1, and so on.
var helpTopics = []string{"week", "daily", "numbers", "process", "customer", "sharing", serverTopic, "security", "importing", programsTopic, "start", "keys", "words"}

// Routes registers the help pages and the style guide.
func Routes(r *web.Router) {
	helpRoutes(r)
	styleRoutes(r)
}

func helpRoutes(r *web.Router) {
	r.GetAlways(helpPath, showHelp)
	r.GetAlways(helpPath+"/:topic", showHelpTopic)
	r.GetAlways(helpPath+"/licences", showLicences)
	r.GetAlways(helpPath+"/log", showProgramLog)
	r.Template("help", helpPage{})
	r.Template("help_topic", helpTopicPage{})
	r.Template("help_lines", helpLinesPage{})
}

type helpPage struct {
	web.Page
	Topics  []helpLink
	Version string
}

type helpLink struct{ Href, Title, About string }

func showHelp(v *web.Request) error {
	page := helpPage{Page: v.Page(urls.NoSection, v.T("help.title")), Version: v.Server.Config.Version}
	for _, topic := range helpTopics {
		page.Topics = append(page.Topics, helpLink{helpPath + "/" + topic, v.T("help." + topic + ".title"), v.T("help." + topic + ".about")})
	}
	return v.Render("help", page)
}

type helpTopicPage struct {
	web.Page
	Parts []helpPart
	Short bool // words with a line each, as in a list
}

type helpPart struct {
	Heading, Text string
	Commands      []string // to be typed, for whoever runs a server
}

func showHelpTopic(v *web.Request) error {
	topic := v.Param("topic")
	if !slices.Contains(helpTopics, topic) {
		return process.Missing("help.no_such")
	}
	page := helpTopicPage{Page: v.Page(urls.NoSection, v.T("help."+topic+".title")), Short: slices.Contains([]string{"words", "keys"}, topic)}
	for n := 1; ; n++ {
		key := "help." + topic + "."
		number := strconv.Itoa(n)
		if !v.Text.Has(key + "p" + number) {
			break
		}
		page.Parts = append(page.Parts, helpPart{v.T(key + "h" + number), v.T(key + "p" + number), commands[topic][n]})
	}
	return v.Render("help_topic", page)
}

// helpLinesPage shows something that is not written by us: licences, or the program log.
type helpLinesPage struct {
	web.Page
	Lead  string
	Lines []string
}

// showLicences lists what the program is made with, from what the compiler has noted in it.
func showLicences(v *web.Request) error {
	page := helpLinesPage{Page: v.Page(urls.NoSection, v.T("help.licences")), Lead: v.T("help.licences_lead")}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			page.Lines = append(page.Lines, m.Path+" "+m.Version)
		}
	}
	page.Lines = append(page.Lines, "htmx 4.0.1")
	return v.Render("help_lines", page)
}

// tailOfLog is how much of the program log is shown.
const tailOfLog = 32 << 10

// showProgramLog shows the end of the program log, for whoever helps when something went wrong.
func showProgramLog(v *web.Request) error {
	page := helpLinesPage{Page: v.Page(urls.NoSection, v.T("help.log")), Lead: v.T("help.log_lead")}
	f, err := os.Open(filepath.Join(v.Server.Config.StateDir, "milstolpe.log"))
	if err != nil {
		page.Lead = v.T("help.log_none")
		return v.Render("help_lines", page)
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.Size() > tailOfLog {
		_, _ = f.Seek(-tailOfLog, io.SeekEnd)
	}
	text, err := io.ReadAll(io.LimitReader(f, tailOfLog))
	if err != nil {
		page.Lead = v.T("help.log_none")
	}
	for _, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
		page.Lines = append(page.Lines, string(line))
	}
	slices.Reverse(page.Lines)
	return v.Render("help_lines", page)
}
