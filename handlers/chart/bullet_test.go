package chart_test

import (
	"slices"
	"testing"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
)

// A page that is asked for twice is the same to the byte, so its pictures come in one order.
func TestBulletPicturesComeInTheSameOrderEachTime(t *testing.T) {
	text, err := i18n.TextIn(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		var classes []string
		for _, p := range chart.Bullet(text, "b", "title", "desc", "SEK", chart.BulletChart{Won: 100, Forecast: 200}).Pictures {
			classes = append(classes, p.Class)
		}
		if want := []string{"wide", "mid", "narrow"}; !slices.Equal(classes, want) {
			t.Fatalf("the pictures are %v, want %v", classes, want)
		}
	}
}
