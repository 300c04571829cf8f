package flow

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// frameworkEntries lists the entry points that a framework's code makes: hooks, and handlers in its templates.
func (a *analysis) frameworkEntries(u *miniprogram.Unit, i *instance, starts []start) []*entry {
	return nil
}

// jsx evaluates an element.
func (m *machine) jsx(p *program, e *env, x *script.JSX) value {
	if x.Type != nil {
		m.eval(p, e, x.Type)
	}
	if x.Props != nil {
		m.eval(p, e, x.Props)
	}
	for _, c := range x.Children {
		m.eval(p, e, c)
	}
	return m.unknown(nil)
}

// specialCall evaluates calls that are more than calls.
func (m *machine) specialCall(p *program, e *env, f value, x *script.Call, fr *frame) (value, bool) {
	return undefined, false
}
