package reading

// The app configuration that is written as code, whatever the framework.

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/evaluation"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// ConfigureFromCode takes the configuration that a module's code yields.
func (p *Project) ConfigureFromCode(m *evaluation.Module, value func() *configuration.Value) {
	if m == nil || m.Err != nil {
		NoteInvalidCode(&p.Config, m)
		p.Outline.Open = true
		return
	}
	s := value()
	p.Config.Readable = true
	p.Config.Faults = append(p.Config.Faults, duplicatesOf(m.Program, s)...)
	p.ConfigureFrom(s)
}

// duplicatesOf are the keys that the object has twice where it is written.
func duplicatesOf(program *script.Program, s *configuration.Value) []miniprogram.ConfigFault {
	var out []miniprogram.ConfigFault
	seen := map[string]bool{}
	for _, e := range s.Entries {
		inside := e.KeyAt.File == program.File && s.At.Start <= e.KeyAt.Start && e.KeyAt.End <= s.At.End
		if inside && seen[e.Key] {
			out = append(out, miniprogram.ConfigFault{Kind: miniprogram.FaultDuplicateKey, At: e.KeyAt, Detail: e.Key})
		}
		seen[e.Key] = seen[e.Key] || inside
	}
	return out
}

// ConfigureFrom fills in what an app configuration says; nil is one that cannot be read.
func (p *Project) ConfigureFrom(s *configuration.Value) {
	if s == nil {
		p.Outline.Open = true
		return
	}
	configuration.FillPermissions(&p.Config, s)
	p.Config.Written.Lists = s.PageLists()
	p.Outline = configuration.OutlineOf(s)
}

// ConfigureFromClass takes the property "config" of the class that a module exports.
func (p *Project) ConfigureFromClass(code *miniprogram.Script) {
	e := p.NewEvaluator()
	m := evaluation.NewModule(code)
	p.ConfigureFromCode(m, func() *configuration.Value {
		for _, s := range m.Program.Body {
			if config := classConfig(s); config != nil {
				return e.Value(m, config)
			}
		}
		return &configuration.Value{At: source.Span{File: code.File}}
	})
}

func classConfig(s script.Stmt) script.Expr {
	var class *script.Class
	switch s := s.(type) {
	case *script.ClassDecl:
		class = s.Class
	case *script.Export:
		class, _ = s.Default.(*script.Class)
		if d, ok := s.Decl.(*script.ClassDecl); ok {
			class = d.Class
		}
	}
	if class == nil {
		return nil
	}
	for _, member := range class.Members {
		if member.Name == "config" && member.Value != nil {
			return member.Value
		}
	}
	return nil
}

// NoteInvalidCode notes that a configuration module cannot be parsed.
func NoteInvalidCode(c *miniprogram.AppConfig, m *evaluation.Module) {
	if m != nil {
		c.Faults = append(c.Faults, miniprogram.ConfigFault{Kind: miniprogram.FaultInvalid, At: m.Err.At, Detail: m.Err.Why})
	}
}
