package mutation

// The table of results, by rule and by style, as README.md has it.

import (
	"fmt"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
)

// cell counts results. Of broken programs: exact is the one finding that was wanted, found that its rule fired
// (another reason or place, or something beside it, included). Of correct ones, exact is silence.
type cell struct{ programs, exact, found int }

func (c *cell) add(r result) {
	c.programs++
	if r.verdict == exact {
		c.exact++
	}
	switch r.verdict {
	case exact, wrongReason, wrongPlace, extra:
		c.found++
	}
}

func (c cell) share(n int) string {
	if c.programs == 0 {
		return "–"
	}
	if n == c.programs {
		return "100 %"
	}
	tenths := n * 1000 / c.programs // never rounded up: what is not all is not 100 %
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10)
}

// wanted names what a fault has to give.
func wanted(r result) string {
	w := r.wants[0]
	if len(w.reasons) == 0 {
		return w.rule
	}
	return w.rule + "/" + strings.Join(w.reasons, " or ")
}

// table writes what became of all programs.
func table(results []result) string {
	type style struct{ correct, broken cell }
	rules, faults, styles := map[string]*cell{}, map[string]*cell{}, map[[2]string]*style{}
	var all style
	kinds := map[verdict]int{}
	for _, r := range results {
		kinds[r.verdict]++
		if r.wants == nil {
			all.correct.add(r)
		} else {
			all.broken.add(r)
			for key, cells := range map[string]map[string]*cell{wanted(r): rules, strings.TrimSuffix(r.fault, ", in a function of its own"): faults} {
				if cells[key] == nil {
					cells[key] = &cell{}
				}
				cells[key].add(r)
			}
		}
		for _, s := range r.design.style() {
			if styles[s] == nil {
				styles[s] = &style{}
			}
			if r.wants == nil {
				styles[s].correct.add(r)
			} else {
				styles[s].broken.add(r)
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d programs: %d correct ones, of which %d are silent (%s), and %d with one fault, of which %d give exactly its finding (%s) and %d a finding of its rule (%s).\n\n",
		len(results), all.correct.programs, all.correct.exact, all.correct.share(all.correct.exact),
		all.broken.programs, all.broken.exact, all.broken.share(all.broken.exact), all.broken.found, all.broken.share(all.broken.found))
	b.WriteString("| what became of a program | programs |\n|---|---:|\n")
	for v := exact; v <= alarm; v++ {
		fmt.Fprintf(&b, "| %s | %d |\n", v, kinds[v])
	}
	b.WriteString(left(results))
	section := func(title string, cells map[string]*cell) {
		fmt.Fprintf(&b, "\n## %s\n\n| | programs | exact | found |\n|---|---:|---:|---:|\n", title)
		var keys []string
		for k := range cells {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			c := cells[k]
			fmt.Fprintf(&b, "| %s | %d | %s | %s |\n", k, c.programs, c.share(c.exact), c.share(c.found))
		}
	}
	section("By finding", rules)
	b.WriteString("\n## By style\n\n| | | correct | silent | broken | exact | found |\n|---|---|---:|---:|---:|---:|---:|\n")
	seen := map[[2]string]bool{}
	for _, s := range styleOrder() {
		c := styles[s]
		if c == nil || seen[s] {
			continue
		}
		seen[s] = true
		fmt.Fprintf(&b, "| %s | %s | %d | %s | %d | %s | %s |\n", s[0], s[1], c.correct.programs, c.correct.share(c.correct.exact),
			c.broken.programs, c.broken.share(c.broken.exact), c.broken.share(c.broken.found))
	}
	section("By fault", faults)
	return b.String()
}

// mostLeft is how many programs are listed one by one that are not as wanted.
const mostLeft = 40

// leftLine names a program that is not as wanted: by its fault, and by how its design differs from the simplest.
func leftLine(r result) string {
	var differs []string
	base := simple()
	for i, dim := range base.dimensions() {
		if v := *r.design.dimensions()[i].value; v != *dim.value {
			differs = append(differs, v)
		}
	}
	name := r.fault
	if name == "" {
		name = "correct"
	}
	return fmt.Sprintf("- %s: %s (%s)\n", r.verdict, name, strings.Join(differs, ", "))
}

// left lists what is not as wanted, and what is not tried.
func left(results []result) string {
	var lines []string
	for _, r := range results {
		if r.verdict == exact {
			continue
		}
		lines = append(lines, leftLine(r))
	}
	var b strings.Builder
	b.WriteString("\n## Left\n\n")
	switch n := len(lines); {
	case n == 0:
		b.WriteString("Every program is as wanted.\n")
	case n > mostLeft:
		b.WriteString(strings.Join(lines[:mostLeft], "") + fmt.Sprintf("- and %d more\n", n-mostLeft))
	default:
		b.WriteString(strings.Join(lines, ""))
	}
	b.WriteString("\nNot tried are programs of mpx and wepy, those with two faults, and these rules:\n\n")
	for _, rule := range checks.Rules() {
		if why := unmade[rule.ID]; why != "" {
			fmt.Fprintf(&b, "- `%s`: %s\n", rule.ID, why)
		}
	}
	return b.String()
}

// styleOrder lists all styles as the dimensions do.
func styleOrder() [][2]string {
	var out [][2]string
	names := []string{"page", "sequence", "asking", "own function", "outcome", "place", "platform named", "guard", "users kept", "settings", "wrapped", "identifiers", "unrelated code", "build", "options", "scopes' names", "leaving", "members"}
	d := simple()
	for i, dim := range d.dimensions() {
		for _, v := range dim.of {
			out = append(out, [2]string{names[i], v})
		}
	}
	return out
}
