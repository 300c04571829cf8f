package builtin

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sync"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

//go:embed prelude/*.js
var files embed.FS

// lowered are the preludes' modules: the same for all analyses of a process, since nothing changes them.
var lowered = sync.OnceValue(lower)

func lower() []*ir.Module {
	names, err := fs.Glob(files, "prelude/*.js")
	if err != nil {
		panic(err)
	}
	var out []*ir.Module
	for n, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		m, err := Prelude(path.Base(name), text)
		if err != nil {
			panic(err)
		}
		m.Index = -1 - n
		out = append(out, m)
	}
	return out
}

// Prelude lowers the text of a prelude: of this package, or of one that models something else in JavaScript.
func Prelude(name string, text []byte) (*ir.Module, error) {
	file := source.NewFile("(library)/"+name, "(library)/"+name, text)
	program, fault := script.Parse(file, file.Text, script.JavaScript)
	if fault != nil {
		return nil, fmt.Errorf("%s: %w", name, fault)
	}
	return ir.Lower(program, true), nil
}

// preludes executes the preludes.
func (l *library) preludes() {
	for _, m := range lowered() {
		Execute(l.m, l.s, m)
	}
}

// mostSteps is what the top level of a prelude may take.
const mostSteps = 1_000_000

// Execute executes the top level of a prelude on a state that nothing runs on.
func Execute(m *exec.Machine, s *state.State, module *ir.Module) {
	ctx := m.Table.Enter(nil, value.At{Name: "prelude", PC: module.Index})
	s.Push(value.Frame{Code: module.Top, Regs: make([]value.Value, module.Top.Regs), Ctx: ctx, Return: value.Return{Kind: value.ToJob}})
	joins := m.Joins
	m.Joins = false
	stop, _ := m.Run(s, mostSteps)
	m.Joins = joins
	if stop != exec.Idle {
		panic(fmt.Sprintf("the prelude %s does not end: %v", module.Program.File.Path, stop))
	}
	s.Steps = 0
}
