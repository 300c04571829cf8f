package platform

import (
	"slices"
	"testing"
)

// AddRow adds a function that grants to the table until the test ends.
func AddRow(t *testing.T, name string, grants Held) {
	rows[name] = &row{name: name, grants: grants}
	t.Cleanup(func() { delete(rows, name) })
}

// TestRow checks that a row is all that a function needs which grants: functions are sliced by its name, and going over wx gives it.
func TestRow(t *testing.T) {
	AddRow(t, "startCamera", Camera)
	if calls, _ := interest(); !slices.Contains(calls, "startCamera") {
		t.Error("it is not of interest")
	}
	if !slices.Contains((&Program{}).Keys(nil, nil), "startCamera") {
		t.Error("going over wx does not give it")
	}
}
