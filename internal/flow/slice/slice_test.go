package slice_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/slice"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var update = flag.Bool("update", false, "write what comes of the cases into their files")

// TestCases slices small programs. The case says of each function that has a name, and of others by their line, why it matters. Each file but those
// in lib is that of a page; the pages that a text may open have the file's name.
func TestCases(t *testing.T) {
	trial.Cases(t, "testdata/*.txtar", *update, trial.Only(trial.Want), func(t *testing.T, c *trial.Case) []txtar.File {
		o := slice.Options{Calls: []string{"authorize", "setEnable1v1Chat", "join1v1Chat"}, Platform: []string{"wx"}}
		var modules []*ir.Module
		paths := map[*ir.Module]string{}
		at := map[string]*slice.Page{}
		for n, in := range c.Inputs {
			f := source.NewFile(in.Name, in.Name, in.Data)
			p, err := script.Parse(f, f.Text, script.JavaScript)
			if err != nil {
				t.Fatal(err)
			}
			m := ir.Lower(p, false)
			m.Index = n + 1
			modules = append(modules, m)
			paths[m] = in.Name
			if name, page := strings.CutSuffix(in.Name, ".js"); page && !strings.HasPrefix(name, "lib/") {
				o.Instances = append(o.Instances, m)
				at["/"+name] = &slice.Page{Modules: []*ir.Module{m}}
				o.Pages.All = append(o.Pages.All, at["/"+name])
			}
		}
		o.Path = func(m *ir.Module) string { return paths[m] }
		o.Pages.Openers = []string{"navigateTo"}
		o.Pages.At = func(text string) ([]*slice.Page, bool) {
			if page := at[text]; page != nil {
				return []*slice.Page{page}, true
			}
			return nil, false
		}
		s := slice.New(modules, o)
		var out strings.Builder
		for _, m := range modules {
			for _, f := range m.Funcs {
				if f.Node == nil {
					continue
				}
				name := f.Name
				if name == "" {
					name = "a function"
				}
				fmt.Fprintf(&out, "%s:%d %s %s\n", paths[m], m.Program.File.Position(f.Node.Range().Start).Line, name, why(s, f))
			}
		}
		return c.With(trial.Want, out.String())
	})
}

func why(s *slice.Slice, f *ir.Func) string {
	switch {
	case s.Reaches(f):
		return "leads to a call"
	case s.Matters(f):
		return "writes what is tested"
	case s.Tells(f):
		return "writes what a call is given"
	}
	return "does not matter"
}
