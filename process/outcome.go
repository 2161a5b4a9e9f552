package process

import (
	"strconv"
	"strings"
	"time"

	"milstolpe/process/money"
)

// Outcome is how a deal ended.
type Outcome string

// The outcomes. NoDecision and Withdrew are ways of losing (model, section 1); an Invalid deal leaves every count.
const (
	Won        Outcome = "won"
	Lost       Outcome = "lost"
	NoDecision Outcome = "no_decision"
	Withdrew   Outcome = "withdrew"
	Void       Outcome = "invalid"
)

// Outcomes lists all of them, in the order in which a form shows them.
var Outcomes = []Outcome{Won, Lost, NoDecision, Withdrew, Void}

// Valid tells whether o is one of the outcomes.
func (o Outcome) Valid() bool { return o == Won || o == Void || o.IsLoss() }

// IsLoss tells whether o counts as lost.
func (o Outcome) IsLoss() bool { return o == Lost || o == NoDecision || o == Withdrew }

// SaidBy tells whose words the reason of a close is in.
type SaidBy string

// Who said it. Empty means that it is not known.
const (
	SaidByCustomer SaidBy = "customer"
	SaidByUs       SaidBy = "us"
)

// Layer is whose own number a call is; layers are ordered.
type Layer string

// The layers, from the lowest up.
const (
	SellerLayer   Layer = "seller"
	ManagerLayer  Layer = "manager"
	DirectorLayer Layer = "director"
)

// Layers lists them from the lowest up.
var Layers = []Layer{SellerLayer, ManagerLayer, DirectorLayer}

// Setting names one of the team's settings.
type Setting string

// The settings, each with the form of its value.
const (
	CompanySetting     Setting = "company"           // text
	CurrencySetting    Setting = "currency"          // ISO 4217 code: the reporting currency
	TimeZoneSetting    Setting = "time_zone"         // IANA name
	CalibrationSetting Setting = "calibration"       // week, month or quarter
	WinsOfTenSetting   Setting = "wins_of_ten"       // 0.5 to 9.5; empty: "don't know"
	FiscalYearSetting  Setting = "fiscal_year_start" // month, 1 to 12
)

// Settings lists them in the order of the form.
var Settings = []Setting{CompanySetting, CurrencySetting, TimeZoneSetting, CalibrationSetting, WinsOfTenSetting, FiscalYearSetting}

// DefaultWinsOfTen is the starting value of a team that answers "don't know" (model, section 6).
const DefaultWinsOfTen = 2.5

// Check refuses a value that the setting cannot have.
func (s Setting) Check(value string) error {
	switch s {
	case CompanySetting:
		return CheckText(string(s), value, 1, MaxName)
	case CurrencySetting:
		if !money.ValidCurrency(value) {
			return Wrong(string(s), "setting.bad_currency", value)
		}
	case TimeZoneSetting:
		if _, err := time.LoadLocation(value); err != nil || value == "" || value == "Local" {
			return Wrong(string(s), "setting.bad_time_zone", value)
		}
	case CalibrationSetting:
		if k, err := ParsePeriodKind(value); err != nil || k == Year {
			return Wrong(string(s), "setting.bad_calibration", value)
		}
	case WinsOfTenSetting:
		a, err := strconv.ParseFloat(value, 64)
		if value != "" && (err != nil || !(a >= 0.5 && a <= 9.5)) {
			return Wrong(string(s), "setting.bad_wins_of_ten", value)
		}
	case FiscalYearSetting:
		if m, err := strconv.Atoi(value); err != nil || m < 1 || m > 12 {
			return Wrong(string(s), "setting.bad_fiscal_year", value)
		}
	default:
		return Wrong("setting", "setting.unknown", string(s))
	}
	return nil
}

// Longest texts that can be recorded, in characters.
const (
	MaxName = 200
	MaxText = 10_000
)

// CheckText refuses a text shorter than least or longer than most, in characters without the blanks around it.
func CheckText(field, text string, least, most int) error {
	n := len([]rune(strings.TrimSpace(text)))
	if n < least {
		return Wrong(field, "form.required")
	}
	if n > most {
		return Wrong(field, "form.too_long", most)
	}
	return nil
}
