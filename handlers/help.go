package handlers

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"

	"milstolpe/process"
)

const helpPath = "/help"

// helpTopics are the pages of help, in the order of the list. Their texts are numbered in the catalogues: help.numbers.title, then
// help.numbers.h1 and help.numbers.p1, and so on.
var helpTopics = []string{"numbers", "process", "sharing", "importing", "start", "keys", "words"}

func helpRoutes(r *routes) {
	r.getAlways(helpPath, showHelp)
	r.getAlways(helpPath+"/:topic", showHelpTopic)
	r.getAlways(helpPath+"/licences", showLicences)
	r.getAlways(helpPath+"/log", showProgramLog)
	r.template("help", helpPage{})
	r.template("help_topic", helpTopicPage{})
	r.template("help_lines", helpLinesPage{})
}

type helpPage struct {
	Page
	Topics  []helpLink
	Version string
}

type helpLink struct{ Href, Title, About string }

func showHelp(v *visit) error {
	page := helpPage{Page: v.page(NoSection, v.t("help.title")), Version: v.server.config.Version}
	for _, topic := range helpTopics {
		page.Topics = append(page.Topics, helpLink{helpPath + "/" + topic, v.t("help." + topic + ".title"), v.t("help." + topic + ".about")})
	}
	return v.show("help", page)
}

type helpTopicPage struct {
	Page
	Parts []helpPart
	Short bool // words with a line each, as in a list
}

type helpPart struct{ Heading, Text string }

func showHelpTopic(v *visit) error {
	topic := v.Param("topic")
	if !slices.Contains(helpTopics, topic) {
		return process.Missing("help.no_such")
	}
	page := helpTopicPage{Page: v.page(NoSection, v.t("help."+topic+".title")), Short: slices.Contains([]string{"words", "keys"}, topic)}
	for n := 1; ; n++ {
		key := "help." + topic + "."
		number := strconv.Itoa(n)
		if !v.text.Has(key + "p" + number) {
			break
		}
		page.Parts = append(page.Parts, helpPart{v.t(key + "h" + number), v.t(key + "p" + number)})
	}
	return v.show("help_topic", page)
}

// helpLinesPage shows something that is not written by us: licences, or the program log.
type helpLinesPage struct {
	Page
	Lead  string
	Lines []string
}

// showLicences lists what the program is made with, from what the compiler has noted in it.
func showLicences(v *visit) error {
	page := helpLinesPage{Page: v.page(NoSection, v.t("help.licences")), Lead: v.t("help.licences_lead")}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			page.Lines = append(page.Lines, m.Path+" "+m.Version)
		}
	}
	page.Lines = append(page.Lines, "htmx 4.0.1")
	return v.show("help_lines", page)
}

// tailOfLog is how much of the program log is shown.
const tailOfLog = 32 << 10

// showProgramLog shows the end of the program log, for whoever helps when something went wrong.
func showProgramLog(v *visit) error {
	page := helpLinesPage{Page: v.page(NoSection, v.t("help.log")), Lead: v.t("help.log_lead")}
	f, err := os.Open(filepath.Join(v.server.config.StateDir, "milstolpe.log"))
	if err != nil {
		page.Lead = v.t("help.log_none")
		return v.show("help_lines", page)
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.Size() > tailOfLog {
		_, _ = f.Seek(-tailOfLog, io.SeekEnd)
	}
	text, err := io.ReadAll(io.LimitReader(f, tailOfLog))
	if err != nil {
		page.Lead = v.t("help.log_none")
	}
	for _, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
		page.Lines = append(page.Lines, string(line))
	}
	slices.Reverse(page.Lines)
	return v.show("help_lines", page)
}
