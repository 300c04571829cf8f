package callsite

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Program is a file of the project as it was parsed.
type Program struct {
	Script *miniprogram.Script
	Syntax *script.Program
}

// Code is what is written in a project.
type Code struct {
	project  *miniprogram.Project
	hosts    map[string]bool
	apis     []string
	files    []*file
	byScript map[*miniprogram.Script]*file
	units    map[*miniprogram.Script][]*miniprogram.Unit

	// aliases are the names that something which names a call is bound to.
	aliases map[string]bool
	// setters are the calls of setData and the like, assigns the assignments to members by the member's name.
	setters   []setter
	settersOf map[setKey][]setter
	assigns   map[string][]memberWrite
	// scattered are the writes under names that are not known, scatteredOn the holders that they are made to, scatteredIn the files
	// whose holders they may be made to; nil stands for the app.
	scattered   []memberWrite
	scatteredOn map[*holder]bool
	scatteredIn map[*file]bool
	sorting     bool
	// calls are the calls of methods by the method's name.
	calls map[string][]methodCall
	// importers are the imports of each file, once they are looked for.
	importers map[*file][]*binding
	required  map[*file][]required
	requires  []required

	app *Value

	values   map[script.Expr]*Value
	pending  map[script.Expr]bool
	holders  map[script.Node]*holder
	settled  map[*binding]*Value
	fields   map[string]*Value
	depth    int
	lastSame int
	same     map[string]int
}

// setter is a call that writes fields of what it is called on.
type setter struct {
	in   *file
	call *script.Call
	// on is what it is called on, at the fields that it writes.
	on     script.Expr
	fields script.Expr
}

type memberWrite struct {
	in     *file
	target script.Expr
	value  script.Expr // nil when it is not known
	// on tells that target is the object that is written to, and not the member.
	on bool
}

type methodCall struct {
	in   *file
	call *script.Call
	on   script.Expr
}

type required struct {
	in   *file
	call *script.Call
}

// New takes the files of a project. Hosts are the names of the object that holds the platform's functions, apis those
// of the functions whose calls are looked for.
func New(p *miniprogram.Project, programs []Program, hosts map[string]bool, apis []string) *Code {
	c := &Code{
		project: p, hosts: hosts, apis: apis, byScript: map[*miniprogram.Script]*file{}, units: map[*miniprogram.Script][]*miniprogram.Unit{},
		aliases: map[string]bool{}, assigns: map[string][]memberWrite{}, calls: map[string][]methodCall{},
		values: map[script.Expr]*Value{}, pending: map[script.Expr]bool{}, holders: map[script.Node]*holder{}, settled: map[*binding]*Value{},
		fields: map[string]*Value{}, same: map[string]int{},
	}
	for _, api := range apis {
		c.aliases[api] = true
	}
	for _, one := range programs {
		f := &file{script: one.Script, syntax: one.Syntax}
		c.files = append(c.files, f)
		c.byScript[one.Script] = f
	}
	for _, u := range append(slices.Clone(p.Units), p.App) {
		if u != nil && u.Script != nil {
			c.units[u.Script] = append(c.units[u.Script], u)
		}
	}
	for _, f := range c.files {
		c.look(f)
	}
	return c
}

// look notes in one walk over a file what may write fields, and under which names the calls may go.
func (c *Code) look(f *file) {
	script.WalkProgram(f.syntax, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok && n.Value != nil && c.names(n.Value) {
				c.aliases[id.Name] = true
			}
		case *script.Property:
			c.property(n)
		case *script.Assign:
			c.write(f, n.Target, valueOf(n))
			if name := lastName(n.Target); name != "" && c.names(n.Value) {
				c.aliases[name] = true
			}
		case *script.Update:
			c.write(f, n.X, nil)
		case *script.Unary:
			if n.Op == "delete" {
				c.write(f, n.X, nil)
			}
		case *script.ForIn:
			c.write(f, n.Target, nil)
		case *script.Import:
			for _, name := range n.Names {
				if slices.Contains(c.apis, name.Imported) {
					c.aliases[name.Local] = true
				}
			}
		case *script.Export:
			for _, name := range n.Names {
				if slices.Contains(c.apis, name.Local) {
					c.aliases[name.Exported] = true
				}
			}
		case *script.Call:
			c.call(f, n)
		}
		return true
	})
}

// property notes the name of a property that holds a call, in tables and in patterns.
func (c *Code) property(n *script.Property) {
	if n.Name == "" || n.Value == nil {
		return
	}
	if slices.Contains(c.apis, n.Name) {
		if name := lastName(n.Value); name != "" {
			c.aliases[name] = true
		}
	}
	if c.names(n.Value) {
		c.aliases[n.Name] = true
	}
}

func valueOf(n *script.Assign) script.Expr {
	if n.Op == "=" {
		return n.Value
	}
	return nil
}

// lastName is the name by which an expression, or what it assigns to, goes.
func lastName(x script.Expr) string {
	switch x := x.(type) {
	case *script.Ident:
		return x.Name
	case *script.Member:
		return x.Name
	case *script.Index:
		if s, ok := x.Key.(*script.String); ok {
			return s.Value
		}
	case *script.Chain:
		return lastName(x.X)
	case *script.Assign:
		return lastName(x.Target)
	case *script.Sequence:
		if len(x.Exprs) > 0 {
			return lastName(x.Exprs[len(x.Exprs)-1])
		}
	}
	return ""
}

// names reports whether an expression is one of the calls, or a call that is given one.
func (c *Code) names(x script.Node) bool {
	switch x := x.(type) {
	case *script.Member:
		return slices.Contains(c.apis, x.Name)
	case *script.Index:
		s, ok := x.Key.(*script.String)
		return ok && slices.Contains(c.apis, s.Value)
	case *script.Chain:
		return c.names(x.X)
	case *script.Call:
		for _, arg := range x.Args {
			switch arg := arg.(type) {
			case *script.Member, *script.Index, *script.Chain:
				if c.names(arg) {
					return true
				}
			case *script.String:
				if slices.Contains(c.apis, arg.Value) {
					return true
				}
			}
		}
		m, ok := x.Callee.(*script.Member)
		return ok && m.Name == "bind" && c.names(m.Object)
	}
	return false
}

// write notes what an assignment, or a pattern, does to members.
func (c *Code) write(f *file, target, value script.Expr) {
	switch t := target.(type) {
	case *script.Member:
		c.assigns[t.Name] = append(c.assigns[t.Name], memberWrite{in: f, target: t, value: value})
	case *script.Index:
		switch key := t.Key.(type) {
		case *script.String:
			c.assigns[key.Value] = append(c.assigns[key.Value], memberWrite{in: f, target: t, value: value})
		case *script.Number:
		default:
			c.scattered = append(c.scattered, memberWrite{in: f, target: t.Object, value: nil})
		}
	case *script.Assign:
		c.write(f, t.Target, nil)
	case *script.Spread:
		c.write(f, t.X, nil)
	case *script.ArrayLit:
		for _, x := range t.Elems {
			c.write(f, x, nil)
		}
	case *script.ObjectLit:
		for _, p := range t.Props {
			c.write(f, p.Value, nil)
		}
	}
}

// setting are the methods that write the fields which their argument names.
var setting = map[string]bool{"setData": true, "setState": true, "$patch": true, "$set": true, "$setData": true}

// call notes calls of methods, of what writes fields, and of require.
func (c *Code) call(f *file, n *script.Call) {
	callee := n.Callee
	if chain, ok := callee.(*script.Chain); ok {
		callee = chain.X
	}
	m, ok := callee.(*script.Member)
	if !ok {
		if id, ok := callee.(*script.Ident); ok && id.Name == "require" && len(n.Args) == 1 {
			c.requires = append(c.requires, required{f, n})
		}
		return
	}
	c.calls[m.Name] = append(c.calls[m.Name], methodCall{f, n, m.Object})
	switch {
	case setting[m.Name] && len(n.Args) == 1:
		c.setters = append(c.setters, setter{f, n, m.Object, n.Args[0]})
	case setting[m.Name] && len(n.Args) > 1:
		c.set(f, n, m)
	case m.Name == "assign" && len(n.Args) > 1 && lastName(m.Object) == "Object":
		for _, from := range n.Args[1:] {
			c.setters = append(c.setters, setter{f, n, n.Args[0], from})
		}
	case (m.Name == "defineProperty" || m.Name == "defineProperties") && len(n.Args) > 0:
		c.scattered = append(c.scattered, memberWrite{in: f, target: n.Args[0], value: nil})
	}
}

// set notes setData(fields, callback) and Vue's $set(object, name, value).
func (c *Code) set(f *file, n *script.Call, m *script.Member) {
	if m.Name != "$set" && (m.Name != "set" || lastName(m.Object) != "Vue") {
		c.setters = append(c.setters, setter{f, n, m.Object, n.Args[0]})
		return
	}
	name, ok := n.Args[1].(*script.String)
	if !ok {
		c.scattered = append(c.scattered, memberWrite{in: f, target: n.Args[0], value: nil})
		return
	}
	var value script.Expr
	if len(n.Args) > 2 {
		value = n.Args[2]
	}
	c.assigns[name.Value] = append(c.assigns[name.Value], memberWrite{in: f, target: n.Args[0], value: value, on: true})
}
