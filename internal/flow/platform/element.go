package platform

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Trees of elements, as a component returns them that says in code what it shows. An element is an object with the properties site, a text that names the
// place in the code which makes it, type and props. What preludes need of them is written here: a tree may have choices in it, of which only those are to
// be decided that lead to what is looked for.

// elementIntrinsics are the functions of preludes that have to do with elements.
func (p *Program) elementIntrinsics() map[string]exec.Run {
	return map[string]exec.Run{
		"functions": functionsOf,
		"callSite":  func(c *exec.Call) exec.Result { return exec.Done(value.Text(callSite(c.S))) },
		"within":    inContext,
		"made":      p.find,
		"parts":     p.parts,
		"enters":    p.enters,
		"registers": p.registering,
		"function":  func(c *exec.Call) exec.Result { return exec.Done(value.BoolOf(c.M.IsFunction(c.S, c.Arg(0)))) },
		"unknown":   p.unknown,
		"assigns":   func(c *exec.Call) exec.Result { return exec.Done(value.BoolOf(assigns(codeOf(c.S, c.Arg(0))))) },
		"wrapped":   p.unwrap,
		"open": func(c *exec.Call) exec.Result {
			c.S.Edit(c.Arg(0).ID()).Rest = p.input(c.M.Where(), "property", "").Term()
			return exec.Done(c.Arg(0))
		},
		"component": func(c *exec.Call) exec.Result { return exec.Done(value.BoolOf(isComponent(c.S, c.Arg(0)))) },
		"tag":       func(c *exec.Call) exec.Result { return exec.Done(value.Text(p.tag(c.Arg(0).Text()))) },
	}
}

// inContext calls a function in a context that has a name, wherever that is done: what it makes is named alike each time.
func inContext(c *exec.Call) exec.Result {
	c.M.At(nil, c.Arg(0).Text())
	return exec.Calls(c.Arg(1), value.Undef, c.Args[2:]...)
}

// functionsOf are those of some names that are functions of an object.
func functionsOf(c *exec.Call) exec.Result {
	var out []value.Value
	for _, name := range c.S.Obj(c.Arg(1).ID()).Elems {
		if v, ok := c.M.Get(c.S, c.Arg(0), value.Named(name.Text())); ok && c.M.IsFunction(c.S, v) {
			out = append(out, name)
		}
	}
	return exec.Done(c.M.Array(c.S, out))
}

// callSite names the instruction of the project's code that is being executed; "" where there is none.
func callSite(s *state.State) string {
	for n := len(s.Stack) - 1; n >= 0; n-- {
		if f := s.Stack[n]; !f.Code.Module.Prelude {
			return fmt.Sprintf("%d:%d:%d", f.Code.Module.Index, f.Code.ID, f.PC)
		}
	}
	return ""
}

// siteNode is what callSite has named: the node and its file.
func (p *Program) siteNode(site string) (script.Node, *source.File) {
	parts := strings.Split(site, ":")
	if len(parts) != 3 {
		return nil, nil
	}
	var n [3]int
	for k := range n {
		n[k], _ = strconv.Atoi(parts[k])
	}
	for code := range p.byCode {
		if code.Index != n[0] {
			continue
		}
		for _, f := range code.Funcs {
			if f.ID == n[1] && n[2] < len(f.Code) {
				return f.Code[n[2]].Node, code.Program.File
			}
		}
	}
	return nil, nil
}

// tag is the name of what an element is written as: Button of <Button>, <button> and <Taro.Button>.
func (p *Program) tag(site string) string {
	node, _ := p.siteNode(site)
	name := ""
	if x, ok := node.(*script.JSX); ok {
		switch t := x.Type.(type) {
		case *script.Ident:
			name = t.Name
		case *script.Member:
			name = t.Name
		case *script.String:
			name = t.Value
		}
	}
	return name
}

// propAt is the place of an element's property, or of the element.
func (p *Program) propAt(site, name string) source.Span {
	node, file := p.siteNode(site)
	if node == nil {
		return source.Span{}
	}
	r := node.Range()
	at := source.Span{File: file, Start: r.Start, End: r.End}
	x, ok := node.(*script.JSX)
	if !ok {
		return at
	}
	if o, ok := x.Props.(*script.ObjectLit); ok {
		for _, q := range o.Props {
			if q.Name == name {
				at.Start, at.End = q.KeyLoc.Start, q.KeyLoc.End
			}
		}
	}
	return at
}

// newElement makes an element of a type, properties and children. What shows an element that is no component is not known: it may call functions that are
// its children or that say how to render something, and gives a ref something.
func (p *Program) newElement(c *exec.Call) exec.Result {
	s, site := c.S, callSite(c.S)
	given, typ := &value.Obj{Proto: c.M.Realm.Object}, s.Resolve(c.Arg(0))
	switch props := s.Resolve(c.Arg(1)); {
	case props.IsObject():
		from := s.Obj(props.ID())
		for _, q := range from.Props.All() {
			given.Define(q)
		}
		given.Rest = from.Rest
	case props.Kind() == value.Open || props.Kind() == value.Choice:
		given.Rest = p.input(c.M.Where(), "properties", "object").Term()
	}
	if len(c.Args) == 3 {
		given.Define(value.Prop{Key: value.Named("children"), Value: c.Args[2]})
	} else if len(c.Args) > 3 {
		given.Define(value.Prop{Key: value.Named("children"), Value: c.M.Array(s, c.Args[2:])})
	}
	var ref value.Value
	if isComponent(s, typ) {
		usual := p.property(s, typ, "defaultProps")
		for n := 0; usual.IsObject() && n < len(s.Obj(usual.ID()).Props.All()); n++ {
			q := s.Obj(usual.ID()).Props.All()[n]
			if had := given.Props.Get(q.Key); had == nil || s.Resolve(had.Value) == value.Undef {
				given.Define(q)
			}
		}
	} else {
		for _, q := range given.Props.All() {
			switch name := q.Key.Name; {
			case name == "ref":
				ref = q.Value
			case (name == "children" || strings.HasPrefix(name, "render")) && q.Flags&value.Accessor == 0 && c.M.IsFunction(s, s.Resolve(q.Value)):
				called := &value.Obj{Proto: c.M.Realm.Object}
				called.Define(value.Prop{Key: value.Named("f"), Value: q.Value})
				q.Value = p.allocElement(c, site+"("+name+")", p.maker("called"), called)
				given.Define(q)
			}
		}
	}
	el := p.allocElement(c, site, typ, given)
	if ref != value.Undef {
		return exec.Calls(p.maker("referred"), value.Undef, el, ref)
	}
	return exec.Done(el)
}

func (p *Program) allocElement(c *exec.Call, site string, typ value.Value, props *value.Obj) value.Value {
	with := c.M.Alloc(c.S, props)
	return c.M.Object(c.S, value.Prop{Key: value.Named("site"), Value: value.Text(site)}, value.Prop{Key: value.Named("type"), Value: typ}, value.Prop{Key: value.Named("props"), Value: with})
}

// isComponent reports whether a type of elements is a component whose code is followed.
func isComponent(s *state.State, v value.Value) bool {
	if v = s.Resolve(v); !v.IsObject() {
		return false
	}
	o := s.Obj(v.ID())
	return o != nil && o.Variants == nil && o.Fn != nil && (o.Fn.Code != nil || o.Fn.Bound != nil)
}

// element are the parts of an element; ok is false for what is none.
func element(s *state.State, o *value.Obj) (site string, typ, props value.Value, ok bool) {
	at, t, with := o.Props.Get(value.Named("site")), o.Props.Get(value.Named("type")), o.Props.Get(value.Named("props"))
	if at == nil || t == nil || with == nil || at.Value.Kind() != value.String {
		return "", value.Undef, value.Undef, false
	}
	return at.Value.Text(), s.Resolve(t.Value), s.Resolve(with.Value), true
}

// deepestTree is how deep elements are looked for within each other.
const deepestTree = 200

// finder looks for an element in a tree.
type finder struct {
	p    *Program
	c    *exec.Call
	want string
	seen map[value.ID]bool
}

// find is the element with a site in a tree; undefined where the tree does not show it. Choices that lead to it are decided, others are not.
func (p *Program) find(c *exec.Call) exec.Result {
	f := &finder{p: p, c: c, want: c.Arg(1).Text()}
	v, split := f.look(c.Arg(0), 0)
	if split {
		return exec.Again()
	}
	return exec.Done(v)
}

// look looks in a value, and splits the state at the first choice that leads to what is wanted.
func (f *finder) look(v value.Value, depth int) (found value.Value, split bool) {
	s := f.c.S
	v = s.Resolve(v)
	if set := v.Set(); set != nil {
		f.seen = map[value.ID]bool{}
		if f.has(v, depth) {
			f.c.M.SplitOn(s, v)
			return value.Undef, true
		}
		return value.Undef, false
	}
	if !v.IsObject() || depth > deepestTree {
		return value.Undef, false
	}
	f.seen = map[value.ID]bool{}
	if !f.has(v, depth) {
		return value.Undef, false
	}
	o := s.Obj(v.ID())
	if o.Variants != nil {
		if !f.c.M.Whole(s, v) {
			return value.Undef, true
		}
		o = s.Obj(v.ID())
	}
	if site, _, _, ok := element(s, o); ok && site == f.want {
		return v, false
	}
	for _, x := range f.p.inside(f.c, o) {
		if found, split = f.look(x, depth+1); found != value.Undef || split {
			return found, split
		}
	}
	return value.Undef, false
}

// has reports whether an element with the site that is wanted may be in a value.
func (f *finder) has(v value.Value, depth int) bool {
	found := false
	f.p.walk(f.c, v, f.seen, depth, func(_ value.Value, site string, _, _ value.Value) { found = found || site == f.want })
	return found
}

// walk goes over all elements that may be in a value, but for those that components are given: these show them where they please.
func (p *Program) walk(c *exec.Call, v value.Value, seen map[value.ID]bool, depth int, visit func(v value.Value, site string, typ, props value.Value)) {
	s := c.S
	v = s.Resolve(v)
	if set := v.Set(); set != nil {
		for n, x := range set.Values {
			if s.Left(set.Root)&(1<<n) != 0 {
				p.walk(c, x, seen, depth, visit)
			}
		}
		return
	}
	if !v.IsObject() || seen[v.ID()] {
		return
	}
	if depth > deepestTree {
		p.Beyond = "shown-elements"
		return
	}
	seen[v.ID()] = true
	o := s.Obj(v.ID())
	if o == nil {
		return
	}
	objs := []*value.Obj{o}
	if o.Variants != nil {
		objs = o.Variants.Objs
	}
	for _, o := range objs {
		if site, typ, props, ok := element(s, o); ok {
			visit(v, site, typ, props)
		}
		for _, x := range p.inside(c, o) {
			p.walk(c, x, seen, depth+1, visit)
		}
	}
}

// inside are the values that may be elements in an array or an element.
func (p *Program) inside(c *exec.Call, o *value.Obj) []value.Value {
	s := c.S
	switch {
	case o.Class == value.ArrayObject:
		out := slices.Clone(o.Elems)
		if o.Rest != nil {
			out = append(out, c.M.Item(s, o.Rest, "element"))
		}
		return out
	case o.Class != value.PlainObject:
		return nil
	}
	_, typ, props, ok := element(s, o)
	if !ok || isComponent(s, typ) || !props.IsObject() {
		return nil
	}
	var out []value.Value
	for _, q := range s.Obj(props.ID()).Props.All() {
		if q.Flags&value.Accessor == 0 && q.Key.Sym == nil {
			out = append(out, q.Value)
		}
	}
	return out
}

// parts takes note of the handlers of a tree that was rendered: of the elements that are no components. It returns the sites of those that are.
func (p *Program) parts(c *exec.Call) exec.Result {
	unit, key := int(c.Arg(0).Num()), c.Arg(1).Text()
	var sites []value.Value
	had := map[string]bool{}
	p.walk(c, c.Arg(2), map[value.ID]bool{}, 0, func(v value.Value, site string, typ, props value.Value) {
		if isComponent(c.S, typ) {
			if had[site] || strings.Count("/"+key+"/", "/"+site+"/") >= mostRecurring {
				return
			}
			had[site] = true
			if !p.shows(c.S, typ, props) {
				return
			}
			if strings.Count(key, "/") >= deepestRoute {
				p.Beyond = "components"
				return
			}
			sites = append(sites, value.Text(site))
			return
		}
		if !props.IsObject() || unit < 0 {
			return
		}
		for _, q := range c.S.Obj(props.ID()).Props.All() {
			if name := q.Key.Name; q.Flags&value.Accessor == 0 && isEvent(name) {
				if fs := p.functionsIn(c.S, q.Value, 0); len(fs) > 0 {
					p.discover(unit, found{kind: "handler", event: name, route: key + "/" + site, what: value.Text(name), at: p.propAt(site, name)}, c.S, fs)
				}
			}
		}
	})
	return exec.Done(c.M.Array(c.S, sites))
}

// mostRecurring is how often an element is rendered within itself: what is deeper is taken to show what was shown. deepestRoute is how many components are
// rendered within each other.
const (
	mostRecurring = 3
	deepestRoute  = 96
)

func isEvent(name string) bool {
	return len(name) > 2 && strings.HasPrefix(name, "on") && name[2] >= 'A' && name[2] <= 'Z'
}

// functionsIn are the functions that a value may be.
func (p *Program) functionsIn(s *state.State, v value.Value, depth int) []value.Value {
	v = s.Resolve(v)
	if set := v.Set(); set != nil && depth <= deepest {
		var out []value.Value
		for n, x := range set.Values {
			if s.Left(set.Root)&(1<<n) != 0 {
				out = append(out, p.functionsIn(s, x, depth+1)...)
			}
		}
		return out
	}
	if p.machine.IsFunction(s, v) {
		return []value.Value{v}
	}
	return nil
}

// found is an entry point of a component that was rendered: what it does is said by a route to it and what is there.
type found struct {
	kind, name, event, route string
	what                     value.Value
	at                       source.Span
	// code are its functions that are written in the project; others tells that there are more.
	code   []*ir.Func
	others bool
}

// discover keeps an entry point that was found, once.
func (p *Program) discover(unit int, f found, s *state.State, funcs []value.Value) {
	for _, v := range funcs {
		code := codeOf(s, v)
		if code == nil || code.Module.Prelude {
			f.others = true
			continue
		}
		f.code = append(f.code, code)
		if f.name == "" {
			f.name = code.Name
		}
	}
	if f.name == "" {
		f.name = "handler"
	}
	for n := range p.discovered[unit] {
		o := &p.discovered[unit][n]
		if o.kind == f.kind && o.route == f.route && o.event == f.event && value.Same(o.what, f.what) {
			o.others = o.others || f.others
			for _, code := range f.code {
				if !slices.Contains(o.code, code) {
					o.code = append(o.code, code)
				}
			}
			return
		}
	}
	p.discovered[unit] = append(p.discovered[unit], f)
}

// codeOf is the code of a function; nil where it is not written in JavaScript.
func codeOf(s *state.State, v value.Value) *ir.Func {
	for v.IsObject() {
		o := s.Obj(v.ID())
		if o == nil || o.Fn == nil {
			return nil
		}
		if o.Fn.Bound == nil {
			return o.Fn.Code
		}
		v = o.Fn.Bound.Target
	}
	return nil
}

// enters takes note of an entry point that a component has registered: $$enters(unit, kind, name, f, site, route, what).
func (p *Program) enters(c *exec.Call) exec.Result {
	f := found{kind: c.Arg(1).Text(), name: c.Arg(2).Text(), route: c.Arg(5).Text(), what: c.Arg(6)}
	funcs := p.functionsIn(c.S, c.Arg(3), 0)
	if node, file := p.siteNode(c.Arg(4).Text()); node != nil {
		f.at = source.Span{File: file, Start: node.Range().Start, End: node.Range().Start + 1}
	} else if len(funcs) > 0 {
		if code := codeOf(c.S, funcs[0]); code != nil {
			f.at = placeOf(code)
		}
	}
	p.discover(int(c.Arg(0).Num()), f, c.S, funcs)
	return exec.Done(value.Undef)
}

// registering says that what runs until an instance is made registers only: requests that it makes are those of an entry point.
func (p *Program) registering(*exec.Call) exec.Result {
	p.dry = true
	return exec.Done(value.Undef)
}

// foundMatters reports whether an entry point that was found can matter.
func (p *Program) foundMatters(f *found) bool {
	return f.others || slices.ContainsFunc(f.code, p.codeMatters) || slices.ContainsFunc(f.code, p.sliced.Tells)
}

// foundOf lists the entry points of a unit that were found.
func (l *lister) foundOf(unit int, starts []Start) {
	p := l.p
	act := p.maker("act")
	for n := range p.discovered[unit] {
		f := &p.discovered[unit][n]
		b := beginning{kind: f.kind, name: f.name, event: f.event, run: act, starts: starts, at: f.at, found: f}
		b.args = func() []value.Value {
			return []value.Value{value.Num(float64(unit)), value.Text(f.route), f.what}
		}
		for k := 2; l.names[b.kind+" "+b.name]; k++ {
			b.name = f.name + " " + strconv.Itoa(k)
		}
		l.names[b.kind+" "+b.name] = true
		l.add(b)
	}
}

// unknown is a value of which nothing is known, because of what has a name.
func (p *Program) unknown(c *exec.Call) exec.Result {
	return exec.Done(p.unresolved(&link{at: p.calledAt(c.S)}, c.Arg(0).Text()))
}

// wraps notes that an unknown function was given a function, or what an unknown function has made of one, while the program starts: it may be one that wraps
// a component.
func (p *Program) wraps(c *exec.Call, out *value.Term) {
	for _, v := range c.Args {
		if v = c.S.Resolve(v); v.Kind() == value.Open {
			v = p.inWrapper[v.Term()]
		}
		if p.loading && isComponent(c.S, v) {
			p.inWrapper[out] = v
			return
		}
	}
}

// unwrap is the component that an unknown function has wrapped; undefined for the rest.
func (p *Program) unwrap(c *exec.Call) exec.Result {
	if v := c.Arg(0); v.Kind() == value.Open {
		return exec.Done(p.inWrapper[v.Term()])
	}
	return exec.Done(value.Undef)
}

// assigns reports whether functions within a function assign its variables: what one that was made at a time leaves there the others find.
func assigns(f *ir.Func) bool {
	if f == nil {
		return false
	}
	own := map[string]bool{}
	for n := range f.Code {
		if f.Code[n].Op == ir.InitEnv {
			own[f.Code[n].Name] = true
		}
	}
	for _, g := range f.Module.Funcs {
		within := false
		for at := g.Outer; at != nil && !within; at = at.Outer {
			within = at == f
		}
		if within && slices.ContainsFunc(g.Code, func(i ir.Instr) bool { return i.Op == ir.StoreEnv && own[i.Name] }) {
			return true
		}
	}
	return false
}
