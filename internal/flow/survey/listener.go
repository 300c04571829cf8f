package survey

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Listeners for what happens in a call: where they are added, how often that may be, and what removes them. By the text alone,
// since what adds a listener need not lie on a path to a call.

// membersChanged is the event by which a program learns that the other side has left.
const membersChanged = "onVoIPChatMembersChanged"

// listening looks at how the project listens to what happens in calls.
type listening struct {
	s        *Survey
	index    *mentionIndex
	files    []*File
	bound    map[*miniprogram.Unit]map[string]string // the events to which a template binds methods
	removers map[string][]*File                      // where offVoIP… is named
	named    map[string]bool
	unread   bool
	once     map[*script.Func]bool // see onlyOnce
}

// Listeners are the places that add a listener, in order; hears tells that something listens to hanging up, or may do so in a file that
// cannot be parsed.
func (s *Survey) Listeners() (out []*flow.Listener, hears bool) {
	l := &listening{
		s: s, once: map[*script.Func]bool{}, bound: map[*miniprogram.Unit]map[string]string{}, removers: map[string][]*File{}, named: map[string]bool{},
	}
	l.read()
	hears = l.named[membersChanged] || l.unread
	if len(l.named) == 0 {
		return nil, hears
	}
	l.index = indexMentions(l.files)
	for _, f := range l.files {
		walkAround(f, func(n script.Node, around []script.Node) {
			if name, at := listenerCall(f, n); name != "" {
				out = append(out, l.listener(name, at, mention{f, n, slices.Clone(around)}))
			}
		})
	}
	slices.SortStableFunc(out, func(x, y *flow.Listener) int {
		if x.Name.Before(y.Name) {
			return -1
		}
		return 1
	})
	return out, hears
}

// read gathers the files, with those that take no part but listen, and the names of listeners in them.
func (l *listening) read() {
	for _, s := range l.s.Project.Scripts {
		f := l.s.byScript[s]
		if s.Plugin {
			continue
		}
		if s.Names&miniprogram.NameListener != 0 && f == nil {
			syntax, err := l.s.parse.Parse(s.File, s.Text, s.Dialect)
			if s.Broken != nil || err != nil {
				l.unread = true
				continue
			}
			f = &File{Script: s, Syntax: syntax}
		}
		if f == nil {
			continue
		}
		l.files = append(l.files, f)
		if s.Names&miniprogram.NameListener == 0 {
			continue
		}
		script.WalkProgram(f.Syntax, func(n script.Node) bool {
			name := ""
			switch n := n.(type) {
			case *script.Member:
				name = n.Name
			case *script.Ident:
				name = n.Name
			case *script.String:
				name = n.Value
			case *script.Property:
				name = n.Name
			}
			switch {
			case strings.HasPrefix(name, "onVoIP"):
				l.named[name] = true
			case strings.HasPrefix(name, "offVoIP") && !slices.Contains(l.removers[name], f):
				l.removers[name] = append(l.removers[name], f)
			}
			return true
		})
	}
}

// listenerCall recognises wx.onVoIPChatMembersChanged(…), or a call of what was taken out of wx.
func listenerCall(p *File, n script.Node) (string, source.Span) {
	call, ok := n.(*script.Call)
	if !ok || len(call.Args) == 0 {
		return "", source.Span{}
	}
	x := call.Callee
	if c, ok := x.(*script.Chain); ok {
		x = c.X
	}
	switch x := x.(type) {
	case *script.Member:
		if _, own := x.Object.(*script.This); !own && strings.HasPrefix(x.Name, "onVoIP") {
			return x.Name, p.loc(x.NameLoc)
		}
	case *script.Ident:
		if strings.HasPrefix(x.Name, "onVoIP") {
			return x.Name, p.Span(x)
		}
	}
	return "", source.Span{}
}

// listener says of one place that adds a listener how often it does.
func (l *listening) listener(name string, at source.Span, m mention) *flow.Listener {
	out := &flow.Listener{API: name, Off: "off" + strings.TrimPrefix(name, "on"), Name: at}
	files := map[*File]bool{m.in: true}
	if root, ok := l.again(m, map[*script.Func]bool{}, files); ok && !l.onlyOnce(m) {
		out.Again, out.PerPage = root.step, root.perPage
	}
	for _, p := range l.removers[out.Off] {
		u := l.s.units[p.Script]
		out.Removed = out.Removed || files[p] || u == nil || u.Kind == miniprogram.AppUnit
	}
	return out
}

// recurrence is what runs a place again and again.
type recurrence struct {
	step    flow.Step
	perPage bool
}

// again finds what runs a place again and again, and false where nothing does as far as can be seen. Of several, one that runs
// more often than once a page is told first.
func (l *listening) again(m mention, seen map[*script.Func]bool, files map[*File]bool) (found recurrence, ok bool) {
	files[m.in] = true
	if len(functionsAround(m.around)) == 0 && m.in.Script.Setup {
		return l.setup(m)
	}
	for i := len(m.around) - 1; i >= 0; i-- {
		f, isFunc := m.around[i].(*script.Func)
		if !isFunc {
			continue
		}
		if seen[f] {
			return recurrence{}, false
		}
		seen[f] = true
		var outer script.Node
		if i > 0 {
			outer = m.around[i-1]
		}
		switch outer := outer.(type) {
		case *script.Property:
			if callbackNames[outer.Name] {
				continue // it runs after what is around it
			}
			return l.member(mention{m.in, m.node, m.around[:i]}, outer.Name, outer.KeyLoc, seen, files)
		case *script.ClassMember:
			return l.member(mention{m.in, m.node, m.around[:i]}, outer.Name, outer.KeyLoc, seen, files)
		case *script.Call:
			if outer.Callee == script.Expr(f) {
				continue
			}
			name := calleeName(outer)
			if _, life := l.s.life(name); life {
				return l.lifecycle(m.in, name, m.in.Span(outer.Callee))
			}
			continue
		case *script.New:
			continue // a promise's executor
		}
		return l.users(m, l.index.names[f], seen, files)
	}
	return recurrence{}, false
}

// callbackNames are the properties whose functions run when what they are given to has ended.
var callbackNames = map[string]bool{"success": true, "fail": true, "complete": true}

// setup is the top level of a component's setup: it runs for each page that is opened.
func (l *listening) setup(m mention) (recurrence, bool) {
	u := l.s.units[m.in.Script]
	if u == nil || u.Kind == miniprogram.AppUnit {
		return recurrence{}, false
	}
	return recurrence{step: flow.Step{Kind: flow.StepLifecycle, Name: "setup", At: m.in.Span(m.node)}, perPage: true}, true
}

// member is a property or method by that name of an object or class: a lifecycle function, a handler, or what others call.
func (l *listening) member(m mention, name string, key script.Loc, seen map[*script.Func]bool, files map[*File]bool) (recurrence, bool) {
	if _, life := l.s.life(name); life || name == "show" && inside(m.around, "pageLifetimes") {
		return l.lifecycle(m.in, name, m.in.loc(key))
	}
	if strings.HasPrefix(name, "on") && len(name) > 2 && insideJSX(m.around) {
		return recurrence{step: flow.Step{Kind: flow.StepHandler, Name: name, At: m.in.loc(key)}}, true
	}
	if event := l.event(l.s.units[m.in.Script], name); event != "" {
		return recurrence{step: flow.Step{Kind: flow.StepHandler, Name: name, Detail: event, At: m.in.loc(key)}}, true
	}
	return l.users(m, name, seen, files)
}

// lifecycle is a lifecycle function of the unit in whose script it stands.
func (l *listening) lifecycle(p *File, name string, at source.Span) (recurrence, bool) {
	u := l.s.units[p.Script]
	once, _ := l.s.life(name)
	once = once || strings.HasSuffix(name, "Effect") // for most, when the page is made
	if once && (u == nil || u.Kind == miniprogram.AppUnit) {
		return recurrence{}, false
	}
	return recurrence{step: flow.Step{Kind: flow.StepLifecycle, Name: name, At: at}, perPage: once}, true
}

// users looks at who calls a function by its name, or hands it on.
func (l *listening) users(m mention, name string, seen map[*script.Func]bool, files map[*File]bool) (found recurrence, ok bool) {
	if name == "" {
		return recurrence{}, false
	}
	if event := l.event(l.s.units[m.in.Script], name); event != "" {
		return recurrence{step: flow.Step{Kind: flow.StepHandler, Name: name, Detail: event, At: m.in.Span(m.node)}}, true
	}
	for _, use := range l.index.uses[name] {
		if !l.sees(use.in, m.in) {
			continue
		}
		r, again := l.use(use, seen, files)
		if again && (!ok || found.perPage && !r.perPage) {
			found, ok = r, true
		}
	}
	return found, ok
}

// sees reports whether a name in one file may mean something of another: of itself, of a module that it names, of the app.
func (l *listening) sees(p, other *File) bool {
	u := l.s.units[other.Script]
	switch {
	case p == other || u != nil && u.Kind == miniprogram.AppUnit:
		return true
	case u != nil:
		return false
	}
	file := other.Script.File.Path
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if name == "index" {
		name = path.Base(path.Dir(file))
	}
	return bytes.Contains(p.Script.Text, []byte(name))
}

// inside reports whether the innermost object among nodes is the value of a property of that name.
func inside(around []script.Node, name string) bool {
	for i := len(around) - 1; i > 0; i-- {
		if _, ok := around[i].(*script.ObjectLit); ok {
			p, ok := around[i-1].(*script.Property)
			return ok && p.Name == name
		}
	}
	return false
}

// use is one place that names a function: a call of it, or what it is handed to.
func (l *listening) use(use mention, seen map[*script.Func]bool, files map[*File]bool) (recurrence, bool) {
	if use.called() != nil {
		return l.again(use, seen, files)
	}
	if len(use.around) == 0 {
		return recurrence{}, false
	}
	switch outer := use.around[len(use.around)-1].(type) {
	case *script.Property:
		if outer.Value != use.node {
			return recurrence{}, false
		}
		if callbackNames[outer.Name] {
			return l.again(use, seen, files)
		}
		if outer.Shorthand {
			return recurrence{}, false
		}
		return l.member(use, outer.Name, outer.KeyLoc, seen, files)
	case *script.Call:
		name := calleeName(outer)
		if _, life := l.s.life(name); life {
			return l.lifecycle(use.in, name, use.in.Span(outer.Callee))
		}
	}
	return recurrence{}, false
}

// event is the event to which a unit's template binds a method.
func (l *listening) event(u *miniprogram.Unit, method string) string {
	if u == nil || u.Template == nil || u.Kind == miniprogram.AppUnit {
		return ""
	}
	if l.bound[u] == nil {
		l.bound[u] = map[string]string{}
		for _, b := range u.Template.Bindings {
			handler := b.Handler
			if b.Inline != nil {
				handler = b.Callee
			}
			l.bound[u][handler] = b.Event
		}
	}
	return l.bound[u][method]
}

// insideJSX reports whether the innermost object is the attributes of an element.
func insideJSX(around []script.Node) bool {
	for i := len(around) - 1; i > 0; i-- {
		if _, ok := around[i].(*script.ObjectLit); ok {
			_, jsx := around[i-1].(*script.JSX)
			return jsx
		}
	}
	return false
}

// onlyOnce reports whether a flag lets a place run once: a test in the functions around it, of a name that the same functions
// set and that nothing in the file clears.
func (l *listening) onlyOnce(m mention) bool {
	functions := functionsAround(m.around)
	if len(functions) == 0 {
		return false
	}
	// The outermost one holds the others.
	once, known := l.once[functions[0]]
	if !known {
		once = runsOnce(m, functions[0])
		l.once[functions[0]] = once
	}
	return once
}

// runsOnce is onlyOnce for what stands in a function.
func runsOnce(m mention, f *script.Func) bool {
	tested, set, cleared := map[string]bool{}, map[string]bool{}, map[string]bool{}
	script.Walk(f, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.If:
			gatherNames(n.Test, tested)
		case *script.Logical:
			gatherNames(n.L, tested)
		case *script.Assign:
			if name := assigned(n); name != "" {
				set[name] = true
			}
		}
		return true
	})
	script.WalkProgram(m.in.Syntax, func(n script.Node) bool {
		if n, ok := n.(*script.Assign); ok && empties(n.Value) {
			cleared[assigned(n)] = true
		}
		return true
	})
	for name := range set {
		if tested[name] && !cleared[name] {
			return true
		}
	}
	return false
}

// gatherNames adds the names in an expression.
func gatherNames(x script.Node, into map[string]bool) {
	script.Walk(x, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Func:
			return false
		case *script.Ident:
			into[n.Name] = true
		case *script.Member:
			into[n.Name] = true
		}
		return true
	})
}

// assigned is the name of the variable or property that is assigned.
func assigned(n *script.Assign) string {
	switch target := n.Target.(type) {
	case *script.Ident:
		return target.Name
	case *script.Member:
		return target.Name
	}
	return ""
}

// empties tells of a value that takes a flag back.
func empties(x script.Expr) bool {
	switch x := x.(type) {
	case *script.Bool:
		return !x.Value
	case *script.Null:
		return true
	case *script.Ident:
		return x.Name == "undefined"
	}
	return false
}
