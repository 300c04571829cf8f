package core

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/builtin"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/flow/slice"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/flow/verdict"
)

// Table is the table of bounds: the rows of all packages.
func Table(b explore.Bounds, m exec.Most) []value.Limit {
	regions := value.Limit{Name: "regions", Const: "ir.MostRegions", Most: ir.MostRegions, Of: "loops, switches and try statements within each other", Met: value.Opens}
	texts := value.Limit{Name: "texts", Const: "value.MostTexts", Most: value.MostTexts, Of: "texts of a list of which it is not known what is where", Met: value.Widens}
	left := value.Limit{Name: "left-out", Const: "core.mostLeft", Most: mostLeft, Of: "times that a project is followed anew without entry points that are too much", Met: value.Ends}
	return slices.Concat([]value.Limit{regions, texts, left}, b.Rows(), m.Bounds(), builtin.Bounds, slice.Bounds, platform.Bounds, verdict.Bounds)
}

// number says of what a bound left open how much is followed.
func (a *Analysis) number(r *flow.Result) {
	most := map[string]int{}
	for _, row := range Table(a.Explorer.Bounds, a.Explorer.Machine.Most) {
		most[row.Name] = row.Most
	}
	for _, c := range r.Calls {
		c.Before.Most, c.DevTools.Most = most[c.Before.Bound], most[c.DevTools.Bound]
	}
	for n := range r.GaveUp {
		r.GaveUp[n].Most = most[r.GaveUp[n].Bound]
	}
}
