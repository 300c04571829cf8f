package generate

import (
	"maps"
	"testing"
)

// TestProgram holds programs to being the same every time, and to covering what they are meant to.
func TestProgram(t *testing.T) {
	wanted := []string{"plan tap", "plan load", "plan gate", "plan launch", "plan pages", "plan component", "plan queue", "plan resolver",
		"plan shared", "plan retry", "plan switch", "plan events", "typescript", "style await", "style then", "style callbacks", "switches off"}
	for _, kind := range []string{"data", "module", "global", "storage", "closure", "class", "object", "field"} {
		wanted = append(wanted, "flag in "+kind)
	}
	seen := map[string]int{}
	right, wrong := 0, 0
	for seed := uint64(1); seed <= 400; seed++ {
		p := Program(seed)
		if again := Program(seed); !maps.Equal(p.Files, again.Files) {
			t.Fatalf("program %d is another one the second time", seed)
		}
		for _, trait := range p.About {
			seen[trait]++
		}
		if len(p.Slips) == 0 {
			right++
		} else {
			wrong++
		}
	}
	for _, trait := range wanted {
		if seen[trait] == 0 {
			t.Errorf("no program of 400 has %q", trait)
		}
	}
	if right < 100 || wrong < 100 {
		t.Errorf("%d programs without a mistake, %d with one", right, wrong)
	}
}
