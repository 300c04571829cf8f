package slice

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// facts are the names in a function, without those within it.
type facts struct {
	within *ir.Func
	names  map[string]bool // mentioned
	writes map[string]bool
	// into are the names of what it writes properties of.
	into   map[string]bool
	tested map[string]bool
	// returned are the names that its result is made of.
	returned map[string]bool
	// handed are the names that the arguments of calls are made of, by the names that are called.
	handed map[string]map[string]bool
	// computed tells that it calls something by a name that is computed.
	computed bool
	// calls are what it calls.
	calls []held
	// params are the variables that its arguments are put into.
	params map[string]bool
	// wild tells that it writes under names that nobody knows.
	wild bool
	// goes are the names that the function goes under.
	goes []string
}

// newFacts reads the names in a function's code.
func newFacts(f *ir.Func) *facts {
	x := &facts{within: f.Outer, names: map[string]bool{}, writes: map[string]bool{}, into: map[string]bool{}, tested: map[string]bool{}, returned: map[string]bool{}, handed: map[string]map[string]bool{}, params: map[string]bool{}}
	o := newOrigins(f)
	var tests, returns, into []int
	for n := range f.Code {
		i := &f.Code[n]
		o.come(n)
		names := namesOf(f, i)
		switch i.Op {
		case ir.Set, ir.SetElem, ir.StoreEnv, ir.InitEnv, ir.StoreGlobal, ir.Define, ir.SetSuper, ir.Delete:
			for _, name := range names {
				x.writes[name] = true
			}
			if i.Op == ir.Set || i.Op == ir.SetElem {
				into = o.add(into, i.A)
			}
		case ir.JumpIf, ir.JumpIfNot, ir.JumpNullish, ir.JumpUndefined, ir.Iter, ir.ForIn:
			tests = o.add(tests, i.A)
		case ir.Call, ir.CallSpread, ir.New, ir.NewSpread, ir.Await:
			// What is called, or waited for, decides as tests do.
			tests = o.add(tests, i.A)
			if len(i.Args) > 0 && i.A != ir.None && slices.Contains(o.loads[o.now[i.A]], "assign") {
				into = o.add(into, i.Args[0]) // Object.assign
			}
			o.call(i)
		case ir.Return:
			returns = o.add(returns, i.A)
		}
		for _, name := range names {
			x.names[name] = true
			if i.Op == ir.Const && len(names) > 1 {
				x.writes[name] = true // a path that setData writes
			}
		}
		o.execute(i, names...)
	}
	o.names(tests, x.tested)
	o.names(returns, x.returned)
	o.names(into, x.into)
	for _, c := range o.calls {
		handed := map[string]bool{}
		o.names(c.args, handed)
		for _, name := range o.loads[c.callee] {
			if x.handed[name] == nil {
				x.handed[name] = map[string]bool{}
			}
			for n := range handed {
				x.handed[name][n] = true
			}
		}
	}
	return x
}

// namesOf are the names that an instruction mentions. A text that is a path or a list of names ("user.name", "list[0]", "a, b") mentions its
// parts, too.
func namesOf(f *ir.Func, i *ir.Instr) []string {
	name := i.Name
	switch i.Op {
	case ir.Unary, ir.Binary, ir.ThrowError, ir.RegExp, ir.Intrinsic, ir.GiveUp:
		return nil
	case ir.Const:
		name, _ = i.Const.(string)
	case ir.LoadImport:
		m := f.Module.Imports[i.N]
		return []string{m.Local, m.Imported}
	}
	switch {
	case name == "":
		return nil
	case len(name) > longestPath || !strings.ContainsAny(name, ".[, "):
		return []string{name}
	}
	return append(Parts(name), name)
}

// longestPath is how long a text may be, in bytes, to be taken for a path.
const longestPath = 200

// Parts are the names in a path or a list of paths.
func Parts(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(".[], *", r) })
}
