package oracle

// Many random programs at once, and what became of them.

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/oracle/generate"
)

// Request asks for a survey.
type Request struct {
	Seed    uint64 // of the first program; the others follow
	Count   int
	Seeds   []uint64 // if there are any, those of the programs
	Workers int
	Effort  Effort
	// Stop ends the survey before its time: it is then one of fewer programs.
	Stop <-chan os.Signal
}

// Case is one program of a survey.
type Case struct {
	*generate.Made
	*Comparison
	// Err tells why it could not be executed: a mistake of the generator.
	Err error
}

// Survey is what became of many programs.
type Survey struct {
	Request
	Cases []*Case
}

// Random makes programs and compares each. The result does not depend on the number of workers.
func Random(r Request) (*Survey, error) {
	if len(r.Seeds) > 0 {
		r.Seed, r.Count = r.Seeds[0], len(r.Seeds)
	}
	s := &Survey{Request: r, Cases: make([]*Case, r.Count)}
	next := make(chan int)
	var group sync.WaitGroup
	for range max(r.Workers, 1) {
		group.Go(func() {
			for i := range next {
				seed := r.Seed + uint64(i)
				if len(r.Seeds) > 0 {
					seed = r.Seeds[i]
				}
				made := generate.Program(seed)
				effort := r.Effort
				if effort.Twice > 1 && i%effort.Twice == 0 {
					effort.Twice = 1
				}
				c, err := Compare(made.Files, effort)
				s.Cases[i] = &Case{made, c, err}
			}
		})
	}
feed:
	for i := range r.Count {
		select {
		case next <- i:
		case <-r.Stop:
			s.Count, s.Cases = i, s.Cases[:i]
			break feed
		}
	}
	close(next)
	group.Wait()
	for _, c := range s.Cases {
		if c.Err != nil {
			return s, fmt.Errorf("program %d cannot be executed: %w", c.Seed, c.Err)
		}
	}
	return s, nil
}

// Counts are the programs, calls and executions of a survey.
type Counts struct {
	Programs, Broken, Executions int
	Exhausted                    int
	Kept, Refuted                int // calls on which both agree
	By                           map[string]int
	// Unproven are the programs with a call that is unproven. Took is how long their checks took, Slowest the longest of them, of seed Worst;
	// zero where the checker does not tell.
	Unproven      int
	Took, Slowest time.Duration
	Worst         uint64
}

// Counts adds up.
func (s *Survey) Counts() Counts {
	n := Counts{By: map[string]int{}}
	for _, c := range s.Cases {
		n.Programs++
		n.Executions += c.Executions
		n.Kept += c.Kept
		n.Refuted += c.Comparison.Broken
		n.Took += c.Verdict.Took
		if c.Verdict.Took > n.Slowest {
			n.Slowest, n.Worst = c.Verdict.Took, c.Seed
		}
		if slices.ContainsFunc(c.Disagreements, func(d Disagreement) bool { return d.Class == Unproven }) {
			n.Unproven++
		}
		broken := false
		for _, call := range c.Program.Calls {
			broken = broken || call.Broken
		}
		if broken {
			n.Broken++
		}
		if c.Program.Exhausted {
			n.Exhausted++
		}
		for _, d := range c.Disagreements {
			n.By[d.kind().String()]++
		}
		if len(c.Program.Faults) > 0 {
			n.By["mistakes of the language"]++
		}
	}
	return n
}

// Table is the result as text.
func (s *Survey) Table() string {
	n := s.Counts()
	var b strings.Builder
	fmt.Fprintf(&b, "%d programs from seed %d, %d of them broken by an execution; %d executions, %d programs exhausted\n", n.Programs, s.Seed, n.Broken, n.Executions, n.Exhausted)
	fmt.Fprintf(&b, "%6d calls proved and kept\n%6d calls refuted and broken\n", n.Kept, n.Refuted)
	fmt.Fprintf(&b, "%6d programs with an unproven call\n", n.Unproven)
	if n.Took > 0 {
		fmt.Fprintf(&b, "%6.2f s to follow them, %.2f s seed %d\n", n.Took.Seconds(), n.Slowest.Seconds(), n.Worst)
	}
	keys := make([]string, 0, len(n.By))
	for key := range n.By {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		fmt.Fprintf(&b, "%6d %s\n", n.By[key], key)
	}
	for _, c := range s.Cases {
		for _, d := range c.Faults() {
			fmt.Fprintf(&b, "seed %d: %s\n", c.Seed, d)
		}
	}
	return b.String()
}

// Smallest is, for each class of disagreement and rule, the shortest program that shows it, made as small as it can be.
func (s *Survey) Smallest() string {
	order, shortest, _ := s.kinds(func(k kind) bool { return k.class != Undecided })
	var b strings.Builder
	for _, k := range order {
		c := shortest[k]
		small := Reduce(c.Files, func(files map[string]string) bool { return s.shows(files, k) })
		fmt.Fprintf(&b, "\n==== %s, from seed %d\n%s", k, c.Seed, archive("", small))
	}
	return b.String()
}

func size(files map[string]string) int {
	n := 0
	for _, text := range files {
		n += len(text)
	}
	return n
}

// Write writes the programs on which executions and checker differ to a folder.
func (s *Survey) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, c := range s.Cases {
		if len(c.Disagreements) == 0 && len(c.Program.Faults) == 0 {
			continue
		}
		var comment strings.Builder
		fmt.Fprintf(&comment, "seed %d: %s; slips: %s\n", c.Seed, strings.Join(c.About, ", "), strings.Join(c.Slips, ", "))
		for _, d := range c.Disagreements {
			fmt.Fprintf(&comment, "%s\n", d)
			for _, w := range d.Witness {
				fmt.Fprintf(&comment, "  %s\n", w)
			}
		}
		for _, f := range c.Program.Faults {
			fmt.Fprintf(&comment, "fault: %s\n", f)
		}
		for _, f := range c.Verdict.Findings {
			fmt.Fprintf(&comment, "finding: %s\n", f)
		}
		text := archive(comment.String(), c.Files)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.txtar", c.Seed)), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// archive is a program as one text.
func archive(comment string, files map[string]string) []byte {
	a := &txtar.Archive{Comment: []byte(comment + "\n")}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(files[name])})
	}
	return txtar.Format(a)
}
