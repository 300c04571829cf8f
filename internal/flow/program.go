package flow

import (
	"iter"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// program is a parsed file with what is computed of it once.
type program struct {
	syntax *script.Program
	script *miniprogram.Script
	module *module
	// prelude tells that it is no code of the project but stands for a package.
	prelude bool
	// runtime tells that it is a framework's runtime, which is not followed.
	runtime bool
	// bundle tells that it is a table of modules.
	bundle bool

	varNames map[script.Node][]string
	assigned map[string]bool // the names that it writes, once they are looked for
	rebound  map[string]int  // the variables among them, with how often
	infos    map[script.Node]*nodeInfo
	words    *words                // of the analysis
	lowered  map[*script.Func]bool // as isLowered found
	calls    map[source.Span]writtenCall

	// compiled are the places of the functions that a compiler wrote, once they are looked for.
	compiled     []script.Loc
	compiledDone bool

	// marks are what paths have done with its code, by place; nil before any has run.
	marks []marks
}

// vars lists the names that var declares in a function's body, at any depth but not in functions within.
func (p *program) vars(f script.Node, body []script.Stmt) []string {
	if out, ok := p.varNames[f]; ok {
		return out
	}
	var out []string
	for _, s := range body {
		script.Walk(s, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Func, *script.Class:
				return false
			case *script.VarDecl:
				if n.Kind == "var" {
					for _, d := range n.Decls {
						out = append(out, names(d.Target)...)
					}
				}
			case *script.ForIn:
				if n.Decl == "var" {
					out = append(out, names(n.Target)...)
				}
			case *script.FuncDecl:
				if n.Func.Name != nil {
					out = append(out, n.Func.Name.Name)
				}
				return false
			case script.Expr:
				return false
			}
			return true
		})
	}
	p.varNames[f] = out
	return out
}

// declares reports whether a block needs a scope of its own.
func (p *program) declares(body []script.Stmt) bool {
	for _, s := range body {
		switch s := s.(type) {
		case *script.FuncDecl, *script.ClassDecl:
			return true
		case *script.VarDecl:
			if s.Kind != "var" {
				return true
			}
		}
	}
	return false
}

// nodeInfo is what a piece of code contains, for the question whether it matters to the feature.
type nodeInfo struct {
	words   []int32  // identifiers, property names and keys, each once, by their numbers
	callees []string // plain names that are called
	leaves  bool     // returns, throws, or breaks out of the code
	waits   bool     // waits for a promise that is not made on the spot
	lowered bool     // holds the body of a generator that a compiler took apart, or what runs one
}

// info collects what a piece of code contains.
func (p *program) info(n script.Node) *nodeInfo {
	if i, ok := p.infos[n]; ok {
		return i
	}
	i := &nodeInfo{}
	c := &collector{prog: p, info: i, names: map[int32]bool{}, callees: map[string]bool{}}
	c.visit(n, 0, 0, false)
	i.words, i.callees = slices.Clone(i.words), slices.Clone(i.callees)
	p.infos[n] = i
	return i
}

// names are the identifiers, property names and keys in a piece of code, each once.
func (p *program) names(n script.Node) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, w := range p.info(n).words {
			if !yield(p.words.list[w]) {
				return
			}
		}
	}
}

// holds reports whether a name is in a piece of code.
func (p *program) holds(n script.Node, name string) bool {
	there := p.info(n).words
	w, known := p.words.numbers[name]
	return known && slices.Contains(there, w)
}

type collector struct {
	prog    *program
	info    *nodeInfo
	names   map[int32]bool
	callees map[string]bool
}

func (c *collector) name(s string) {
	if w := c.prog.words.number(s); !c.names[w] {
		c.names[w] = true
		c.info.words = append(c.info.words, w)
	}
}

// visit collects from n, which stands in so many loops and switches of the code, and perhaps in a function within it.
func (c *collector) visit(n script.Node, loops, switches int, inner bool) {
	script.Walk(n, func(x script.Node) bool {
		if x == n {
			c.look(x, loops, switches, inner)
			return true
		}
		switch x := x.(type) {
		case *script.Func:
			if !inner {
				c.visit(x, 0, 0, true)
				return false
			}
		case *script.For, *script.ForIn, *script.While, *script.DoWhile:
			c.visit(x, loops+1, switches, inner)
			return false
		case *script.Switch:
			c.visit(x, loops, switches+1, inner)
			return false
		}
		c.look(x, loops, switches, inner)
		return true
	})
}

// keyedOn names the object of a method that a call takes by a name that is not written there: this for this[action]().
func keyedOn(callee script.Expr) string {
	if c, ok := callee.(*script.Chain); ok {
		callee = c.X
	}
	x, ok := callee.(*script.Index)
	if !ok {
		return ""
	}
	switch x.Key.(type) {
	case *script.String, *script.Number:
		return ""
	}
	switch of := x.Object.(type) {
	case *script.This:
		return "this"
	case *script.Ident:
		return of.Name
	}
	return ""
}

func (c *collector) look(x script.Node, loops, switches int, inner bool) {
	switch x := x.(type) {
	case *script.Func:
		c.info.lowered = c.info.lowered || c.prog.isLowered(x)
	case *script.Ident:
		c.name(x.Name)
	case *script.Member:
		c.name(x.Name)
	case *script.String:
		if len(x.Value) < 40 {
			c.name(x.Value)
		}
	case *script.Template:
		for _, part := range x.Quasis {
			if strings.Contains(part, "1v1Chat") {
				c.name(part)
			}
		}
	case *script.Property:
		if x.Name != "" {
			c.name(x.Name)
		}
	case *script.Call:
		if of := keyedOn(x.Callee); of != "" {
			c.name(of + "[]")
		}
		if id, ok := called(x).(*script.Ident); ok && !c.callees[id.Name] {
			c.callees[id.Name] = true
			c.info.callees = append(c.info.callees, id.Name)
		}
	case *script.Return, *script.Throw:
		c.info.leaves = c.info.leaves || !inner
	case *script.Break:
		c.info.leaves = c.info.leaves || !inner && (x.Label != "" || loops+switches == 0)
	case *script.Continue:
		c.info.leaves = c.info.leaves || !inner && (x.Label != "" || loops == 0)
	case *script.Await:
		if _, call := x.X.(*script.Call); !call && !inner {
			c.info.waits = true
		}
	case *script.Yield:
		c.info.waits = c.info.waits || !inner
	}
}

// called is what a call calls: of f.apply(…) and f.call(…) that is f.
func called(x *script.Call) script.Expr {
	if m, ok := x.Callee.(*script.Member); ok && (m.Name == "apply" || m.Name == "call") {
		return m.Object
	}
	return x.Callee
}
