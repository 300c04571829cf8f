package flow

// What an entry point may do to others, by the names in its code and in the code that those names lead to.

import (
	"bytes"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// index are the pieces of code that a name may stand for.
type index map[string][]piece

// isForeign reports whether a program is code that was made small or comes from elsewhere: its names say nothing, and it is looked at as a
// whole.
func (p *program) isForeign() bool {
	text := p.syntax.File.Text
	return p.bundle || len(text) > 20_000 && len(text) > 300*(1+bytes.Count(text, []byte("\n"))) || isPackageFile("/"+p.syntax.File.Path)
}

// whole stands for all of a program.
var whole script.Null

// add takes a program's names.
func (ix index) add(a *analysis, p *program) {
	foreign := p.isForeign()
	put := func(name string, n script.Node) {
		if foreign {
			if len(name) < 3 {
				return
			}
			n = &whole
		}
		if name != "" && n != nil {
			ix[name] = append(ix[name], piece{p, n})
		}
	}
	script.WalkProgram(p.syntax, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.FuncDecl:
			if n.Func.Name != nil {
				put(n.Func.Name.Name, n.Func)
			}
		case *script.ClassDecl:
			if n.Class.Name != nil {
				put(n.Class.Name.Name, n.Class)
			}
		case *script.Declarator:
			if !foreign {
				ix.declarator(a, p, n)
			}
		case *script.Property:
			if leadsOn(n.Value) {
				if n.Name != "" {
					put(n.Name, n.Value)
				} else if n.Computed != nil {
					put(computedName(n.Computed), n.Value)
				}
			}
		case *script.ClassMember:
			if n.Value != nil && n.Name != "constructor" {
				put(n.Name, n.Value)
			}
		case *script.Assign:
			if leadsOn(n.Value) {
				put(lastName(n.Target), n.Value)
			}
		case *script.Import:
			for _, name := range n.Names {
				if name.Imported != name.Local && name.Imported != "*" && name.Imported != "default" {
					put(name.Local, &script.Ident{Name: name.Imported})
				} else if name.Imported == "default" {
					ix.exported(a, p, name.Local, n.From)
				}
			}
		case *script.Export:
			for _, name := range n.Names {
				if name.Local != name.Exported && n.From == "" {
					put(name.Exported, &script.Ident{Name: name.Local})
				}
			}
		case *script.Call:
			for i, arg := range n.Args {
				s, ok := arg.(*script.String)
				for _, next := range n.Args[i+1:] {
					if ok && leadsOn(next) {
						put(s.Value, next) // what listens for an event
					}
				}
			}
		}
		return true
	})
}

// declarator takes the names of a declaration.
func (ix index) declarator(a *analysis, p *program, n *script.Declarator) {
	switch t := n.Target.(type) {
	case *script.Ident:
		if spec := requiredBy(n.Value); spec != "" {
			ix.exported(a, p, t.Name, spec)
		} else if leadsOn(n.Value) {
			ix[t.Name] = append(ix[t.Name], piece{p, n.Value})
		}
	case *script.ArrayLit:
		// The second of a pair that a hook returns sets the first.
		if _, call := n.Value.(*script.Call); call && len(t.Elems) > 1 {
			if id, ok := t.Elems[1].(*script.Ident); ok {
				ix[id.Name] = append(ix[id.Name], piece{p, &stateSetter})
			}
		}
	case *script.ObjectLit:
		for _, prop := range t.Props {
			for _, name := range names(prop.Value) {
				if name != prop.Name && prop.Name != "" {
					ix[name] = append(ix[name], piece{p, &script.Ident{Name: prop.Name}})
				}
			}
		}
	}
}

// stateSetter stands for a function that sets the state of a component.
var stateSetter script.Null

// exported makes a name stand for what a module exports as a whole.
func (ix index) exported(a *analysis, p *program, local, spec string) {
	q := a.programs[a.project.Resolve(p.script, spec).Script]
	if q == nil {
		return
	}
	for _, st := range q.syntax.Body {
		switch st := st.(type) {
		case *script.Export:
			if leadsOn(st.Default) {
				ix[local] = append(ix[local], piece{q, st.Default})
			}
		case *script.ExprStmt:
			if assign, ok := st.X.(*script.Assign); ok && lastName(assign.Target) == "exports" && leadsOn(assign.Value) {
				ix[local] = append(ix[local], piece{q, assign.Value})
			}
		}
	}
}

// leadsOn reports whether a value may be code, or the name of some.
func leadsOn(x script.Expr) bool {
	switch x := x.(type) {
	case nil, *script.String, *script.Template, *script.Number, *script.Bool, *script.Null, *script.RegExp, *script.Binary, *script.Unary, *script.Update, *script.This:
		return false
	case *script.ObjectLit:
		for _, prop := range x.Props {
			if leadsOn(prop.Value) {
				return true
			}
		}
		return false
	case *script.ArrayLit:
		for _, e := range x.Elems {
			if leadsOn(e) {
				return true
			}
		}
		return false
	}
	return true
}

// computedName is the name of a constant that is a key, anyName for any other key.
func computedName(x script.Expr) string {
	if name := lastName(x); name != "" {
		return name
	}
	return anyName
}

// footprint is what an entry point may do to others.
type footprint struct {
	// names are the identifiers, property names and short strings in its code, by their numbers; texts is what longer strings in it say.
	words *words
	names []uint64
	texts map[string]bool
	// assigns are the names of the places that it may write, by the program that writes.
	assigns map[*program]map[string]bool
	// files are the files that its own code comes by: its page's, and what that imports.
	files map[string]bool
	// blind tells that it runs code or writes places that no name tells.
	blind bool
	// raises, opens and keeps tell that it raises events, opens pages, and writes to the storage; unnamed that the name of the event or of
	// the key does not stand where it does.
	raises, opens, keeps, unnamed bool
}

// has reports whether a name stands in its code.
func (p *footprint) has(name string) bool {
	w, known := p.words.numbers[name]
	return known && p.holds(w)
}

func (p *footprint) holds(w int32) bool {
	return int(w/64) < len(p.names) && p.names[w/64]&(1<<(w%64)) != 0
}

// note notes that a name stands in its code, and reports whether that is new.
func (p *footprint) note(w int32) bool {
	if p.holds(w) {
		return false
	}
	for int(w/64) >= len(p.names) {
		p.names = append(p.names, make([]uint64, 1+len(p.words.list)/64-len(p.names))...)
	}
	p.names[w/64] |= 1 << (w % 64)
	return true
}

// path reports whether its code holds a text that may be the path of a page, or the start of it; from is where a relative one
// begins.
func (p *footprint) path(page string, from *miniprogram.Unit) bool {
	tail := page
	if folder, base := path.Split(page); folder != "" {
		tail = path.Join(path.Base(folder), base)
	}
	dir := ""
	if from != nil {
		dir = path.Dir(from.Path)
	}
	may := func(text string) bool {
		switch {
		case strings.Contains(text, tail):
			return true
		case strings.HasPrefix(text, "/"):
			return len(text) > 1 && strings.HasPrefix("/"+page, text)
		}
		text, _, _ = strings.Cut(text, "?")
		whole := path.Join(dir, text)
		return text != "" && (page == whole || strings.Contains(strings.Trim(text, "./"), "/") && strings.HasPrefix(page, whole))
	}
	for text := range p.texts {
		if may(text) {
			return true
		}
	}
	for w, text := range p.words.list {
		if p.holds(int32(w)) && may(text) {
			return true
		}
	}
	return false
}

// printKey finds a footprint again: that of a piece of code where it is a page's or a component's.
type printKey struct {
	node   script.Node
	script *miniprogram.Script
}

// direct is what one piece of code does by itself.
type direct struct {
	assigns []string
	texts   []string
	blind   bool
	unnamed bool
}

// tracing is a footprint in the making.
type tracing struct {
	slice *slice
	print *footprint
	own   map[*miniprogram.Script]bool
	seen  map[piece]bool
	queue []piece
	wide  bool // the code comes by the methods of other pages and components
}

// footprint finds what an entry point may do.
func (s *slice) footprint(e *entry) *footprint {
	key := printKey{script: e.script()}
	if len(e.code) == 1 {
		key.node = e.code[0].node
		if known := s.prints[key]; known != nil {
			return known
		}
	}
	t := &tracing{slice: s, own: map[*miniprogram.Script]bool{}}
	if from := e.script(); from != nil {
		for _, to := range s.a.closureOf(from) {
			t.own[to] = true
		}
	}
	for {
		wide := t.wide
		t.print = &footprint{words: t.slice.a.words, texts: map[string]bool{}, assigns: map[*program]map[string]bool{}, files: map[string]bool{}}
		for to := range t.own {
			t.print.files[to.File.Name] = true
		}
		t.seen, t.queue = map[piece]bool{}, nil
		for _, c := range e.code {
			t.visit(c)
		}
		for len(t.queue) > 0 {
			next := t.queue[0]
			t.queue = t.queue[1:]
			t.take(next)
		}
		if t.wide == wide {
			break
		}
	}
	if key.node != nil {
		s.prints[key] = t.print
	}
	return t.print
}

func (t *tracing) visit(p piece) {
	if !t.seen[p] {
		t.seen[p] = true
		t.queue = append(t.queue, p)
	}
}

// crossing are the names by which code comes by the methods of other pages and components.
var crossing = map[string]bool{
	"getCurrentPages": true, "selectComponent": true, "selectAllComponents": true, "selectOwnerComponent": true, "$parent": true, "$refs": true, "$children": true,
	"$root": true, "current": true,
}

// take adds what a piece of code does, and goes on to what its names stand for.
func (t *tracing) take(c piece) {
	if c.node == script.Node(&stateSetter) {
		t.assign(c.prog, "state")
		return
	}
	if c.node == script.Node(&whole) {
		for _, name := range t.slice.assignedIn(c.prog) {
			t.assign(c.prog, name)
		}
		return
	}
	d := t.slice.directOf(c)
	for _, name := range d.assigns {
		t.assign(c.prog, name)
	}
	for _, text := range d.texts {
		t.print.texts[text] = true
	}
	t.print.blind = t.print.blind || d.blind
	t.print.unnamed = t.print.unnamed || d.unnamed
	for _, w := range c.prog.info(c.node).words {
		t.word(w)
	}
}

func (t *tracing) assign(p *program, name string) {
	known := t.print.assigns[p]
	if known == nil {
		known = map[string]bool{}
		t.print.assigns[p] = known
	}
	known[name] = true
}

// meaning is what a name says, found once.
type meaning struct {
	raises, opens, keeps, crosses bool
	parts                         []int32
	pieces                        []piece
}

func (s *slice) meaningOf(w int32) *meaning {
	if known := s.meanings[w]; known != nil {
		return known
	}
	name := s.a.words.list[w]
	m := &meaning{raises: raising[name], opens: opening[name], keeps: keeping[name], crosses: crossing[name]}
	s.meanings[w] = m
	switch {
	case everywhere[name]:
	case !strings.HasPrefix(name, "/") && !strings.HasPrefix(name, ".") && strings.ContainsAny(name, "/."):
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '.' }) {
			m.parts = append(m.parts, s.a.words.number(part))
		}
	default:
		m.pieces = s.called[name]
	}
	return m
}

func (t *tracing) word(w int32) {
	if !t.print.note(w) {
		return
	}
	m := t.slice.meaningOf(w)
	t.wide = t.wide || m.crosses
	t.print.raises = t.print.raises || m.raises
	t.print.opens = t.print.opens || m.opens
	t.print.keeps = t.print.keeps || m.keeps
	for _, part := range m.parts {
		t.word(part)
	}
	for _, to := range m.pieces {
		if t.wide || t.own[to.prog.script] || !t.slice.isUnitCode(to.prog.script) {
			t.visit(to)
		}
	}
}

// isUnitCode reports whether a script is that of a page or component, which others come by in few ways only.
func (s *slice) isUnitCode(of *miniprogram.Script) bool {
	if s.unitCode == nil {
		s.unitCode = map[*miniprogram.Script]bool{}
		for _, u := range s.a.units() {
			if u.Script != nil && u.Kind != miniprogram.AppUnit {
				s.unitCode[u.Script] = true
			}
		}
	}
	return s.unitCode[of]
}

// isUnitFile is isUnitCode by the name of the file.
func (s *slice) isUnitFile(name string) bool {
	s.isUnitCode(nil)
	for of := range s.unitCode {
		if of.File.Name == name {
			return true
		}
	}
	return false
}

// raising, opening and keeping are the functions that raise events, open pages, and write to the storage.
var (
	raising = map[string]bool{"triggerEvent": true, "$emit": true, "emit": true, "trigger": true, "$broadcast": true, "$invoke": true, "dispatchEvent": true}
	opening = map[string]bool{"navigateTo": true, "redirectTo": true, "reLaunch": true, "switchTab": true}
	keeping = map[string]bool{
		"setStorageSync": true, "setStorage": true, "removeStorageSync": true, "removeStorage": true, "clearStorage": true, "clearStorageSync": true,
	}
)

// mutating are the methods that change what they are called on.
var mutating = map[string]bool{
	"push": true, "pop": true, "shift": true, "unshift": true, "splice": true, "sort": true, "reverse": true, "fill": true, "copyWithin": true, "set": true, "add": true,
	"delete": true, "clear": true, "$patch": true, "$reset": true, "$set": true, "$delete": true, "setState": true,
}

// directOf is what a piece of code does by itself, found once.
func (s *slice) directOf(c piece) *direct {
	if d := s.directs[c.node]; d != nil {
		return d
	}
	d := &direct{}
	s.directs[c.node] = d
	w := &program{assigned: map[string]bool{}, rebound: map[string]int{}}
	fresh := map[string]bool{} // lists that are made here
	script.Walk(c.node, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Declarator:
			switch n.Value.(type) {
			case *script.ArrayLit, *script.ObjectLit, *script.New:
				if id, ok := n.Target.(*script.Ident); ok {
					fresh[id.Name] = true
				}
			}
		case *script.Assign:
			w.noteTarget(n.Target)
		case *script.Update:
			w.noteTarget(n.X)
		case *script.ForIn:
			w.noteTarget(n.Target)
		case *script.Unary:
			if n.Op == "delete" {
				w.noteTarget(n.X)
			}
		case *script.Property:
			for _, part := range strings.FieldsFunc(n.Name, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
				w.assigned[part] = true
			}
			if n.Computed != nil {
				w.assigned[anyName] = true
			}
		case *script.String:
			if len(n.Value) >= 40 {
				d.texts = append(d.texts, n.Value)
			}
		case *script.Template:
			d.texts = append(d.texts, n.Quasis...)
		case *script.Call:
			s.directCall(w, d, n, fresh)
		}
		return true
	})
	d.assigns = sortedKeys(w.assigned)
	return d
}

// assignedIn are the names of all places that a program may write.
func (s *slice) assignedIn(p *program) []string {
	if known, ok := s.wholes[p]; ok {
		return known
	}
	p.assigns("", false)
	s.wholes[p] = sortedKeys(p.assigned)
	return s.wholes[p]
}

// directCall notes what a call may do that no name tells.
func (s *slice) directCall(w *program, d *direct, n *script.Call, fresh map[string]bool) {
	x := n.Callee
	if c, ok := x.(*script.Chain); ok {
		x = c.X
	}
	switch f := x.(type) {
	case *script.Ident:
		d.blind = d.blind || f.Name == "eval"
	case *script.Index:
		if _, ok := f.Key.(*script.String); !ok {
			d.blind = true
		}
	case *script.Member:
		switch {
		case (f.Name == "setData" || f.Name == "assign" || f.Name == "setState" || f.Name == "$patch" || f.Name == "defineProperty") && !written(n.Args):
			w.assigned[anyName] = true
		case mutating[f.Name]:
			if id, ok := f.Object.(*script.Ident); ok && fresh[id.Name] {
				break
			} else if ok {
				w.assigned[anyName] = true
			}
			w.assigned[lastName(f.Object)] = true
		}
		d.blind = d.blind || opening[f.Name] && !opensByText(n.Args)
		d.unnamed = d.unnamed || (raising[f.Name] || keeping[f.Name]) && !namesFirst(n.Args)
	}
}

// namesFirst reports whether the event or the key that a call names stands in it.
func namesFirst(args []script.Expr) bool {
	if len(args) == 0 {
		return false
	}
	switch x := args[0].(type) {
	case *script.String:
		return true
	case *script.ObjectLit:
		for _, prop := range x.Props {
			if _, ok := prop.Value.(*script.String); ok && prop.Name == "key" {
				return true
			}
		}
	}
	return false
}

// opensByText reports whether the path of the page that a navigation opens stands in the call.
func opensByText(args []script.Expr) bool {
	if len(args) == 0 {
		return true
	}
	o, ok := args[0].(*script.ObjectLit)
	if !ok {
		return false
	}
	for _, prop := range o.Props {
		if prop.Name == "url" {
			return len(startOf(prop.Value)) > 1
		}
	}
	return false
}

// startOf is the text with which a text begins that is put together.
func startOf(x script.Expr) string {
	switch x := x.(type) {
	case *script.String:
		return x.Value
	case *script.Template:
		return x.Quasis[0]
	case *script.Binary:
		if x.Op == "+" {
			return startOf(x.L)
		}
	}
	return ""
}
