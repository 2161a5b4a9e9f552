package db_test

import (
	"testing"
	"time"

	"milstolpe/db"
)

func TestPublishingWaitsInProportion(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ took, wait, want time.Duration }{
		{0, 2 * time.Second, 2 * time.Second}, // nothing was published yet
		{50 * time.Millisecond, 2 * time.Second, 2 * time.Second},
		{800 * time.Millisecond, 2 * time.Second, 8 * time.Second},
		{10 * time.Second, 2 * time.Second, time.Minute},
		{10 * time.Second, 2 * time.Minute, 2 * time.Minute}, // what the options ask for is the least
	} {
		if got := db.WaitAfter(tc.took, tc.wait); got != tc.want {
			t.Errorf("after a publication of %v the next one waits %v, want %v", tc.took, got, tc.want)
		}
	}
}
