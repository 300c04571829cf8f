package miniprogram

// The value of a configuration that is written as code: object literals, spreads,
// constants and imports of such. Nothing is run; what would need it is unknown.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// evaluator evaluates expressions of configuration files.
type evaluator struct {
	p       *Project
	modules map[string]*configModule
	// known are the values of member chains: "process.env.TARO_ENV".
	known map[string]string
	// steps is how many more expressions are looked at: an end to what refers to itself.
	steps int
	depth int
	// root is the project's folder where paths count: in build configurations.
	root string
	// given are the parameters of the function that is evaluated.
	given map[string]*setting
}

func (p *Project) newEvaluator() *evaluator {
	return &evaluator{
		p: p, modules: map[string]*configModule{}, steps: 200_000,
		known: map[string]string{"process.env.TARO_ENV": "weapp", "process.env.NODE_ENV": "production", "__mpx_mode__": "wx"},
	}
}

// module parses a file of configuration code; nil when it cannot be read.
func (e *evaluator) module(name string) *configModule {
	if m, known := e.modules[name]; known {
		return m
	}
	e.modules[name] = nil
	file, err := e.p.disk.file(name, e.p.disk.limits.Config)
	if err != nil {
		e.p.unreadable(name, err)
		return nil
	}
	m := newConfigModule(e.p.reader.code(e.p, file))
	e.modules[name] = m
	return m
}

// exported is the value that a module exports under a name.
func (e *evaluator) exported(m *configModule, name string) *setting {
	if m == nil || m.err != nil || e.spent() {
		return &setting{}
	}
	defer e.leave()
	if x := m.exports[name]; x != nil {
		return e.called(m, e.value(m, x), x)
	}
	if l, ok := m.again[name]; ok {
		return e.exported(e.imported(m, l.spec), l.imported)
	}
	for _, spec := range m.stars {
		if from := e.imported(m, spec); from != nil {
			if s := e.exported(from, name); s.kind != unknownSetting {
				return s
			}
		}
	}
	return &setting{}
}

// assigned is the value of a module's last assignment.
func (e *evaluator) assigned(m *configModule) *setting {
	if m.last == nil {
		return nil
	}
	return e.value(m, m.last)
}

func (e *evaluator) imported(m *configModule, spec string) *configModule {
	file := e.p.find(m.code.File.Name, spec).file
	if file == "" || !hasExt(file, e.p.resolve.extensions...) {
		return nil
	}
	return e.module(file)
}

// spent counts steps and depth; it reports whether there is an end to it.
func (e *evaluator) spent() bool {
	e.steps--
	if e.steps < 0 || e.depth > 200 {
		return true
	}
	e.depth++
	return false
}

func (e *evaluator) leave() { e.depth-- }

// value evaluates an expression. It never returns nil.
func (e *evaluator) value(m *configModule, x script.Expr) *setting {
	at := source.Span{}
	if x != nil {
		at = m.program.Span(x)
	}
	if x == nil || e.spent() {
		return &setting{at: at}
	}
	defer e.leave()
	switch x := x.(type) {
	case *script.New:
		if s := e.place(m, x); s != nil {
			return s
		}
	case *script.String:
		return &setting{kind: stringSetting, text: x.Value, at: at}
	case *script.Number:
		return &setting{kind: numberSetting, at: at}
	case *script.Bool:
		return &setting{kind: boolSetting, yes: x.Value, at: at}
	case *script.Null:
		return &setting{kind: nothingSetting, at: at}
	case *script.Func:
		return &setting{kind: functionSetting, at: at}
	case *script.ObjectLit:
		return e.object(m, x)
	case *script.ArrayLit:
		return e.array(m, x)
	case *script.Template:
		return e.template(m, x)
	case *script.Binary:
		return e.binary(m, x)
	case *script.Unary:
		if v := e.value(m, x.X); x.Op == "!" && v.truth() != 0 {
			return &setting{kind: boolSetting, yes: v.truth() < 0, at: at}
		}
	case *script.Logical:
		return e.logical(m, x)
	case *script.Cond:
		switch test := e.value(m, x.Test); test.truth() {
		case 1:
			return e.value(m, x.Then)
		case -1:
			return e.value(m, x.Else)
		}
	case *script.Chain:
		return e.value(m, x.X)
	case *script.Ident:
		return e.name(m, x)
	case *script.Member:
		return e.member(m, x, x.Object, x.Name)
	case *script.Index:
		if key, ok := x.Key.(*script.String); ok {
			return e.member(m, x, x.Object, key.Value)
		}
	case *script.Call:
		return e.call(m, x)
	}
	return &setting{at: at}
}

// truth is 1 for a value that counts as true, -1 for one that counts as false, 0 when it cannot be told.
func (s *setting) truth() int {
	switch s.kind {
	case boolSetting:
		if s.yes {
			return 1
		}
		return -1
	case nothingSetting:
		return -1
	case stringSetting:
		if s.text == "" {
			return -1
		}
		return 1
	case listSetting, objectSetting, functionSetting:
		return 1
	}
	return 0
}

func (e *evaluator) object(m *configModule, x *script.ObjectLit) *setting {
	s := &setting{kind: objectSetting, at: m.program.Span(x)}
	for _, p := range x.Props {
		switch {
		case p.Kind == script.PropSpread:
			s.spread(e.value(m, p.Value))
		case p.Kind != script.PropInit:
		case p.Computed != nil:
			key := e.value(m, p.Computed)
			if !key.isString() {
				s.open = true
				continue
			}
			s.entries = append(s.entries, settingEntry{key.text, m.program.Span(p.Computed), e.value(m, p.Value)})
		default:
			keyAt := source.Span{File: m.program.File, Start: p.KeyLoc.Start, End: p.KeyLoc.End}
			s.entries = append(s.entries, settingEntry{p.Name, keyAt, e.value(m, p.Value)})
		}
	}
	return s
}

// spread adds another object's entries.
func (s *setting) spread(of *setting) {
	switch of.kind {
	case objectSetting:
		s.entries = append(s.entries, of.entries...)
		s.open = s.open || of.open
	case nothingSetting, boolSetting:
	default:
		s.open = true
	}
}

func (e *evaluator) array(m *configModule, x *script.ArrayLit) *setting {
	s := &setting{kind: listSetting, at: m.program.Span(x)}
	for _, item := range x.Elems {
		spread, ok := item.(*script.Spread)
		if !ok {
			s.items = append(s.items, e.value(m, item))
			continue
		}
		of := e.value(m, spread.X)
		if of.kind != listSetting {
			s.open = true
			continue
		}
		s.items = append(s.items, of.items...)
		s.open = s.open || of.open
	}
	return s
}

func (e *evaluator) template(m *configModule, x *script.Template) *setting {
	s := &setting{kind: stringSetting, at: m.program.Span(x)}
	if x.Tag != nil {
		return &setting{at: s.at}
	}
	for i, quasi := range x.Quasis {
		s.text += quasi
		if i < len(x.Exprs) {
			part := e.value(m, x.Exprs[i])
			if !part.isString() || len(s.text) > 1<<16 {
				return &setting{at: s.at}
			}
			s.text += part.text
		}
	}
	return s
}

func (e *evaluator) binary(m *configModule, x *script.Binary) *setting {
	at := m.program.Span(x)
	l, r := e.value(m, x.L), e.value(m, x.R)
	if !l.isString() || !r.isString() {
		return &setting{at: at}
	}
	switch x.Op {
	case "+":
		if len(l.text)+len(r.text) < 1<<16 {
			return &setting{kind: stringSetting, text: l.text + r.text, at: at}
		}
	case "===", "==":
		return &setting{kind: boolSetting, yes: l.text == r.text, at: at}
	case "!==", "!=":
		return &setting{kind: boolSetting, yes: l.text != r.text, at: at}
	}
	return &setting{at: at}
}

func (e *evaluator) logical(m *configModule, x *script.Logical) *setting {
	l := e.value(m, x.L)
	truth := l.truth()
	switch {
	case truth == 0:
		return &setting{at: m.program.Span(x)}
	case x.Op == "&&" && truth > 0, x.Op == "||" && truth < 0, x.Op == "??" && l.kind == nothingSetting:
		return e.value(m, x.R)
	}
	return l
}

func (e *evaluator) name(m *configModule, x *script.Ident) *setting {
	if text, known := e.known[x.Name]; known {
		return &setting{kind: stringSetting, text: text, at: m.program.Span(x)}
	}
	if x.Name == "undefined" {
		return &setting{kind: nothingSetting, at: m.program.Span(x)}
	}
	if s := e.given[x.Name]; s != nil {
		return s
	}
	given := e.given
	e.given = nil // what the module declares does not see a function's parameters
	defer func() { e.given = given }()
	if l, ok := m.imports[x.Name]; ok {
		return e.importedName(m, l)
	}
	if v := m.names[x.Name]; v != nil {
		return e.patched(m, e.value(m, v), m.patches[x.Name])
	}
	if s := e.place(m, x); s != nil {
		return s
	}
	return &setting{at: m.program.Span(x)}
}

// patched is an object with what later statements add to it.
func (e *evaluator) patched(m *configModule, s *setting, patches []patch) *setting {
	if len(patches) == 0 || s.kind != objectSetting {
		return s
	}
	out := *s
	out.entries = slices.Clone(s.entries)
	for _, p := range patches {
		holds := 1
		for _, t := range p.tests {
			truth := e.value(m, t.x).truth()
			if t.not {
				truth = -truth
			}
			holds = min(holds, truth)
		}
		switch holds {
		case 1:
			at := source.Span{File: m.program.File, Start: p.keyAt.Start, End: p.keyAt.End}
			out.entries = append(out.entries, settingEntry{p.key, at, e.value(m, p.value)})
		case 0:
			out.open = true
		}
	}
	return &out
}

func (e *evaluator) importedName(m *configModule, l local) *setting {
	t := e.p.find(m.code.File.Name, l.spec)
	if hasExt(t.file, ".json") {
		if file, err := e.p.disk.file(t.file, e.p.disk.limits.Config); err == nil {
			return jsonSetting(file, file.Text)
		}
	}
	from := e.imported(m, l.spec)
	if from == nil {
		return &setting{}
	}
	if l.imported != "*" {
		return e.exported(from, l.imported)
	}
	if x := from.exports["default"]; x != nil && len(from.exports) >= 1 && !from.program.Module {
		return e.exported(from, "default")
	}
	s := &setting{kind: objectSetting}
	names := make([]string, 0, len(from.exports))
	for name := range from.exports {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		s.entries = append(s.entries, settingEntry{key: name, value: e.exported(from, name)})
	}
	s.open = len(from.stars) > 0 || len(from.again) > 0
	return s
}

func (e *evaluator) member(m *configModule, x script.Expr, object script.Expr, name string) *setting {
	if text, known := e.known[memberChain(x)]; known {
		return &setting{kind: stringSetting, text: text, at: m.program.Span(x)}
	}
	if s := e.place(m, x); s != nil {
		return s
	}
	o := e.value(m, object)
	if v := o.get(name); v != nil {
		return v
	}
	if o.kind == objectSetting && !o.open {
		return &setting{kind: nothingSetting, at: m.program.Span(x)}
	}
	return &setting{at: m.program.Span(x)}
}
