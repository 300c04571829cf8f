package oracle

// README.md: what a survey found, as a table with an example of each kind of disagreement.

import (
	"fmt"
	"sort"
	"strings"
)

// kind is a kind of disagreement.
type kind struct {
	class Class
	rule  string
	shown Shown
	cause string
}

func (d Disagreement) kind() kind { return kind{d.Class, d.Rule, d.Shown, d.Cause} }

func (k kind) String() string {
	text := k.rule
	if k.class != Unproven {
		text = strings.TrimSpace(string(k.class) + " " + k.rule)
	}
	if k.shown != "" {
		text += " (" + string(k.shown) + ")"
	}
	if k.cause != "" {
		text += " " + k.cause
	}
	return text
}

// kinds are those that a survey met, with the shortest program of each.
func (s *Survey) kinds(wanted func(kind) bool) (order []kind, shortest map[kind]*Case, count map[kind]int) {
	shortest, count = map[kind]*Case{}, map[kind]int{}
	for _, c := range s.Cases {
		for _, d := range c.Disagreements {
			k := d.kind()
			if !wanted(k) {
				continue
			}
			count[k]++
			if first := shortest[k]; first == nil || size(c.Files) < size(first.Files) {
				shortest[k] = c
			}
		}
	}
	for k := range count {
		order = append(order, k)
	}
	sort.Slice(order, func(i, j int) bool { return order[i].String() < order[j].String() })
	return order, shortest, count
}

// Readme is the result of a survey as Markdown, with the smallest program of each kind.
func (s *Survey) Readme() string {
	n := s.Counts()
	var b strings.Builder
	fmt.Fprintf(&b, "# Executions and the checker\n\nWritten by `go run ./internal/oracle/run -n %d -seed %d -executions %d -readme internal/oracle/README.md`; do not edit. Random programs are executed\n"+
		"on a mock platform (doc.go has the model), and what happened is held against what the checker says of them. testdata/known keeps programs on\n"+
		"which the two differ, testdata/faults the faults that were seeded into the checker and seen.\n\n", s.Count, s.Seed, s.Effort.Executions)
	fmt.Fprintf(&b, "%d programs, seeds %d to %d; %d of them are broken by an execution. %d executions.\n\n", n.Programs, s.Seed, s.Seed+uint64(s.Count)-1, n.Broken, n.Executions)
	b.WriteString("| what became of calls | calls |\n|---|---:|\n")
	fmt.Fprintf(&b, "| proved, and kept by every execution | %d |\n| refuted, and broken by an execution | %d |\n", n.Kept, n.Refuted)
	order, shortest, count := s.kinds(func(kind) bool { return true })
	for _, class := range []Class{FalseComfort, FalseError, Unreached, Simulator, NoSimulator, Crash, Unstable} {
		total := 0
		for _, k := range order {
			if k.class == class {
				total += count[k]
			}
		}
		fmt.Fprintf(&b, "| %s | %d |\n", class, total)
	}
	for _, k := range order {
		if !k.class.Fault() {
			fmt.Fprintf(&b, "| %s | %d |\n", k, count[k])
		}
	}
	b.WriteString("\n## By plan\n\n| plan | programs | broken | with a fault of the checker | unproven, and kept |\n|---|---:|---:|---:|---:|\n")
	for _, row := range s.plans() {
		b.WriteString(row)
	}
	b.WriteString("\n## One of each kind\n\nMade as small as the disagreement allows.\n")
	for _, k := range order {
		if k.class == Undecided {
			continue
		}
		c := shortest[k]
		small := Reduce(c.Files, func(files map[string]string) bool { return s.shows(files, k) })
		fmt.Fprintf(&b, "\n### %s\n\nFrom seed %d.\n", k, c.Seed)
		var names []string
		for name := range small {
			if name != "app.json" && name != "project.config.json" && strings.TrimSpace(small[name]) != "" {
				names = append(names, name)
			}
		}
		sort.Strings(names)
		for _, name := range names {
			fmt.Fprintf(&b, "\n`%s`\n\n```%s\n%s\n```\n", name, strings.TrimPrefix(name[strings.LastIndex(name, "."):], "."), strings.TrimSpace(small[name]))
		}
	}
	return b.String()
}

// plans are the rows of the table by plan.
func (s *Survey) plans() []string {
	type row struct{ programs, broken, faults, unproven int }
	rows := map[string]*row{}
	for _, c := range s.Cases {
		plan := ""
		for _, trait := range c.About {
			if p, ok := strings.CutPrefix(trait, "plan "); ok {
				plan = p
			}
		}
		r := rows[plan]
		if r == nil {
			r = &row{}
			rows[plan] = r
		}
		r.programs++
		for _, call := range c.Program.Calls {
			if call.Broken {
				r.broken++
				break
			}
		}
		if len(c.Faults()) > 0 {
			r.faults++
		}
		for _, d := range c.Disagreements {
			if d.Class == Unproven && d.Shown == Kept {
				r.unproven++
				break
			}
		}
	}
	var names []string
	for name := range rows {
		names = append(names, name)
	}
	sort.Strings(names)
	var out []string
	for _, name := range names {
		r := rows[name]
		out = append(out, fmt.Sprintf("| %s | %d | %d | %d | %d |\n", name, r.programs, r.broken, r.faults, r.unproven))
	}
	return out
}
