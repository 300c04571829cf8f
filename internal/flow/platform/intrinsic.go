package platform

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What prelude/page.js calls.

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// intrinsics are the functions of preludes that are written here, by name.
func (p *Program) intrinsics() map[string]any {
	out := map[string]any{
		"later": exec.Run(func(c *exec.Call) exec.Result {
			p.later(c, "callback", false, c.Arg(0))
			return exec.Done(value.Undef)
		}),
		"path": exec.Run(func(c *exec.Call) exec.Result { return exec.Done(p.path(c.S, c.Arg(0))) }),
		"input": exec.Run(func(c *exec.Call) exec.Result {
			return exec.Done(p.input(c.M.Where(), c.Arg(0).Text(), c.Arg(1).Text()))
		}),
		"handed":     exec.Run(p.handed),
		"handedOver": exec.Run(p.handedOver),
		"opened": exec.Run(func(c *exec.Call) exec.Result {
			p.opened[c.Arg(0).Text()] = true
			return exec.Done(value.Undef)
		}),
		"ungated":  exec.Run(func(c *exec.Call) exec.Result { return exec.Done(value.BoolOf(p.ungated[c.Arg(0).Text()])) }),
		"trigger":  exec.Run(p.trigger),
		"raise":    exec.Run(p.raise),
		"selected": exec.Run(p.selected),
		"owner":    exec.Run(p.owner),
		"concerns": exec.Run(p.concerns),
		"site":     exec.Run(func(c *exec.Call) exec.Result { return exec.Done(value.Text(siteOf(c.S, c.Arg(0)))) }),
		"oneOf":    exec.Run(p.oneOf),
		"register": exec.Run(func(c *exec.Call) exec.Result {
			if c.Arg(0).Text() == "Behavior" {
				return exec.Done(p.behavior(c, c.Arg(1)))
			}
			return p.registers(c, c.Arg(0).Text(), c.Arg(1))
		}),
		"host":       exec.Run(p.host),
		"stage":      exec.Run(p.stage),
		"settingUp":  exec.Run(p.settingUp),
		"isSetUp":    exec.Run(p.isSetUp),
		"intercepts": exec.Run(p.intercepts),
		"vueVersion": exec.Run(func(*exec.Call) exec.Result { return exec.Done(value.Num(float64(p.project.VueVersion))) }),
		"life":       exec.Run(p.lifeNames),
		"definite":   exec.Raw(definite),
		"followed":   exec.Run(func(c *exec.Call) exec.Result { return exec.Done(value.BoolOf(c.Arg(0).Kind() != value.Open)) }),
		"platform":   exec.Run(func(c *exec.Call) exec.Result { return exec.Done(p.helpers[c.Arg(0).Text()]) }),
		"overwrites": exec.Run(p.overwrites),
		"doubt":      exec.Run(p.doubt),
		"package":    exec.Run(p.modelled),
		"reacts": exec.Run(func(*exec.Call) exec.Result {
			p.reacts = true
			return exec.Done(value.Undef)
		}),
		"vouch":   exec.Run(p.vouch),
		"vouched": exec.Run(p.vouchedBool),
	}
	for name, run := range p.elementIntrinsics() {
		out[name] = run
	}
	return out
}

// definite reports whether a value is one that is known, and not one of several.
func definite(c *exec.Call) exec.Result {
	return exec.Done(value.BoolOf(c.S.Resolve(c.Arg(0)).Kind() < value.Open))
}

// path is a key of setData as the names and indices that it leads through; undefined where it is a plain name, or not known.
func (p *Program) path(s *state.State, key value.Value) value.Value {
	if key.Kind() != value.String || !strings.ContainsAny(key.Text(), ".[") {
		return value.Undef
	}
	var parts []value.Value
	for part := range strings.SplitSeq(strings.ReplaceAll(key.Text(), "[", "."), ".") {
		part = strings.TrimSuffix(part, "]")
		if n, err := strconv.Atoi(part); err == nil {
			parts = append(parts, value.Num(float64(n)))
		} else if part != "" {
			parts = append(parts, value.Text(part))
		}
	}
	return p.machine.Array(s, parts)
}

// concerns reports whether a key of setData writes what an observer watches: the field itself, what it is a part of, or with ** what is a part of it.
func (p *Program) concerns(c *exec.Call) exec.Result {
	field, key := c.Arg(0).Text(), c.Arg(1)
	if key.Kind() != value.String {
		return exec.Done(p.machine.Table.Derived("concerns", field, "boolean", key))
	}
	field, all := strings.CutSuffix(field, "**")
	watched, written := segments(strings.TrimSuffix(field, ".")), segments(key.Text())
	n := min(len(watched), len(written))
	return exec.Done(value.BoolOf(slices.Equal(watched[:n], written[:n]) && (all || len(written) <= len(watched))))
}

func segments(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}

// siteOf names the code of a function.
func siteOf(s *state.State, f value.Value) string {
	for f.IsObject() {
		o := s.Obj(f.ID())
		if o == nil || o.Fn == nil {
			break
		}
		switch {
		case o.Fn.Bound != nil:
			f = o.Fn.Bound.Target
			continue
		case o.Fn.Code != nil:
			return fmt.Sprintf("%d:%d", o.Fn.Code.Module.Index, o.Fn.Code.ID)
		case o.Fn.Native != nil:
			return o.Fn.Native.Name
		}
		break
	}
	return ""
}

// oneOf is any of the elements of an array: which is not known. Undefined where there is none.
func (p *Program) oneOf(c *exec.Call) exec.Result {
	list := c.S.Obj(c.Arg(0).ID())
	if list == nil || len(list.Elems) == 0 {
		return exec.Done(value.Undef)
	}
	return c.Either(list.Elems...)
}

// modelled makes an object what a package exports that is known in part: of the rest nothing is.
func (p *Program) modelled(c *exec.Call) exec.Result {
	name := ""
	if f := c.S.Top(); f != nil {
		name = f.Code.Module.Program.File.Path
	}
	term := p.table.Term(nil, value.Term{Op: "given-up", Name: name, Cause: p.cause("", name, source.Span{})})
	c.S.Edit(c.Arg(0).ID()).Rest = term
	return exec.Done(c.Arg(0))
}

// overwrites makes all fields of an object ones that may have been written, where nobody knows which are: setData of what a server sent.
func (p *Program) overwrites(c *exec.Call) exec.Result {
	data, patch := c.Arg(0), c.Arg(1)
	unknown := patch.Kind() == value.Open
	if patch.IsObject() {
		unknown = c.S.Obj(patch.ID()).Rest != nil
	}
	if !unknown || !data.IsObject() {
		return exec.Done(value.Undef)
	}
	cause := p.causeOf(value.Cause{Kind: Handed, Name: "this.setData", At: p.calledAt(c.S)})
	for _, q := range c.S.Obj(data.ID()).Props.All() {
		if q.Flags&value.Accessor == 0 && !c.M.IsFunction(c.S, c.S.Resolve(q.Value)) {
			q.Value = c.M.OneOf(c.S, "setData "+q.Key.Name, []value.Value{q.Value, value.OpenOf(p.table.Term(nil, value.Term{Op: "input", Name: q.Key.Name, Cause: cause}))})
			c.S.Edit(data.ID()).Define(q)
		}
	}
	return exec.Done(value.Undef)
}
