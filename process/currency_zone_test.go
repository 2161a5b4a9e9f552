package process_test

import (
	"testing"
	"time"

	"milstolpe/process"
)

func TestACurrencyOfOneZoneBringsItAlong(t *testing.T) {
	for currency, want := range map[string]string{"SEK": "Europe/Stockholm", "GBP": "Europe/London", "NOK": "Europe/Oslo"} {
		zone, known := process.ZoneOf(currency)
		if _, err := time.LoadLocation(zone); !known || zone != want || err != nil {
			t.Errorf("%s is counted in %q, %v; want %s", currency, zone, err, want)
		}
	}
	for _, currency := range []string{"EUR", "USD", "", "XAU"} {
		if zone, known := process.ZoneOf(currency); known {
			t.Errorf("%q is counted in many zones, and got %s", currency, zone)
		}
	}
}
