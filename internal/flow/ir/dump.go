package ir

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Dump returns the code of the module, an instruction a line, for people and tests.
func (m *Module) Dump() string {
	w := &strings.Builder{}
	for i, n := range m.Imports {
		fmt.Fprintf(w, "import %d: %s = %s of %q\n", i, n.Local, n.Imported, n.From)
	}
	for _, e := range m.Exports {
		fmt.Fprintf(w, "export %s\n", e)
	}
	for _, f := range m.Funcs {
		f.dump(w)
	}
	return w.String()
}

// String tells what is exported.
func (e Export) String() string {
	switch {
	case e.From != "" && e.Name == "":
		return fmt.Sprintf("* of %q", e.From)
	case e.From != "":
		return fmt.Sprintf("%s = %s of %q", e.Name, e.Imported, e.From)
	}
	return fmt.Sprintf("%s = slot %d", e.Name, e.Slot)
}

func (f *Func) dump(w *strings.Builder) {
	var is []string
	for _, one := range []struct {
		on   bool
		name string
	}{{f.Arrow, "arrow"}, {f.Async, "async"}, {f.Generator, "generator"}, {f.Strict, "strict"}, {f.Method, "method"}, {f.Ctor, "constructor"},
		{f.Derived, "derived"}} {
		if one.on {
			is = append(is, " "+one.name)
		}
	}
	fmt.Fprintf(w, "func %d %q%s length %d, %d registers\n", f.ID, f.Name, strings.Join(is, ""), f.Length, f.Regs)
	for pc := range f.Code {
		mark := "  "
		if f.Joins[pc] {
			mark = "* "
		}
		fmt.Fprintf(w, "%s%3d  %s", mark, pc, f.Code[pc])
		if f.Live[pc] != nil {
			fmt.Fprintf(w, "  ; live%s", registerNames(f.Live[pc]))
		}
		w.WriteByte('\n')
	}
	for _, h := range f.Handlers {
		fmt.Fprintf(w, "  handler %d-%d -> %d value r%d", h.From, h.To, h.Target, h.Value)
		if h.Kind != None {
			fmt.Fprintf(w, " kind r%d", h.Kind)
		}
		fmt.Fprintf(w, " loops %d\n", h.Loops)
	}
}

func registerNames(list []Reg) string {
	var b strings.Builder
	for _, r := range list {
		fmt.Fprintf(&b, " r%d", r)
	}
	return b.String()
}

// String writes an instruction: what it writes, what it does, what it reads.
func (i Instr) String() string {
	var b strings.Builder
	if i.Dst != None {
		fmt.Fprintf(&b, "r%d = ", i.Dst)
	}
	b.WriteString(i.Op.String())
	for _, r := range []Reg{i.A, i.B, i.C} {
		if r == None {
			continue
		}
		fmt.Fprintf(&b, " r%d", r)
	}
	if i.A == None && i.B != None || i.B == None && i.C != None {
		fmt.Fprintf(&b, " (%s)", places(i))
	}
	if len(i.Args) > 0 {
		fmt.Fprintf(&b, " (%s)", strings.TrimSpace(registerNames(i.Args)))
	}
	if i.Name != "" {
		fmt.Fprintf(&b, " %q", i.Name)
	}
	if i.Op == Const || i.Op == RegExp || i.Op == PushEnv || i.Op == ThrowError || i.Op == Template {
		b.WriteString(" " + constant(i.Const))
	}
	if i.Fn != nil {
		fmt.Fprintf(&b, " func %d", i.Fn.ID)
	}
	if i.hasTarget() {
		fmt.Fprintf(&b, " -> %d", i.N)
	} else if i.N != 0 || i.Op == LoadEnv || i.Op == StoreEnv || i.Op == InitEnv || i.Op == Arg || i.Op == LoopEnter || i.Op == LoopHead || i.Op == LoopExit {
		fmt.Fprintf(&b, " n=%d", i.N)
	}
	if i.M != 0 || i.Op == LoadEnv || i.Op == StoreEnv || i.Op == InitEnv {
		fmt.Fprintf(&b, " m=%d", i.M)
	}
	for _, t := range i.Targets {
		fmt.Fprintf(&b, " -> %d", t)
	}
	return b.String()
}

// places tells which of A, B and C an instruction has, where one before is lacking.
func places(i Instr) string {
	var b strings.Builder
	for k, r := range []Reg{i.A, i.B, i.C} {
		if r != None {
			b.WriteByte("abc"[k])
		}
	}
	return b.String()
}

func constant(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(v)
	case *big.Int:
		return v.String() + "n"
	case Undefined:
		return "undefined"
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(v)
}
