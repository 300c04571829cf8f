package flow

// Which entry points have to be followed: those that can reach a call of the feature, and those that write a place which one
// that is followed reads, raise an event that it handles, or open its page. The rest sleeps. It is decided by names, without
// scopes: too large a set costs time, and never a verdict.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// piece is a piece of code with the program in which it stands.
type piece struct {
	prog *program
	node script.Node
}

// piecesOf are the pieces of code that some functions are; nil when one of them is not the project's code.
func piecesOf(functions ...value) []piece {
	var out []piece
	for _, f := range functions {
		for f.kind == kObject && f.obj.fn != nil && f.obj.fn.target != nil {
			for _, arg := range f.obj.fn.args {
				if arg.isFunction() {
					return nil
				}
			}
			f = ref(f.obj.fn.target)
		}
		if f.kind != kObject || f.obj.fn == nil || f.obj.fn.prog.prelude || f.obj.fn.prog.bundle {
			return nil
		}
		out = append(out, piece{f.obj.fn.prog, f.obj.fn.node})
	}
	return out
}

// slice is what is known of which entry points matter.
type slice struct {
	a *analysis
	// calls are the names that lead to a call of the feature, grants those that lead to what may show a grant.
	calls, grants *relevance
	// asks are the names that lead to an authorization.
	asks     *relevance
	programs int // how many programs both have been grown over, and are in called

	awake    map[string]bool // entry points that were found to matter, by their keys
	asleep   []*sleeper      // those of this pass that were not
	prints   map[printKey]*footprint
	asked    map[question]bool
	called   index
	directs  map[script.Node]*direct
	unitCode map[*miniprogram.Script]bool
	nearTo   map[*miniprogram.Script][]*source.File
	holders  map[*source.File]map[int]string
	wholes   map[*program][]string
	meanings map[int32]*meaning
	opened   map[*miniprogram.Unit]int // in which pass it was last asked who opens a page
	tried    map[*miniprogram.Unit]int // and how many were woken at most
	complete bool                      // all entry points are followed
}

// sleeper is an entry point that is not followed, with what it may do.
type sleeper struct {
	entry *entry
	print *footprint
}

// question is what was looked for among the sleepers.
type question struct {
	what, name string
	unit       *miniprogram.Unit
	file       string
}

func newSlice(a *analysis) *slice {
	s := &slice{
		a: a, calls: newRelevance(string(SetEnable), string(Join), "this[]"), grants: newRelevance(seedNames...), asks: newRelevance(string(Authorize)),
		awake: map[string]bool{}, prints: map[printKey]*footprint{}, asked: map[question]bool{}, called: index{}, directs: map[script.Node]*direct{}, holders: map[*source.File]map[int]string{}, opened: map[*miniprogram.Unit]int{}, tried: map[*miniprogram.Unit]int{}, wholes: map[*program][]string{},
	}
	for _, r := range []*relevance{s.calls, s.grants, s.asks} {
		r.deep, r.near = true, s.near
	}
	return s
}

// divide returns the entry points that are followed in this pass; the others are asleep.
func (s *slice) divide(entries []*entry) []*entry {
	s.grow()
	s.asleep, s.asked = nil, map[question]bool{}
	var out []*entry
	for _, e := range entries {
		e.beside = !s.leads(e)
		if s.complete || s.awake[e.key()] || !e.beside {
			out = append(out, e)
			continue
		}
		s.asleep = append(s.asleep, &sleeper{entry: e})
	}
	for n := 0; n < len(out); n++ { // who opens a page may begin where another one opens its own
		s.wakeFor(out[n])
		out = s.rouse(out)
	}
	followed := map[*entry]bool{}
	for _, e := range out {
		followed[e] = true
	}
	out = out[:0]
	for _, e := range entries {
		if followed[e] {
			out = append(out, e)
		}
	}
	return out
}

// more adds to the entry points that were followed in this pass those that were woken meanwhile.
func (s *slice) more(entries []*entry) []*entry {
	for n := len(entries); ; n++ {
		if entries = s.rouse(entries); n >= len(entries) {
			return entries
		}
		s.wakeFor(entries[n])
	}
}

// rouse moves the sleepers that were woken to those that are followed.
func (s *slice) rouse(out []*entry) []*entry {
	rest := s.asleep[:0]
	for _, sl := range s.asleep {
		if s.awake[sl.entry.key()] {
			out = append(out, sl.entry)
		} else {
			rest = append(rest, sl)
		}
	}
	s.asleep = rest
	return out
}

// grow takes programs that were loaded since.
func (s *slice) grow() {
	if s.programs == len(s.a.loadedAll) {
		return
	}
	for _, p := range s.a.loadedAll[s.programs:] {
		s.called.add(s.a, p)
	}
	s.programs = len(s.a.loadedAll)
	s.meanings = map[int32]*meaning{}
	s.prints, s.nearTo = map[printKey]*footprint{}, map[*miniprogram.Script][]*source.File{}
	for _, name := range s.a.words.list {
		if strings.Contains(name, "1v1Chat") {
			s.calls.names[name] = true // a part by which code may put the name of a call together
		}
	}
	for _, r := range []*relevance{s.calls, s.grants, s.asks} {
		for again := true; again; {
			r.growAll(s.a.loadedAll)
			again = s.spread(r)
		}
	}
}

// near are the files of which the code comes by the methods of the page or component of a file: its own, those that it imports, and
// those that import it.
func (s *slice) near(p *program) []*source.File {
	if p.script == nil || !s.isUnitCode(p.script) {
		return nil
	}
	if known := s.nearTo[p.script]; known != nil {
		return known
	}
	var out []*source.File
	for _, to := range s.a.closureOf(p.script) {
		out = append(out, to.File)
	}
	for from := range s.a.imports {
		for _, to := range s.a.closureOf(from) {
			if to == p.script && from != p.script {
				out = append(out, from.File)
			}
		}
	}
	s.nearTo[p.script] = out
	return out
}

// leads reports whether an entry point can reach a call of the feature, or cannot be seen.
func (s *slice) leads(e *entry) bool {
	if len(e.code) == 0 || e.built {
		return true
	}
	for _, c := range e.code {
		if s.calls.contains(c.prog, c.node) {
			return true
		}
	}
	return false
}

// mayAsk reports whether an entry point can reach an authorization.
func (s *slice) mayAsk(e *entry) bool {
	for _, c := range e.code {
		if s.asks.contains(c.prog, c.node) {
			return true
		}
	}
	return false
}

// mayGrant reports whether an entry point can reach what asks for an authorization or shows one.
func (s *slice) mayGrant(e *entry) bool {
	for _, c := range e.code {
		if s.grants.contains(c.prog, c.node) {
			return true
		}
	}
	return len(e.code) == 0
}

// wakeFor wakes who opens the page of an entry point that is followed, and who raises the event that it handles.
func (s *slice) wakeFor(e *entry) {
	if len(s.asleep) == 0 || e.unit == nil {
		return
	}
	if e.kind == StepHandler && e.detail != "" && !nativeEvents[e.detail] {
		s.wake(question{what: "event", name: e.detail})
		if t := e.unit.Template; t != nil {
			for _, b := range t.Bindings {
				if b.Event == e.detail && b.Component != nil {
					s.wake(question{what: "event", name: e.detail, unit: b.Component})
				}
			}
		}
	}
	s.wakeOpeners(e.unit)
	for _, user := range s.a.users[e.unit] {
		s.wakeOpeners(user)
	}
}

// wakeOpeners wakes who opens a page, where it matters how it is opened.
func (s *slice) wakeOpeners(u *miniprogram.Unit) {
	if u.Kind != miniprogram.PageUnit || u.First || u.Tab || !u.Registered {
		return
	}
	// Where it is known to be opened with nothing granted, it makes no difference who else opens it.
	for _, start := range s.a.leads[u.Path] {
		if start.ctx.facts&(factBoth|factEnabled) == 0 && start.ctx.maybe == nil {
			return
		}
	}
	// Who names it comes first, a few at a time; who may open any page comes last.
	if s.opened[u] == s.a.pass {
		return
	}
	s.opened[u] = s.a.pass
	s.tried[u] = max(fewOpeners, 4*s.tried[u])
	left := s.wakeFew(question{what: "page", name: u.Path}, s.tried[u])
	if left == s.tried[u] {
		s.wakeFew(question{what: "any page", name: u.Path}, s.tried[u])
	}
}

// fewOpeners is how many of those that open a page are followed at first: one that opens it with nothing granted is enough.
const fewOpeners = 4

// wakeFew wakes at most n sleepers that answer a question, and returns how many fewer there were.
func (s *slice) wakeFew(q question, n int) int {
	for _, sl := range s.asleep {
		if key := sl.entry.key(); n > 0 && !s.awake[key] && s.answers(sl, q) {
			s.awake[key] = true
			n--
		}
	}
	return n
}

// demand wakes who may write a place that is read.
func (s *slice) demand(c *cell) {
	if len(s.asleep) == 0 {
		s.a.now.unasked = true
		return
	}
	q := question{what: "place", name: c.name}
	if c.name == "" || strings.HasPrefix(c.name, "@@") || isIndex(c.name) {
		q.name = anyName
	}
	switch {
	case c.object == nil:
		q.what = "variable"
		if c.key.File != nil {
			q.file = c.key.File.Name
		}
	default:
		q.unit = ownerOf(c.object)
	}
	s.ask(q)
}

// ask wakes the sleepers that answer a question of the entry point being followed.
func (s *slice) ask(q question) {
	s.a.now.asked[q] = true
	s.wake(q)
}

// ownerOf is the unit whose own code alone comes by an object, as far as others do not look for pages and components; nil where that
// is not so: what a page holds may be what a module shares.
func ownerOf(o *object) *miniprogram.Unit {
	i := o.owner
	switch {
	case i == nil || i.unit == nil:
		return nil
	case o == i.object, o == i.data, i.unit.Script != nil && o.at.File == i.unit.Script.File:
		return i.unit
	}
	return nil
}

// demandAll wakes who may give an object that is read as a whole another property.
func (s *slice) demandAll(m *machine, o *object) {
	if !m.outlives(o) {
		return
	}
	s.a.whole(o)
	if len(s.asleep) == 0 {
		s.a.now.unasked = true
		return
	}
	if o.class != cPlain && o.class != cMap && o.class != cSet && o.class != cArray {
		return
	}
	q := question{what: "whole", unit: ownerOf(o)}
	if o.at.File != nil {
		q.file, q.name = o.at.File.Name, s.held(o.at)
	}
	s.ask(q)
}

// held is the name by which a program holds the object that it makes at a place; "" where that has none.
func (s *slice) held(at source.Span) string {
	known := s.holders[at.File]
	if known == nil {
		known = map[int]string{}
		s.holders[at.File] = known
		for _, p := range s.a.loadedAll {
			if p.syntax.File == at.File {
				script.WalkProgram(p.syntax, func(n script.Node) bool {
					switch n := n.(type) {
					case *script.Declarator:
						if n.Value != nil {
							known[n.Value.Range().Start] = lastName(n.Target)
						}
					case *script.Property:
						if n.Value != nil {
							known[n.Value.Range().Start] = n.Name
						}
					}
					return true
				})
			}
		}
	}
	return known[at.Start]
}

func isIndex(name string) bool {
	return name != "" && strings.Trim(name, "0123456789") == ""
}

// wake wakes the sleepers that answer a question.
func (s *slice) wake(q question) {
	if s.asked[q] {
		return
	}
	s.asked[q] = true
	for _, sl := range s.asleep {
		if key := sl.entry.key(); !s.awake[key] && s.answers(sl, q) {
			s.awake[key] = true
		}
	}
}

// answers reports whether a sleeper may do what is asked for.
func (s *slice) answers(sl *sleeper, q question) bool {
	u := sl.entry.unit
	if (q.what == "place" || q.what == "whole") && q.unit != nil && u != q.unit && u != nil && len(sl.entry.code) > 0 {
		// The fields of a page are its own code's, and that of who looks for pages or components.
		own := s.a.programs[u.Script]
		if own != nil && !s.crosses(sl) {
			return false
		}
	}
	if q.what == "event" && q.unit != u && (q.unit != nil || !s.mayBubble()) {
		return false
	}
	if sl.print == nil {
		sl.print = s.footprint(sl.entry)
	}
	p := sl.print
	switch q.what {
	case "event":
		if q.unit != u && (q.unit != nil || !s.bubbles(p)) {
			return false // it is another component's, and stays in it
		}
		return p.raises && (p.has(q.name) || p.unnamed || p.blind)
	case "bus":
		return p.raises && (p.has(q.name) || p.unnamed || p.blind || q.name == anyName)
	case "page":
		return p.opens && p.path(q.name, u)
	case "any page":
		return p.opens && (p.blind || p.path(q.name, u))
	case "storage":
		// Without a grant, what is kept shows nothing.
		return p.keeps && (p.has(q.name) || p.unnamed || p.blind) && (s.mayGrant(sl.entry) || startsKnowing(sl.entry))
	case "whole":
		return len(p.assigns) > 0 && (q.unit != nil || q.file == "" || p.files[q.file] || s.crosses(sl) || q.name != "" && !s.isUnitFile(q.file)) &&
			(q.name == "" || p.has(q.name) || p.blind)
	case "variable":
		for prog, names := range p.assigns {
			if (q.file == "" || prog.syntax.File.Name == q.file) && (names[q.name] || q.name == anyName && len(names) > 0) {
				return true
			}
		}
		return false
	}
	for _, names := range p.assigns {
		if names[q.name] || names[anyName] || q.name == anyName && len(names) > 0 {
			return true
		}
	}
	return p.blind
}

// bubbles reports whether the events that code raises may reach others than who uses the component.
func (s *slice) bubbles(p *footprint) bool {
	return s.a.project.Framework == miniprogram.Wepy || p.has("bubbles")
}

// mayBubble reports whether there are such events at all.
func (s *slice) mayBubble() bool {
	switch s.a.project.Framework {
	case miniprogram.UniApp, miniprogram.Taro:
		return false
	}
	return true
}

// startsKnowing reports whether an entry point may begin with something granted.
func startsKnowing(e *entry) bool {
	for _, start := range e.starts {
		if start.ctx.facts&(factBoth|factEnabled) != 0 || start.ctx.maybe != nil {
			return true
		}
	}
	return false
}

// crosses reports whether an entry point may come by the fields of other pages and components.
func (s *slice) crosses(sl *sleeper) bool {
	if sl.print == nil {
		sl.print = s.footprint(sl.entry)
	}
	for _, name := range []string{"getApp", "$page", "page"} {
		if sl.print.has(name) {
			return true
		}
	}
	for name := range crossing {
		if sl.print.has(name) {
			return true
		}
	}
	return sl.print.blind
}
