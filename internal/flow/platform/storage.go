package platform

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// The storage is an object that no code sees, with a property for each key.

// stored is getStorageSync.
func (p *Program) stored(c *exec.Call) exec.Result { return exec.Done(p.storedAt(c.S, c.Arg(0))) }

// storedAt is what is found under a key: where nothing in the project writes it, nothing; where something does, that may be found, or nothing.
func (p *Program) storedAt(s *state.State, key value.Value) value.Value {
	if key.Kind() != value.String {
		return p.input(p.machine.Where(), "storage", "")
	}
	q := s.Obj(p.storage).Props.Get(value.Named(key.Text()))
	if q == nil {
		return value.OpenOf(p.table.Term(nil, value.Term{Op: value.Nothing, Name: "storage " + key.Text(), Type: "string"}))
	}
	v := s.Resolve(q.Value)
	switch v.Kind() {
	case value.Absent:
		return value.Text("")
	case value.Choice:
		vals := slices.Clone(v.Set().Values)
		for n := range vals {
			if vals[n].Kind() == value.Absent {
				vals[n] = value.Text("")
			}
		}
		return value.ChoiceOf(v.Set().Root, vals)
	}
	return v
}

// store is setStorageSync.
func (p *Program) store(c *exec.Call) exec.Result {
	p.keep(c.S, c.Arg(0), c.Arg(1))
	return exec.Done(value.Undef)
}

// unstore is removeStorageSync.
func (p *Program) unstore(c *exec.Call) exec.Result {
	p.keep(c.S, c.Arg(0), value.Text(""))
	return exec.Done(value.Undef)
}

func (p *Program) keep(s *state.State, key, v value.Value) {
	if key.Kind() == value.String {
		s.Edit(p.storage).Define(value.Prop{Key: value.Named(key.Text()), Value: v})
	}
}

// storeRequest is setStorage and removeStorage, which has no data.
func (p *Program) storeRequest(c *exec.Call, options value.Value) {
	v := p.property(c.S, options, "data")
	if v == value.Undef {
		v = value.Text("")
	}
	p.keep(c.S, p.property(c.S, options, "key"), v)
}

// storedResult is what getStorage hands over.
func (p *Program) storedResult(s *state.State, options value.Value) []value.Prop {
	return []value.Prop{{Key: value.Named("data"), Value: p.storedAt(s, p.property(s, options, "key"))}}
}
