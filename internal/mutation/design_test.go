package mutation

// The dimensions of a call page, and which of their combinations are made.

import "math/rand"

// design is one choice in every dimension.
type design struct {
	shell, flow, asking, part, convention, place, host, guard, people, settings, wrap, names, noise, build string
	options, scopes, exits, definition                                                                     string
}

// Dimensions.
var (
	// shells are kinds of pages.
	shells = []string{"page", "page-ts", "component-page", "component", "uni-options", "uni-setup", "taro"}
	// flows are how the tap's handler sequences what it calls.
	flows = []string{"callbacks", "functions", "then", "await", "await-each", "awaiter", "generator", "regenerator"}
	// askings are how both scopes are asked for: one by one, both in one expression of some kind, only where they
	// are not granted, or not at all, when what was granted before is tested.
	askings = []string{"one by one", "all", "map", "reduce", "loop", "index-loop", "settings", "tested"}
	// parts are what of it stands in a function of its own: nothing, one question, both, both and the
	// enabling, the enabling, the joining, everything.
	parts = []string{"none", "ask", "ensure", "prepare", "enable", "join", "all"}
	// conventions are how that function tells its outcome.
	conventions = []string{
		"callback", "node", "promise", "async", "constructor", "boolean", "boolean-then", "boolean-constructor",
		"error-first", "status", "result",
	}
	// places are where it lives.
	places = []string{
		"function", "below", "arrow", "object", "class", "class-static", "prototype", "method", "commonjs", "exports", "esm",
		"esm-default", "esm-reexport", "esm-class", "app", "behavior",
	}
	// hosts are how the platform is named.
	hosts = []string{"wx", "bracket", "destructured", "alias", "global", "promisified", "optional", "bound"}
	// guards are how DevTools is kept out.
	guards = []string{"early", "helper", "constant", "destructured", "positive"}
	// peoples are where the two users are kept.
	peoples = []string{"instance", "data", "module"}
	// settingPlaces are where the button that leads to the settings stands.
	settingPlaces = []string{"beside", "other page"}
	// wraps are what the handler's body is put into without a change of what it does.
	wraps = []string{"none", "block", "if-true", "try-finally", "do-while-false", "for-break", "switch-default", "immediate", "timeout"}
	// namings are the identifiers.
	namings = []string{"plain", "short", "dollar", "chinese"}
	// noises are how much unrelated code stands between.
	noises = []string{"none", "some", "much"}
	// builds are what build tools make of it.
	builds = []string{"none", "es2017", "es2015", "commonjs", "minified", "bundled"}
	// optionForms are how calls' options are written, scopeForms how the scopes' names are.
	optionForms = []string{"literal", "spread", "assign", "quoted"}
	scopeForms  = []string{"literal", "table", "joined", "template"}
	// exitForms are how the handler leaves where it cannot go on: it returns, or the rest stands in a branch.
	exitForms = []string{"early", "nested", "else"}
	// definitions are how the page's members come to what registers it.
	definitions = []string{"literal", "constant", "reversed", "spread", "assign", "factory"}
)

func (d *design) dimensions() []struct {
	value *string
	of    []string
} {
	return []struct {
		value *string
		of    []string
	}{
		{&d.shell, shells}, {&d.flow, flows}, {&d.asking, askings}, {&d.part, parts}, {&d.convention, conventions}, {&d.place, places},
		{&d.host, hosts}, {&d.guard, guards}, {&d.people, peoples}, {&d.settings, settingPlaces}, {&d.wrap, wraps}, {&d.names, namings},
		{&d.noise, noises}, {&d.build, builds}, {&d.options, optionForms}, {&d.scopes, scopeForms}, {&d.exits, exitForms}, {&d.definition, definitions},
	}
}

// simple is the design that others differ from.
func simple() design {
	var d design
	for _, dim := range d.dimensions() {
		*dim.value = dim.of[0]
	}
	d.flow = "await"
	return d
}

// sound changes what does not go together to what does, so that equal programs have equal designs.
func (d design) sound() design {
	if d.part == "ask" {
		d.asking = "one by one"
	}
	if d.part == "none" {
		d.convention, d.place = "promise", "function"
	}
	native := d.shell == "page" || d.shell == "page-ts" || d.shell == "component-page" || d.shell == "component"
	if !native {
		// Frameworks have builds of their own, modules of one kind, and no page methods, apps or behaviors.
		d.build, d.settings = "none", "beside"
		switch d.place {
		case "method", "app", "behavior", "prototype":
			d.place = "function"
		case "commonjs", "exports":
			d.place = "esm"
		}
		if d.host != "wx" {
			d.host = "wx"
		}
		if d.lowered() || d.flow == "functions" {
			d.flow = "await"
		}
		if d.shell == "taro" || d.shell == "uni-setup" {
			d.people = "module"
		} else if d.people == "module" {
			d.people = "instance"
		}
	}
	if d.shell == "component" && d.place == "app" && d.people == "data" {
		d.people = "instance"
	}
	if d.host == "promisified" && (d.callbackStyle() || d.part != "none" && d.callbackInside()) {
		d.host = "wx" // the promisified functions take no callbacks
	}
	if d.es5() || d.flow == "awaiter" {
		d.build = "none"
		switch d.place {
		case "class", "class-static":
			d.place = "prototype"
		case "esm-class":
			d.place = "exports"
		case "esm", "esm-default", "esm-reexport":
			d.place = "commonjs"
		}
	}
	if (d.es5() || d.flow == "awaiter") && (d.asking == "loop" || d.asking == "index-loop") {
		d.asking = "map" // those have async functions
	}
	if d.es5() && d.host == "destructured" {
		d.host = "alias"
	}
	if d.es5() && d.host == "optional" {
		d.host = "wx"
	}
	if d.es5() || d.flow == "awaiter" {
		if d.options == "spread" {
			d.options = "assign"
		}
		if d.definition == "spread" {
			d.definition = "assign"
		}
	}
	if d.es5() && d.scopes == "template" {
		d.scopes = "joined"
	}
	if d.flow != "await" && d.flow != "await-each" && d.flow != "awaiter" {
		d.exits = "early"
	}
	if d.shell == "uni-setup" || d.shell == "taro" {
		d.definition = "literal"
	}
	if d.lowered() && d.guard == "positive" {
		d.guard = "early"
	}
	if d.lowered() && (d.wrap != "timeout") {
		d.wrap = "none"
	}
	return d
}

// lowered tells of async functions that became state machines.
func (d design) lowered() bool { return d.flow == "generator" || d.flow == "regenerator" }

func (d design) es5() bool { return d.lowered() || d.flow == "functions" }

func (d design) callbackStyle() bool { return d.flow == "callbacks" || d.flow == "functions" }

func (d design) callbackInside() bool {
	switch d.convention {
	case "callback", "node", "constructor", "boolean-constructor":
		return true
	}
	return false
}

// style names the dimensions by which results are listed, with the design's choice in each.
func (d design) style() [][2]string {
	out := [][2]string{
		{"page", d.shell}, {"sequence", d.flow}, {"asking", d.asking}, {"own function", d.part}, {"platform named", d.host}, {"guard", d.guard},
		{"users kept", d.people}, {"settings", d.settings}, {"wrapped", d.wrap}, {"identifiers", d.names}, {"unrelated code", d.noise}, {"build", d.build},
		{"options", d.options}, {"scopes' names", d.scopes}, {"leaving", d.exits}, {"members", d.definition},
	}
	if d.part != "none" {
		out = append(out, [2]string{"outcome", d.convention}, [2]string{"place", d.place})
	}
	return out
}

// designs returns designs that cover every pair of choices at least once, and n more, always the same.
func designs(n int) []design {
	random := rand.New(rand.NewSource(1))
	seen := map[design]bool{}
	var out []design
	add := func(d design) {
		if d = d.sound(); !seen[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	type pair struct{ i, a, j, b int }
	choice := func(d *design) []int {
		var at []int
		for _, dim := range d.dimensions() {
			for k, v := range dim.of {
				if v == *dim.value {
					at = append(at, k)
				}
			}
		}
		return at
	}
	covered := map[pair]bool{}
	cover := func(d design) {
		at := choice(&d)
		for i := range at {
			for j := i + 1; j < len(at); j++ {
				covered[pair{i, at[i], j, at[j]}] = true
			}
		}
	}
	// One dimension at a time first: what fails alone is seen alone.
	base := simple()
	add(base)
	cover(base)
	for i := range base.dimensions() {
		for k := range base.dimensions()[i].of {
			d := simple()
			dim := d.dimensions()[i]
			*dim.value = dim.of[k]
			if dim.of[0] == conventions[0] || dim.of[0] == places[0] {
				d.part = "ensure"
			}
			add(d)
			cover(d.sound())
		}
	}
	any := func() design {
		var d design
		for _, dim := range d.dimensions() {
			*dim.value = dim.of[random.Intn(len(dim.of))]
		}
		return d.sound()
	}
	fresh := func(d design) int {
		n := 0
		at := choice(&d)
		for i := range at {
			for j := i + 1; j < len(at); j++ {
				if !covered[pair{i, at[i], j, at[j]}] {
					n++
				}
			}
		}
		return n
	}
	for len(out) < n {
		best, gain := any(), -1
		for range 30 {
			if d := any(); fresh(d) > gain {
				best, gain = d, fresh(d)
			}
		}
		add(best)
		cover(best)
	}
	return out
}
