package callsite

import "github.com/voipcheck/voipcheck/internal/script"

// Where an object goes, and what is done to it there.

// event is one thing that code does to an object, or to the part of it at path.
type event struct {
	kind eventKind
	in   *file
	path []string
	// value is what is written, nil when it is not known; at the code that does it.
	value script.Expr
	at    script.Node
	// by is the use of the variable from which it was found.
	by *script.Ident
}

type eventKind int

const (
	isWritten eventKind = iota
	escapes             // it is handed to code that is not looked at
	isCalled            // a method of it
)

// maxAliases is how many variables an object is followed through, one after the other. Beyond, it escapes.
const maxAliases = 8

// tracer follows an object.
type tracer struct {
	c    *Code
	see  func(event)
	seen map[*binding]bool
	deep int
}

func (c *Code) trace(f *file, n script.Expr, path []string, see func(event)) {
	t := &tracer{c: c, see: see, seen: map[*binding]bool{}}
	t.follow(f, n, path)
}

// more is a path that is one longer; the old one stays as it is.
func more(path []string, name string) []string {
	return append(append(make([]string, 0, len(path)+1), path...), name)
}

// follow climbs from an expression that gives the object at path to what is done with it.
func (t *tracer) follow(f *file, x script.Expr, path []string) {
	n := script.Node(x)
	held := false // within a literal
	for {
		up := f.parent[n]
		if e, ok := n.(script.Expr); ok && f.targets[e] && !isPattern(n) {
			t.see(event{kind: isWritten, in: f, path: path, value: assigned(up, n), at: up})
			return
		}
		switch p := up.(type) {
		case *script.Chain, *script.Await:
		case *script.Member:
			path = more(path, p.Name)
		case *script.Index:
			if p.Object != n {
				return
			}
			path = more(path, keyOf(p.Key))
		case *script.Unary:
			if p.Op == "delete" {
				t.see(event{kind: isWritten, in: f, path: path, at: p})
			}
			return
		case *script.Assign:
			_, plain := p.Target.(*script.Ident)
			switch {
			case p.Value != n || f.defaults[p] || held && plain:
			case held:
				t.see(event{kind: escapes, in: f, path: path, at: p})
			default:
				t.alias(f, p.Target, path, p)
			}
			return
		case *script.Declarator:
			if p.Value == n && !held {
				t.alias(f, p.Target, path, p)
			}
			return
		case *script.Cond:
			if p.Test == n {
				return
			}
		case *script.Logical, *script.Sequence:
		case *script.Property:
			held = true
			up = f.parent[p]
		case *script.ArrayLit:
			held = true
		case *script.Spread:
			if _, ok := f.parent[p].(*script.ObjectLit); ok {
				held = true
			} else if prop, ok := f.parent[p].(*script.Property); ok {
				held, up = true, f.parent[prop]
			}
		case *script.Call:
			t.called(f, p, n, path, held)
			return
		case *script.New:
			t.see(event{kind: escapes, in: f, path: path, at: p})
			return
		case *script.Return, *script.Yield:
			t.see(event{kind: escapes, in: f, path: path, at: p})
			return
		case *script.Func:
			if p.Result == n {
				t.see(event{kind: escapes, in: f, path: path, at: p})
			}
			return
		default:
			return
		}
		n = up
	}
}

// isPattern tells of what a pattern is made of besides what it writes.
func isPattern(n script.Node) bool {
	switch n.(type) {
	case *script.Ident, *script.Member, *script.Index:
		return false
	}
	return true
}

// assigned is what an assignment gives its target, nil when that is not known.
func assigned(up, target script.Node) script.Expr {
	if a, ok := up.(*script.Assign); ok && a.Target == target && a.Op == "=" {
		return a.Value
	}
	return nil
}

func keyOf(x script.Expr) string {
	switch x := x.(type) {
	case *script.String:
		return x.Value
	case *script.Number:
		return "[" + string(rune('0'+min(int(max(x.Value, 0)), 9))) + "]"
	}
	return anyName
}

// anyName is a step of a path that may be any.
const anyName = "*"

// called looks at a call that the object, or a method of it, takes part in.
func (t *tracer) called(f *file, call *script.Call, n script.Node, path []string, held bool) {
	if call.Callee == n {
		if len(path) > 0 {
			t.see(event{kind: isCalled, in: f, path: path, at: call})
		}
		return
	}
	if t.c.harmless(f, call) || pathRoot(call.Callee) == "Object.assign" && call.Args[0] != n {
		return
	}
	if callee := t.c.eval(f, call.Callee); callee.fn != nil && !held && t.deep < maxAliases {
		for i, arg := range call.Args {
			if arg == n && i < len(callee.fn.Params) {
				callee.home.index()
				if !usesArguments(callee.fn) {
					t.deep++
					t.alias(callee.home, callee.fn.Params[i], path, call)
					t.deep--
					return
				}
			}
		}
	}
	t.see(event{kind: escapes, in: f, path: path, at: call})
}

// alias goes on with the variables that a pattern takes out of the object.
func (t *tracer) alias(f *file, target script.Expr, path []string, at script.Node) {
	switch p := target.(type) {
	case *script.Ident:
		b := f.variable(p)
		switch {
		case b == nil || t.deep >= maxAliases || b.shared:
			t.see(event{kind: escapes, in: f, path: path, at: at})
		case !t.seen[b]:
			t.seen[b] = true
			t.deep++
			for _, use := range b.uses {
				t.follow(f, use, path)
			}
			t.deep--
		}
	case *script.Assign:
		t.alias(f, p.Target, path, at)
	case *script.ObjectLit:
		for _, prop := range p.Props {
			if prop.Name == "" {
				t.see(event{kind: escapes, in: f, path: path, at: at})
				return
			}
			t.alias(f, prop.Value, more(path, prop.Name), at)
		}
	case *script.ArrayLit:
	default:
		t.see(event{kind: escapes, in: f, path: path, at: at})
	}
}

// variable is the binding that a name which is written means.
func (f *file) variable(id *script.Ident) *binding { return f.refs[id] }

// harmless tells of calls that do not change what they are given: the platform's, and those of the language that only read.
func (c *Code) harmless(f *file, call *script.Call) bool {
	callee := call.Callee
	if chain, ok := callee.(*script.Chain); ok {
		callee = chain.X
	}
	m, ok := callee.(*script.Member)
	if !ok {
		id, ok := callee.(*script.Ident)
		return ok && (f.refs[id] == nil && reading[id.Name] || c.eval(f, id).host != "")
	}
	if setting[m.Name] {
		return true
	}
	of, ok := m.Object.(*script.Ident)
	if !ok {
		return c.eval(f, m.Object).platform
	}
	switch of.Name {
	case "console", "JSON":
		return true
	case "Object":
		return m.Name != "assign" && m.Name != "defineProperty" && m.Name != "defineProperties" && m.Name != "setPrototypeOf"
	}
	return c.eval(f, of).platform
}

// reading are global functions that only read what they are given, or make it observable.
var reading = map[string]bool{
	"String": true, "Number": true, "Boolean": true, "Page": true, "Component": true, "App": true, "setTimeout": true,
}

func usesArguments(f *script.Func) bool {
	found := false
	script.Walk(f, func(n script.Node) bool {
		if id, ok := n.(*script.Ident); ok && id.Name == "arguments" {
			found = true
		}
		return !found
	})
	return found
}
