package checks

import (
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
)

// TestBoundsAreSaid checks that each row of the table of bounds can be told, and nothing else is.
func TestBoundsAreSaid(t *testing.T) {
	rows := map[string]bool{}
	for _, b := range flow.Bounds() {
		rows[b.Name] = true
		if said := bounds[b.Name]; said.EN == "" || said.ZH == "" {
			t.Errorf("nothing says what the bound %s counts", b.Name)
		}
	}
	for name := range bounds {
		if !rows[name] {
			t.Errorf("there is no bound %s", name)
		}
	}
}
