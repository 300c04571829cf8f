package platform

import (
	"math"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Seen is what one entry point shows of a site.
type Seen struct {
	// Given are the options that calls there were given, each once.
	Given []*flow.Value
	// Asks are the scopes that an authorization there asks for.
	Asks Held
	// Enables and Disables tell what calls there ask for.
	Enables, Disables bool
	// Handled, Swallowed and Dropped tell what became of failures: one taken by code that does something, one by code that does nothing,
	// one that nothing waits for.
	Handled, Swallowed, Dropped bool
}

// mostGiven is how many options are kept of a site and an entry point: more of them say nothing new to a reader.
const mostGiven = 50

// seen is what the entry point that is being followed shows of a site.
func (p *Program) seen(s *Site) *Seen {
	if s.seen == nil {
		s.seen = map[string]*Seen{}
	}
	out := s.seen[p.entry]
	if out == nil {
		out = &Seen{}
		s.seen[p.entry] = out
	}
	return out
}

// Seen is what the entry points show of a site, in the order of their names.
func (s *Site) Seen() []*Seen {
	var out []*Seen
	for _, name := range sortedKeys(s.seen) {
		out = append(out, s.seen[name])
	}
	return out
}

// given keeps what a call is given.
func (p *Program) given(s *state.State, site *Site, options value.Value) {
	if options.Kind() == value.Open {
		return // nothing is known of it
	}
	v := p.picture(s, options, 0)
	if v.At.IsZero() {
		v.At = site.Name
	}
	seen := p.seen(site)
	if len(seen.Given) < mostGiven && !slices.ContainsFunc(seen.Given, func(o *flow.Value) bool { return samePicture(o, v) }) {
		seen.Given = append(seen.Given, v)
	}
}

// deepestPicture is how deep objects within options are told.
const deepestPicture = 4

// picture is what a reader is told of a value.
func (p *Program) picture(s *state.State, v value.Value, depth int) *flow.Value {
	switch v = s.Resolve(v); v.Kind() {
	case value.Undefined:
		return &flow.Value{Kind: flow.UndefinedValue}
	case value.Null:
		return &flow.Value{Kind: flow.NullValue}
	case value.Bool:
		return &flow.Value{Kind: flow.BoolValue, Bool: v.Bool()}
	case value.Number:
		return &flow.Value{Kind: flow.NumberValue, Num: v.Num()}
	case value.String:
		return &flow.Value{Kind: flow.StringValue, Str: v.Text()}
	case value.Object:
		return p.pictureOf(s, v, depth)
	case value.Open:
		return &flow.Value{Same: v.Term().ID()}
	case value.Choice:
		return p.pictureOfChoice(s, v, depth)
	}
	return &flow.Value{}
}

// pictureOfChoice is what the alternatives that are left have in common, with the constants among them.
func (p *Program) pictureOfChoice(s *state.State, v value.Value, depth int) *flow.Value {
	set := v.Set()
	left := s.Left(set.Root)
	out := &flow.Value{Same: math.MaxInt32 - set.Root.ID()}
	same, others := 0, false
	for n, x := range set.Values {
		if left&(1<<n) == 0 {
			continue
		}
		y := p.picture(s, x, depth+1)
		switch {
		case y.Kind == flow.UnknownValue && same == 0:
			same = y.Same
		case flow.UnknownValue < y.Kind && y.Kind <= flow.StringValue:
			out.Alts = append(out.Alts, y)
			others = others || !blank(y)
		default:
			others = true
		}
	}
	if same != 0 && !others {
		out.Same = same // a blank at first, and then always the same
	}
	return out
}

// blank tells of what a field begins with that is to be filled.
func blank(v *flow.Value) bool {
	return v.Kind == flow.UndefinedValue || v.Kind == flow.NullValue || v.Kind == flow.StringValue && v.Str == ""
}

func (p *Program) pictureOf(s *state.State, v value.Value, depth int) *flow.Value {
	o := s.Obj(v.ID())
	at, node := p.madeAt(v.ID())
	out := &flow.Value{Kind: flow.ObjectValue, At: at, Open: o.Rest != nil || o.Variants != nil}
	switch {
	case p.machine.IsFunction(s, v):
		out.Kind = flow.FuncValue
		return out
	case o.Class == value.ArrayObject:
		out.Kind = flow.ArrayValue
		return out
	case o.Class != value.PlainObject || depth > deepestPicture:
		return &flow.Value{At: at}
	}
	out.Open = out.Open || p.inherits(s, o)
	keys := p.keys(s, o, at, node)
	for _, q := range o.Props.All() {
		if q.Key.Sym != nil || q.Flags&value.Hidden != 0 {
			continue
		}
		prop := flow.Prop{Name: q.Key.Name, Key: at, Value: &flow.Value{}}
		if key, ok := keys[q.Key.Name]; ok {
			prop.Key = key
		}
		if q.Flags&(value.Accessor|value.Maybe) == 0 {
			prop.Value = p.picture(s, q.Value, depth+1)
		}
		if prop.Value.At.IsZero() {
			prop.Value.At = prop.Key
		}
		out.Props = append(out.Props, prop)
	}
	return out
}

// keys are where the code names the properties of an object: in the literal that it is, or in the constructor of its class.
func (p *Program) keys(s *state.State, o *value.Obj, at source.Span, node script.Node) map[string]source.Span {
	out := map[string]source.Span{}
	add := func(f *source.File, name string, l script.Loc) {
		if _, known := out[name]; !known {
			out[name] = source.Span{File: f, Start: l.Start, End: l.End}
		}
	}
	if lit, ok := node.(*script.ObjectLit); ok && at.File != nil {
		for _, q := range lit.Props {
			add(at.File, q.Name, q.KeyLoc)
		}
		return out
	}
	maker := s.Obj(p.property(s, o.Proto, "constructor").ID())
	if maker == nil || maker.Fn == nil || maker.Fn.Code == nil || maker.Fn.Code.Node == nil || maker.Fn.Code.Module.Prelude {
		return out
	}
	script.Walk(maker.Fn.Code.Node, func(n script.Node) bool {
		if x, ok := n.(*script.Assign); ok {
			if m, ok := x.Target.(*script.Member); ok {
				if _, this := m.Object.(*script.This); this {
					add(maker.Fn.Code.Module.Program.File, m.Name, m.NameLoc)
				}
			}
		}
		return true
	})
	return out
}

// inherits reports whether an object may have what its prototypes have besides methods.
func (p *Program) inherits(s *state.State, o *value.Obj) bool {
	for depth := 0; depth <= deepestPicture; depth++ {
		proto := s.Resolve(o.Proto)
		if proto == p.machine.Realm.Object || proto.Kind() == value.Null {
			return false
		}
		if !proto.IsObject() {
			return true
		}
		o = s.Obj(proto.ID())
		if o.Rest != nil || o.Variants != nil || o.Class != value.PlainObject {
			return true
		}
		for _, q := range o.Props.All() {
			if q.Flags&value.Accessor != 0 || !p.machine.IsFunction(s, s.Resolve(q.Value)) {
				return true
			}
		}
	}
	return true
}

// madeAt is where in the project's code an object is made, with what is written there.
func (p *Program) madeAt(id value.ID) (source.Span, script.Node) {
	at, ok := p.table.MadeAt(id)
	for n := 0; ok && at.Name == "before" && n < 2; n++ {
		at, ok = p.table.MadeAt(value.ID(at.PC))
	}
	if !ok {
		return source.Span{}, nil
	}
	return p.codeAt(at)
}

// codeAt is the piece of the project's code that an instruction was made of.
func (p *Program) codeAt(at value.At) (source.Span, script.Node) {
	for _, k := range p.loaded {
		if at.Name != "" && at.Name != "older" || k.code.Index != at.Module || at.Func >= len(k.code.Funcs) || at.PC >= len(k.code.Funcs[at.Func].Code) {
			continue
		}
		if node := k.code.Funcs[at.Func].Code[at.PC].Node; node != nil {
			r := node.Range()
			return source.Span{File: k.script.File, Start: r.Start, End: r.End}, node
		}
	}
	return source.Span{}, nil
}

func samePicture(a, b *flow.Value) bool {
	return a.Kind == b.Kind && a.At == b.At && a.Str == b.Str && (a.Num == b.Num || a.Num != a.Num && b.Num != b.Num) && a.Bool == b.Bool && a.Open == b.Open && a.Same == b.Same &&
		slices.EqualFunc(a.Alts, b.Alts, samePicture) && slices.EqualFunc(a.Props, b.Props, func(x, y flow.Prop) bool {
		return x.Name == y.Name && x.Key == y.Key && samePicture(x.Value, y.Value)
	})
}

// ScopesIn are the scopes in the value of the property at key.
func ScopesIn(v *flow.Value, key source.Span) []flow.ScopeUse {
	switch {
	case v.NeverAssigned || v.Kind == flow.UnknownValue:
		return nil
	case v.Kind != flow.StringValue:
		return []flow.ScopeUse{{At: key, Value: key, NotString: true}}
	}
	var out []flow.ScopeUse
	parts := strings.Split(v.Str, ",")
	for _, part := range parts {
		out = append(out, flow.ScopeUse{Name: strings.TrimSpace(part), At: key, Value: key, Combined: len(parts) > 1})
	}
	return out
}
