package evaluation

// The value of a configuration that is written as code: object literals, spreads,
// constants and imports of such. Nothing is run; what would need it is unknown.

import (
	"maps"
	"slices"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Evaluator evaluates expressions of configuration files.
type Evaluator struct {
	files    *files.Reader
	resolver *resolution.Resolver
	// code makes a script of a file, as the framework means it.
	code    func(file *source.File) *miniprogram.Script
	modules map[string]*Module
	// known are the values of member chains: "process.env.NODE_ENV".
	known map[string]string
	// identities are functions that only give a configuration its type: "defineAppConfig".
	identities []string
	// steps is how many more expressions are looked at: an end to what refers to itself.
	steps int
	depth int
	// root is the project's folder where paths count: in build configurations.
	root string
	// given are the parameters of the function that is evaluated.
	given map[string]*configuration.Value
}

// New makes an evaluator of the configuration code of a mini-program. Beside what constants and identities say, it knows what is
// so everywhere.
func New(r *resolution.Resolver, code func(file *source.File) *miniprogram.Script, constants map[string]string, identities []string) *Evaluator {
	e := &Evaluator{
		files: r.Files, resolver: r, code: code, modules: map[string]*Module{}, steps: 200_000,
		known: map[string]string{"process.env.NODE_ENV": "production"}, identities: append([]string{"Object.freeze"}, identities...),
	}
	maps.Copy(e.known, constants)
	return e
}

// Module parses a file of configuration code; nil when it cannot be read.
func (e *Evaluator) Module(name string) *Module {
	if m, known := e.modules[name]; known {
		return m
	}
	e.modules[name] = nil
	file, err := e.files.File(name, e.files.Limits.Config)
	if err != nil {
		e.files.Unreadable(name, err)
		return nil
	}
	m := NewModule(e.code(file))
	e.modules[name] = m
	return m
}

// Exported is the value that a module exports under a name.
func (e *Evaluator) Exported(m *Module, name string) *configuration.Value {
	if m == nil || m.Err != nil || e.spent() {
		return &configuration.Value{}
	}
	defer e.leave()
	if x := m.exports[name]; x != nil {
		return e.configured(m, e.Value(m, x), x)
	}
	if l, ok := m.again[name]; ok {
		return e.Exported(e.imported(m, l.Spec), l.Imported)
	}
	for _, spec := range m.stars {
		if from := e.imported(m, spec); from != nil {
			if s := e.Exported(from, name); s.Kind != configuration.Unknown {
				return s
			}
		}
	}
	return &configuration.Value{}
}

// Assigned is the value of a module's last assignment.
func (e *Evaluator) Assigned(m *Module) *configuration.Value {
	if m.last == nil {
		return nil
	}
	return e.Value(m, m.last)
}

func (e *Evaluator) imported(m *Module, spec string) *Module {
	file := e.resolver.Find(m.code.File.Name, spec).File
	if file == "" || !files.HasExt(file, e.resolver.Extensions...) {
		return nil
	}
	return e.Module(file)
}

// spent counts steps and depth; it reports whether there is an end to it.
func (e *Evaluator) spent() bool {
	e.steps--
	if e.steps < 0 || e.depth > 200 {
		return true
	}
	e.depth++
	return false
}

func (e *Evaluator) leave() { e.depth-- }

// Value evaluates an expression. It never returns nil.
func (e *Evaluator) Value(m *Module, x script.Expr) *configuration.Value {
	at := source.Span{}
	if x != nil {
		at = m.Program.Span(x)
	}
	if x == nil || e.spent() {
		return &configuration.Value{At: at}
	}
	defer e.leave()
	switch x := x.(type) {
	case *script.New:
		if s := e.pathValue(m, x); s != nil {
			return s
		}
	case *script.String:
		return &configuration.Value{Kind: configuration.String, Text: x.Value, At: at}
	case *script.Number:
		return &configuration.Value{Kind: configuration.Number, At: at}
	case *script.Bool:
		return &configuration.Value{Kind: configuration.Bool, True: x.Value, At: at}
	case *script.Null:
		return &configuration.Value{Kind: configuration.Nothing, At: at}
	case *script.Func:
		return &configuration.Value{Kind: configuration.Function, At: at}
	case *script.ObjectLit:
		return e.object(m, x)
	case *script.ArrayLit:
		return e.array(m, x)
	case *script.Template:
		return e.template(m, x)
	case *script.Binary:
		return e.binary(m, x)
	case *script.Unary:
		if v := e.Value(m, x.X); x.Op == "!" && v.Truth() != 0 {
			return &configuration.Value{Kind: configuration.Bool, True: v.Truth() < 0, At: at}
		}
	case *script.Logical:
		return e.logical(m, x)
	case *script.Cond:
		switch test := e.Value(m, x.Test); test.Truth() {
		case 1:
			return e.Value(m, x.Then)
		case -1:
			return e.Value(m, x.Else)
		}
	case *script.Chain:
		return e.Value(m, x.X)
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
	return &configuration.Value{At: at}
}

func (e *Evaluator) object(m *Module, x *script.ObjectLit) *configuration.Value {
	s := &configuration.Value{Kind: configuration.Object, At: m.Program.Span(x)}
	for _, p := range x.Props {
		switch {
		case p.Kind == script.PropSpread:
			s.Spread(e.Value(m, p.Value))
		case p.Kind != script.PropInit:
		case p.Computed != nil:
			key := e.Value(m, p.Computed)
			if !key.IsString() {
				s.Open = true
				continue
			}
			s.Entries = append(s.Entries, configuration.Entry{Key: key.Text, KeyAt: m.Program.Span(p.Computed), Value: e.Value(m, p.Value)})
		default:
			keyAt := source.Span{File: m.Program.File, Start: p.KeyLoc.Start, End: p.KeyLoc.End}
			s.Entries = append(s.Entries, configuration.Entry{Key: p.Name, KeyAt: keyAt, Value: e.Value(m, p.Value)})
		}
	}
	return s
}

func (e *Evaluator) array(m *Module, x *script.ArrayLit) *configuration.Value {
	s := &configuration.Value{Kind: configuration.List, At: m.Program.Span(x)}
	for _, item := range x.Elems {
		spread, ok := item.(*script.Spread)
		if !ok {
			s.Items = append(s.Items, e.Value(m, item))
			continue
		}
		of := e.Value(m, spread.X)
		if of.Kind != configuration.List {
			s.Open = true
			continue
		}
		s.Items = append(s.Items, of.Items...)
		s.Open = s.Open || of.Open
	}
	return s
}

func (e *Evaluator) template(m *Module, x *script.Template) *configuration.Value {
	s := &configuration.Value{Kind: configuration.String, At: m.Program.Span(x)}
	if x.Tag != nil {
		return &configuration.Value{At: s.At}
	}
	for i, quasi := range x.Quasis {
		s.Text += quasi
		if i < len(x.Exprs) {
			part := e.Value(m, x.Exprs[i])
			if !part.IsString() || len(s.Text) > 1<<16 {
				return &configuration.Value{At: s.At}
			}
			s.Text += part.Text
		}
	}
	return s
}

func (e *Evaluator) binary(m *Module, x *script.Binary) *configuration.Value {
	at := m.Program.Span(x)
	l, r := e.Value(m, x.L), e.Value(m, x.R)
	if !l.IsString() || !r.IsString() {
		return &configuration.Value{At: at}
	}
	switch x.Op {
	case "+":
		if len(l.Text)+len(r.Text) < 1<<16 {
			return &configuration.Value{Kind: configuration.String, Text: l.Text + r.Text, At: at}
		}
	case "===", "==":
		return &configuration.Value{Kind: configuration.Bool, True: l.Text == r.Text, At: at}
	case "!==", "!=":
		return &configuration.Value{Kind: configuration.Bool, True: l.Text != r.Text, At: at}
	}
	return &configuration.Value{At: at}
}

func (e *Evaluator) logical(m *Module, x *script.Logical) *configuration.Value {
	l := e.Value(m, x.L)
	truth := l.Truth()
	switch {
	case truth == 0:
		return &configuration.Value{At: m.Program.Span(x)}
	case x.Op == "&&" && truth > 0, x.Op == "||" && truth < 0, x.Op == "??" && l.Kind == configuration.Nothing:
		return e.Value(m, x.R)
	}
	return l
}

func (e *Evaluator) name(m *Module, x *script.Ident) *configuration.Value {
	if text, known := e.known[x.Name]; known {
		return &configuration.Value{Kind: configuration.String, Text: text, At: m.Program.Span(x)}
	}
	if x.Name == "undefined" {
		return &configuration.Value{Kind: configuration.Nothing, At: m.Program.Span(x)}
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
		return e.patched(m, e.Value(m, v), m.patches[x.Name])
	}
	if s := e.pathValue(m, x); s != nil {
		return s
	}
	return &configuration.Value{At: m.Program.Span(x)}
}

// patched is an object with what later statements add to it.
func (e *Evaluator) patched(m *Module, s *configuration.Value, patches []patch) *configuration.Value {
	if len(patches) == 0 || s.Kind != configuration.Object {
		return s
	}
	out := *s
	out.Entries = slices.Clone(s.Entries)
	for _, p := range patches {
		holds := 1
		for _, t := range p.tests {
			truth := e.Value(m, t.x).Truth()
			if t.not {
				truth = -truth
			}
			holds = min(holds, truth)
		}
		switch holds {
		case 1:
			at := source.Span{File: m.Program.File, Start: p.keyAt.Start, End: p.keyAt.End}
			out.Entries = append(out.Entries, configuration.Entry{Key: p.key, KeyAt: at, Value: e.Value(m, p.value)})
		case 0:
			out.Open = true
		}
	}
	return &out
}

func (e *Evaluator) importedName(m *Module, l scan.Local) *configuration.Value {
	t := e.resolver.Find(m.code.File.Name, l.Spec)
	if files.HasExt(t.File, ".json") {
		if file, err := e.files.File(t.File, e.files.Limits.Config); err == nil {
			return configuration.FromJSON(file, file.Text)
		}
	}
	from := e.imported(m, l.Spec)
	if from == nil {
		return &configuration.Value{}
	}
	if l.Imported != "*" {
		return e.Exported(from, l.Imported)
	}
	if x := from.exports["default"]; x != nil && len(from.exports) >= 1 && !from.Program.Module {
		return e.Exported(from, "default")
	}
	s := &configuration.Value{Kind: configuration.Object}
	names := make([]string, 0, len(from.exports))
	for name := range from.exports {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		s.Entries = append(s.Entries, configuration.Entry{Key: name, Value: e.Exported(from, name)})
	}
	s.Open = len(from.stars) > 0 || len(from.again) > 0
	return s
}

func (e *Evaluator) member(m *Module, x script.Expr, object script.Expr, name string) *configuration.Value {
	if text, known := e.known[memberChain(x)]; known {
		return &configuration.Value{Kind: configuration.String, Text: text, At: m.Program.Span(x)}
	}
	if s := e.pathValue(m, x); s != nil {
		return s
	}
	o := e.Value(m, object)
	if v := o.Get(name); v != nil {
		return v
	}
	if o.Kind == configuration.Object && !o.Open {
		return &configuration.Value{Kind: configuration.Nothing, At: m.Program.Span(x)}
	}
	return &configuration.Value{At: m.Program.Span(x)}
}
