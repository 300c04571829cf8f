package ir

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestInvariants lowers all code in the repository and checks what holds of any code.
func TestInvariants(t *testing.T) {
	trial.NotShort(t)
	root := filepath.Join("..", "..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." {
			return fs.SkipDir
		}
		dialect, ok := dialectOf(path)
		if d.IsDir() || !ok {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for name, text := range codeIn(path, text) {
			m := lowered(name, text, dialect)
			if m == nil {
				continue
			}
			for _, why := range verify(m) {
				t.Errorf("%s: %s", name, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files were found", files)
	}
}

func dialectOf(path string) (script.Dialect, bool) {
	switch filepath.Ext(path) {
	case ".js", ".jsx", ".mjs", ".txtar", ".txt":
		return script.JavaScript, true
	case ".ts":
		return script.TypeScript, true
	case ".tsx":
		return script.TypeScriptJSX, true
	}
	return 0, false
}

// codeIn returns the texts of a file, several of an archive, by their names.
func codeIn(path string, text []byte) map[string][]byte {
	if ext := filepath.Ext(path); ext != ".txtar" && ext != ".txt" {
		return map[string][]byte{path: text}
	}
	parts := map[string][]byte{}
	name, from := "", 0
	lines := strings.SplitAfter(string(text), "\n")
	at := 0
	end := func() {
		if strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".jsx") {
			parts[path+"/"+name] = text[from:at]
		}
	}
	for _, line := range lines {
		if rest, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(strings.TrimSpace(line), " --") {
			end()
			name, from = strings.TrimSuffix(strings.TrimSpace(rest), " --"), at+len(line)
		}
		at += len(line)
	}
	end()
	return parts
}

// lowered parses and lowers a text; nil if it cannot be parsed.
func lowered(name string, text []byte, dialect script.Dialect) *Module {
	f := source.NewFile(name, name, text)
	p, err := script.Parse(f, f.Text, dialect)
	if err != nil {
		return nil
	}
	return Lower(p, strings.Contains(name, "prelude"))
}

// verify returns what is wrong with a module's code.
func verify(m *Module) []string {
	var all []string
	for _, f := range m.Funcs {
		v := &verifier{f: f}
		v.targets()
		if v.wrong == nil {
			v.paths()
		}
		for _, why := range v.wrong {
			all = append(all, fmt.Sprintf("func %d %q: %s", f.ID, f.Name, why))
		}
	}
	return all
}

type verifier struct {
	f     *Func
	wrong []string
}

func (v *verifier) fail(pc int, format string, args ...any) {
	if len(v.wrong) < 5 {
		v.wrong = append(v.wrong, fmt.Sprintf("%d %s: ", pc, v.f.Code[pc])+fmt.Sprintf(format, args...))
	}
}

// targets checks what each instruction says by itself.
func (v *verifier) targets() {
	f := v.f
	if len(f.Code) == 0 {
		v.wrong = append(v.wrong, "no code")
		return
	}
	if len(f.Joins) != len(f.Code) || len(f.Live) != len(f.Code) {
		v.wrong = append(v.wrong, "joins or liveness are not of its length")
	}
	if last := &f.Code[len(f.Code)-1]; last.falls() {
		v.fail(len(f.Code)-1, "runs off the end")
	}
	for pc := range f.Code {
		i := &f.Code[pc]
		f.Successors(pc, func(to int) {
			if to < 0 || to >= len(f.Code) {
				v.fail(pc, "target out of range")
			} else if to <= pc && f.Code[to].Op != LoopHead {
				v.fail(pc, "a jump back that is no loop's")
			}
		})
		each := func(r Reg) {
			if r < 0 || int(r) >= f.Regs {
				v.fail(pc, "register out of range")
			}
		}
		i.reads(each)
		i.writes(each)
	}
	for _, h := range f.Handlers {
		if h.From < 0 || h.From >= h.To || h.To > len(f.Code) || h.Target < h.To || h.Target >= len(f.Code) {
			v.wrong = append(v.wrong, fmt.Sprintf("handler %d-%d -> %d is out of range", h.From, h.To, h.Target))
		}
	}
}

// frame is what is known at a place: which registers are written, how deep the environments are, and which loops it is in.
type frame struct {
	written []bool
	depth   int
	loops   []int
	saved   map[Reg]int
}

// paths checks what must hold on all paths.
func (v *verifier) paths() {
	f := v.f
	at := make([]*frame, len(f.Code))
	at[0] = &frame{written: make([]bool, f.Regs), saved: map[Reg]int{}}
	todo := []int{0}
	flow := func(pc, to int, s *frame) {
		if at[to] == nil {
			at[to] = &frame{slices.Clone(s.written), s.depth, slices.Clone(s.loops), cloneSaved(s.saved)}
			todo = append(todo, to)
			return
		}
		old := at[to]
		if old.depth != s.depth {
			v.fail(pc, "the depth of environments at %d is %d and %d", to, old.depth, s.depth)
		}
		if !slices.Equal(old.loops, s.loops) {
			v.fail(pc, "the loops at %d are %v and %v", to, old.loops, s.loops)
		}
		less := false
		for r := range old.written {
			if old.written[r] && !s.written[r] {
				old.written[r] = false
				less = true
			}
		}
		if less {
			todo = append(todo, to)
		}
	}
	for len(todo) > 0 && v.wrong == nil {
		pc := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		v.step(pc, at[pc], flow)
	}
	for pc, s := range at {
		if s == nil && v.wrong == nil {
			v.fail(pc, "nothing leads here")
		}
	}
}

func cloneSaved(m map[Reg]int) map[Reg]int {
	out := map[Reg]int{}
	for k, d := range m {
		out[k] = d
	}
	return out
}

// step checks one instruction and hands what is known on to those that follow.
func (v *verifier) step(pc int, s *frame, flow func(pc, to int, s *frame)) {
	f := v.f
	i := &f.Code[pc]
	i.reads(func(r Reg) {
		if !s.written[r] {
			v.fail(pc, "r%d may not be written", r)
		}
	})
	for _, h := range f.Handlers {
		if pc < h.From || pc >= h.To {
			continue
		}
		caught := &frame{slices.Clone(s.written), -1, slices.Clone(s.loops), cloneSaved(s.saved)}
		caught.written[h.Value] = true
		if h.Kind != None {
			caught.written[h.Kind] = true
		}
		if len(caught.loops) < h.Loops {
			v.fail(pc, "the handler stands in %d loops, the instruction in %d", h.Loops, len(caught.loops))
			return
		}
		caught.loops = caught.loops[:h.Loops]
		caught.depth = v.caughtDepth(h, s)
		flow(pc, h.Target, caught)
	}
	next := &frame{slices.Clone(s.written), s.depth, slices.Clone(s.loops), s.saved}
	i.writes(func(r Reg) { next.written[r] = true })
	switch i.Op {
	case PushEnv:
		next.depth++
	case PopEnv:
		next.depth--
	case SaveEnv:
		next.saved = cloneSaved(s.saved)
		next.saved[i.Dst] = s.depth
	case RestoreEnv:
		next.depth = s.saved[i.A]
	case LoadEnv, StoreEnv, InitEnv:
		if i.N < 0 {
			v.fail(pc, "an environment below the current one")
		}
	case LoopEnter:
		next.loops = append(next.loops, i.N)
	case LoopHead:
		if len(s.loops) == 0 || s.loops[len(s.loops)-1] != i.N {
			v.fail(pc, "the head of a loop that it is not in: %v", s.loops)
		}
	case LoopExit:
		if len(s.loops) == 0 || s.loops[len(s.loops)-1] != i.N {
			v.fail(pc, "the exit of a loop that it is not in: %v", s.loops)
			return
		}
		next.loops = next.loops[:len(next.loops)-1]
	}
	f.Successors(pc, func(to int) { flow(pc, to, next) })
}

// caughtDepth is the depth of environments where a handler's code begins. What restores one says so itself; others only throw on, so that
// it does not matter.
func (v *verifier) caughtDepth(h Handler, s *frame) int {
	if i := v.f.Code[h.Target]; i.Op == RestoreEnv {
		return s.saved[i.A]
	}
	return s.depth
}
