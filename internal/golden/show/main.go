// Command show tells what is found otherwise than before in the programs of the golden sets: which rules took the place of which, and
// each program with its findings as they were and as they are, and what leads to them.
//
//	go run ./internal/golden/show [-against REV] [-set NAME]
//
// It runs the sets of REV (HEAD where none is given) in a folder of its own, and those of the working tree. What a test records with
// -update is a matter of this list.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/golden"
)

// sets are the packages that have one.
var sets = []struct{ name, folder string }{
	{"fixtures", "./fixtures"},
	{"mutants", "./internal/mutation"},
	{"made", "./internal/golden"},
}

func main() {
	against := flag.String("against", "HEAD", "the commit to compare with")
	set := flag.String("set", "", "one of fixtures, mutants and made; all without it")
	flag.Parse()
	if err := run(*against, *set); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(against, only string) (err error) {
	dir, err := os.MkdirTemp("", "golden")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // it is in the way of nothing
	before := filepath.Join(dir, "before")
	if err := command(".", "git", "worktree", "add", "--detach", before, against); err != nil {
		return err
	}
	defer func() { _ = command(".", "git", "worktree", "remove", "--force", before) }()
	for _, s := range sets {
		if only != "" && s.name != only {
			continue
		}
		var records [2][]golden.Record
		for i, tree := range []string{before, "."} {
			file := filepath.Join(dir, fmt.Sprint(s.name, i))
			if err := command(tree, "go", "test", s.folder, "-run", "^"+golden.Test+"$", "-count", "1", "-timeout", "1h", "-golden", file); err != nil {
				return err
			}
			if records[i], err = golden.Read(file); err != nil {
				return err
			}
		}
		fmt.Print(compare(s.name, records[0], records[1]))
	}
	return nil
}

// command runs a program that has to succeed.
func command(dir, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir = dir
	if text, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, text)
	}
	return nil
}

// compare writes what is different in a set.
func compare(set string, was, is []golden.Record) string {
	before, after := byName(was), byName(is)
	var names []string
	for name := range before {
		names = append(names, name)
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	changes := map[string]int{}
	var details strings.Builder
	programs := 0
	for _, name := range names {
		old, known := before[name]
		now, still := after[name]
		if known && still && old.Digest() == now.Digest() {
			continue
		}
		programs++
		switch {
		case !known:
			changes["a new program"]++
		case !still:
			changes["a program that is gone"]++
		}
		fmt.Fprintf(&details, "\n%s\n", name)
		for _, c := range pair(old.Findings, now.Findings) {
			changes[c.kind()]++
			details.WriteString(c.String())
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: %d of %d programs differ\n", set, programs, len(names))
	for _, kind := range slices.SortedFunc(mapKeys(changes), func(a, b string) int {
		if changes[a] != changes[b] {
			return changes[b] - changes[a]
		}
		return strings.Compare(a, b)
	}) {
		fmt.Fprintf(&b, "%6d  %s\n", changes[kind], kind)
	}
	return b.String() + details.String() + "\n"
}

func mapKeys(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func byName(records []golden.Record) map[string]golden.Record {
	out := map[string]golden.Record{}
	for _, r := range records {
		out[r.Program] = r
	}
	return out
}
