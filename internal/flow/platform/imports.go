package platform

import (
	"sync"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Which files run when a program is started: those of the app, of pages and components, and what they import. What is only imported later, within a function,
// is loaded at once, too: so it is there in whatever state the function runs.

// startAll runs the top levels of the scripts that take part.
func (p *Program) startAll() {
	units, others := p.order()
	for _, s := range units {
		p.start(s)
	}
	p.startImported()
	together := sync.OnceValue(p.importsByPattern)
	for _, s := range others {
		if k := p.module(s); k != nil && !k.begun && (p.mayBeImported(s) || together()) {
			p.begin(k)
			p.startImported()
		}
	}
}

// order are the scripts that take part: the app's first, then the pages' and components', and apart from them the rest.
func (p *Program) order() (units, others []*miniprogram.Script) {
	seen := map[*miniprogram.Script]bool{nil: true}
	for _, u := range p.allUnits() {
		if !seen[u.Script] {
			seen[u.Script] = true
			units = append(units, u.Script)
		}
	}
	for _, s := range p.project.Scripts {
		if !seen[s] {
			others = append(others, s)
		}
	}
	return units, others
}

// startImported runs what code that runs imports within functions.
func (p *Program) startImported() {
	for n := 0; n < len(p.loaded); n++ {
		k := p.loaded[n]
		if !k.begun || k.lazily {
			continue
		}
		k.lazily = true
		script.WalkProgram(k.code.Program, func(x script.Node) bool {
			if spec := lazySpecifier(x); spec != nil {
				if l := p.link(k, spec.Value, x); l.module != nil && !l.module.begun {
					p.begin(l.module)
					n = -1 // what it imports may have been passed
				}
			}
			return true
		})
	}
}

// lazySpecifier is the specifier of require('x'), require.async('x') or import('x'); nil of what is none of these.
func lazySpecifier(x script.Node) *script.String {
	var args []script.Expr
	switch x := x.(type) {
	case *script.ImportCall:
		args = []script.Expr{x.X}
	case *script.Call:
		callee := x.Callee
		if m, ok := callee.(*script.Member); ok {
			callee = m.Object
		}
		if id, ok := callee.(*script.Ident); ok && id.Name == "require" {
			args = x.Args
		}
	}
	if len(args) == 0 {
		return nil
	}
	spec, _ := args[0].(*script.String)
	return spec
}

// mayBeImported reports whether a specifier that leads nowhere may mean a file which no code that runs is known to import. The files of others run only
// if they are imported.
func (p *Program) mayBeImported(s *miniprogram.Script) bool {
	return s.UnresolvedImport != "" || p.project.App == nil || p.project.App.Script == nil
}

// importsByPattern reports whether some script may import others by a pattern.
func (p *Program) importsByPattern() bool {
	for _, words := range [][]string{{"require", "context"}, {"import", "meta", "glob"}, {"import", "meta", "globEager"}} {
		if p.project.NamedInOtherScripts(func(*miniprogram.Script) bool { return false }, words...) {
			return true
		}
	}
	return false
}
