package spelling

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	names := []string{"error", "warning", "info", "off", "authorize-before-enable"}
	for word, want := range map[string]string{
		"warn": "warning", "eror": "error", "ERROR": "error", "ofd": "off",
		"authorise-before-enabel": "authorize-before-enable",
		"colour":                  "", "": "", "x": "", strings.Repeat("a", 1<<20): "",
	} {
		if got := Nearest(word, names); got != want {
			t.Errorf("%.30q: got %q, want %q", word, got, want)
		}
	}
}
