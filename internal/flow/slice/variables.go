package slice

import (
	"fmt"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// Variables that functions capture. Those of a module's top level go by their own name, as templates know them by it; those of a function have a name
// that tells them from the ones of others and from properties.

// declare finds the variables that a function declares.
func (s *Slice) declare(f *ir.Func) {
	if f.Outer == nil {
		return
	}
	for n := range f.Code {
		i := &f.Code[n]
		if i.Op != ir.PushEnv {
			continue
		}
		names, _ := i.Const.([]string)
		for _, name := range names {
			if s.declared[f] == nil {
				s.declared[f] = map[string]string{}
			}
			s.declared[f][name] = fmt.Sprintf("%s@%d.%d", name, f.Module.Index, f.ID)
		}
	}
}

// variable is the name of a variable that a function reads or writes.
func (s *Slice) variable(f *ir.Func, name string) string {
	for g := f; g != nil; g = g.Outer {
		if own, ok := s.declared[g][name]; ok {
			return own
		}
	}
	return name
}

// plain is the name of a variable as it is written.
func plain(name string) string {
	if at := strings.LastIndexByte(name, '@'); at > 0 {
		return name[:at]
	}
	return name
}

// findThis finds the variables that hold this and nothing else: const that = this.
func (s *Slice) findThis(f *ir.Func, others map[string]bool) {
	holds := map[ir.Reg]bool{}
	for n := range f.Code {
		i := &f.Code[n]
		if f.Joins[n] {
			clear(holds)
		}
		switch i.Op {
		case ir.InitEnv, ir.StoreEnv:
			if name := s.variable(f, i.Name); holds[i.A] {
				s.these[name] = true
			} else {
				others[name] = true
			}
		}
		if i.Dst != ir.None {
			holds[i.Dst] = i.Op == ir.This || i.Op == ir.Move && holds[i.A]
		}
	}
}

// findMethods finds the methods that a module of instances defines: there this.name is the module's own.
func (s *Slice) findMethods(m *ir.Module) {
	own := map[string]bool{}
	for _, f := range m.Funcs {
		made := map[ir.Reg]bool{}
		for n := range f.Code {
			i := &f.Code[n]
			if i.Op == ir.Define && i.Name != "" && made[i.C] {
				own[i.Name] = true
			}
			if i.Dst != ir.None {
				made[i.Dst] = i.Op == ir.Closure
			}
		}
	}
	s.methods[m] = own
}

// own is the name of what a module's own method goes under besides the one that it has, "" where there is none.
func (s *Slice) own(m *ir.Module, name string) string {
	if !s.methods[m][name] {
		return ""
	}
	return fmt.Sprintf("%s@%d", name, m.Index)
}

// define finds the names of the methods that a function defines.
func (s *Slice) define(f *ir.Func) {
	for n := range f.Code {
		if i := &f.Code[n]; i.Op == ir.Define && i.Name != "" || i.Op == ir.Set {
			s.defined[i.Name] = true
		}
	}
}

// importedAs is the name of what an import leads to. What modules export by default has a name by their file.
func importedAs(i ir.Import) string {
	if i.Imported == "default" {
		return defaultOf(i.From)
	}
	return i.Imported
}

// defaultOf is the name of what the module exports by default that a specifier, or a file's path, leads to.
func defaultOf(file string) string {
	file = strings.TrimSuffix(file, path.Ext(file))
	base := path.Base(file)
	if base == "index" {
		base = path.Base(path.Dir(file))
	}
	return "default " + base
}

// ofInstance is the name of a method that a module calls on this by a name that is computed.
func (s *Slice) ofInstance(m *ir.Module) string {
	if s.methods[m] == nil {
		return element + "this"
	}
	return fmt.Sprintf("%sthis@%d", element, m.Index)
}
