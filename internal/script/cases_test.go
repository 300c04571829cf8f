package script

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var update = flag.Bool("update", false, "write what the cases give as what they should give")

// TestCases parses the files of the archives in testdata/cases. After each follows its tree, or the
// error it should give, in a file of the same name with .tree added.
func TestCases(t *testing.T) {
	const tree = ".tree"
	wanted := func(name string) bool { return strings.HasSuffix(name, tree) }
	trial.Cases(t, "testdata/cases/*.txtar", *update, wanted, func(_ *testing.T, c *trial.Case) []txtar.File {
		var all []txtar.File
		for _, f := range c.Inputs {
			all = append(all, f, txtar.File{Name: f.Name + tree, Data: []byte(parsed(f.Name, f.Data))})
		}
		return all
	})
}

// parsed returns the dump of a text, or its error. ␍ stands for a carriage return.
func parsed(name string, text []byte) string {
	text = []byte(strings.ReplaceAll(string(text), "␍", "\r"))
	dialect, _ := dialectOf(name)
	file := source.NewFile(name, name, text)
	p, err := Parse(file, text, dialect)
	if err != nil {
		return fmt.Sprintf("%v ‹%s›\n", err, strings.ReplaceAll(err.At.Text(), "\n", "␤"))
	}
	return dump(p)
}

// dialectOf returns the dialect that a file's name tells, and false for files of none.
func dialectOf(name string) (Dialect, bool) {
	switch {
	case strings.HasSuffix(name, ".d.ts"):
		return 0, false
	case strings.HasSuffix(name, ".tsx"):
		return TypeScriptJSX, true
	case strings.HasSuffix(name, ".ts"):
		return TypeScript, true
	case strings.HasSuffix(name, ".js"), strings.HasSuffix(name, ".jsx"):
		return JavaScript, true
	}
	return 0, false
}
