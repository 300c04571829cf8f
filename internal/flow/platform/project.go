package platform

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What others may know of the project that was loaded.

// Hosts are the global names of the objects that hold the platform's functions.
func (p *Program) Hosts() map[string]bool {
	out := map[string]bool{"wx": true}
	if p.framework != nil {
		for _, name := range p.framework.Hosts {
			out[name] = true
		}
	}
	return out
}

// Reported are the functions whose calls are looked for in what is written.
var Reported = []string{"authorize", "setEnable1v1Chat", "join1v1Chat"}

// once are the lifecycle functions that run once for each instance.
var once = map[string]bool{"onLaunch": true, "created": true, "attached": true, "onLoad": true, "onReady": true, "ready": true}

// Life tells of a name whether it is that of a lifecycle function, and of one whether it runs once for each instance.
func (p *Program) Life(name string) (runsOnce, ok bool) {
	if p.framework != nil {
		for _, list := range p.framework.Life {
			for _, s := range list {
				if s.Name == name {
					return s.Once, true
				}
			}
		}
	}
	return once[name], contains(appLife, name) || contains(pageLife, name) || contains(componentLife, name)
}

// Source is a file of the project as it was parsed.
type Source struct {
	Script *miniprogram.Script
	Syntax *script.Program
}

// Project is what was loaded.
func (p *Program) Project() *miniprogram.Project { return p.project }

// Code are the files that were loaded, in the order of their paths.
func (p *Program) Code() []Source {
	var out []Source
	for _, k := range p.loaded {
		out = append(out, Source{k.script, k.code.Program})
	}
	slices.SortStableFunc(out, func(a, b Source) int {
		if a.Script.File.Path < b.Script.File.Path {
			return -1
		}
		return 1
	})
	return out
}

// Units are the units of the project that have an instance.
func (p *Program) Units() []*miniprogram.Unit {
	var out []*miniprogram.Unit
	for _, u := range p.allUnits() {
		if p.units[u] != nil {
			out = append(out, u)
		}
	}
	return out
}

// Methods are the names of a unit's methods, to which events can be bound; open tells that there may be more.
func (p *Program) Methods(u *miniprogram.Unit) (names []string, open bool) {
	i := p.units[u]
	if i == nil {
		return nil, false
	}
	o := p.base.Obj(i.object.ID())
	for _, q := range o.Props.All() {
		// What is computed, or handed over by others, may be a function.
		if q.Key.Sym == nil && (q.Flags&value.Accessor != 0 || p.method(i, q.Key.Name) != value.Undef) {
			names = append(names, q.Key.Name)
		}
	}
	if p.left != nil {
		for _, q := range p.left.Obj(i.object.ID()).Props.All() {
			if q.Key.Sym == nil && !slices.Contains(names, q.Key.Name) && p.added(i, q.Key.Name) != value.Undef {
				names = append(names, q.Key.Name)
			}
		}
	}
	return names, o.Rest != nil || i.open
}

// Importers are the units that import a script, however deep.
func (p *Program) Importers(s *miniprogram.Script) []*miniprogram.Unit {
	var out []*miniprogram.Unit
	for _, u := range p.allUnits() {
		if u.Script != nil && p.leadsTo(u.Script, s) {
			out = append(out, u)
		}
	}
	return out
}

// leadsTo reports whether a script imports another, or is it.
func (p *Program) leadsTo(from, to *miniprogram.Script) bool {
	seen := map[*miniprogram.Script]bool{from: true}
	for todo := []*miniprogram.Script{from}; len(todo) > 0; todo = todo[1:] {
		k := p.modules[todo[0]]
		if k == nil {
			continue
		}
		for _, l := range k.links {
			if l.module != nil && !seen[l.module.script] {
				seen[l.module.script] = true
				todo = append(todo, l.module.script)
			}
		}
	}
	return seen[to]
}

// ScriptOf is the script that a file was loaded from, nil for others.
func (p *Program) ScriptOf(f *source.File) *miniprogram.Script {
	for _, k := range p.loaded {
		if k.script.File == f {
			return k.script
		}
	}
	return nil
}

// UnitOf is the unit whose code an entry point is, by its name; nil for what runs while the program starts.
func (p *Program) UnitOf(entry string) *miniprogram.Unit {
	path, _, _ := strings.Cut(entry, " ")
	for _, u := range p.Units() {
		if u.Path == path {
			return u
		}
	}
	return nil
}

// Unseen reports whether a call was of something that is not known.
func (p *Program) Unseen(call script.Node) bool { return p.unseen[call] }

// Unshown reports whether what an entry point is bound to is never shown, as far as was followed.
func (p *Program) Unshown(entry string) bool { return p.ungated[entry] }

// MethodOf is the name of the function that an entry point begins with, for a reader.
func (p *Program) MethodOf(entry string) string {
	if parts := strings.SplitN(entry, " ", 3); len(parts) == 3 {
		return parts[2]
	}
	return entry
}
