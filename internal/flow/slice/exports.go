package slice

import "github.com/voipcheck/voipcheck/internal/flow/ir"

// exports reads what the names are of what a module exports.
func (s *Slice) exports(m *ir.Module) {
	for _, e := range m.Exports {
		if e.Name != "" {
			s.alias(element+"*", s.exported(m, e.Name))
		}
		switch {
		case e.Name == "":
		case e.Import > 0:
			s.alias(s.exported(m, e.Name), importedAs(m.Imports[e.Import-1]))
		case e.From != "":
			s.alias(s.exported(m, e.Name), importedAs(ir.Import{From: e.From, Imported: e.Imported}))
		case e.Slot < len(m.Names):
			s.alias(s.exported(m, e.Name), m.Names[e.Slot])
		}
	}
	for _, i := range m.Imports {
		s.alias(i.Local, importedAs(i))
	}
}

// exported is the name of an export.
func (s *Slice) exported(m *ir.Module, name string) string {
	if name == "default" && s.o.Path != nil {
		return defaultOf(s.o.Path(m))
	}
	return name
}
