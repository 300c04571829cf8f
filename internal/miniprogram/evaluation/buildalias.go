package evaluation

// The aliases that a project's build configuration gives to folders and modules: resolve.alias of
// Vite and webpack, alias of Taro. Sources: vite.dev, config/shared-options; cli.vuejs.org,
// guide/webpack; docs.taro.zone, config-detail#alias.

import (
	"path"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/script"
)

// BuildAliases reads the aliases of the build configuration that covers the sources: the files of those names, without their endings. What it
// does not tell without being run is left out.
func BuildAliases(r *resolution.Resolver, stems []string, evaluator func() *Evaluator) []resolution.Alias {
	if len(stems) == 0 {
		return nil
	}
	for _, up := range files.Parents(r.Src) {
		var out []resolution.Alias
		for _, stem := range stems {
			for _, ext := range []string{".ts", ".js", ".mts", ".mjs", ".cts", ".cjs"} {
				if name := up + "/" + stem + ext; r.Files.StatFile(name) {
					out = append(out, evaluator().aliasesIn(name, up)...)
					break
				}
			}
		}
		if len(out) > 0 || up == r.Top {
			return out
		}
	}
	return nil
}

// aliasesIn reads the aliases in one file of build configuration of the project in root.
func (e *Evaluator) aliasesIn(name, root string) []resolution.Alias {
	file, err := e.files.File(name, e.files.Limits.Config)
	if err != nil || len(file.Text) == 0 || !scan.ContainsWord(file.Text, []byte("alias")) {
		return nil
	}
	e.root = root
	r := &aliasReader{e: e, root: root}
	r.m = NewModule(&miniprogram.Script{File: file, Text: file.Text, Dialect: miniprogram.DialectOf(path.Ext(name))})
	if r.m.Err != nil {
		return nil
	}
	e.modules[name] = r.m
	script.WalkProgram(r.m.Program, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			if n.Kind == script.PropInit && n.Computed == nil && n.Name == "alias" {
				r.table(e.Value(r.m, n.Value))
			}
		case *script.Call:
			r.chained(n)
		}
		return true
	})
	return r.found
}

// maxAliases is far above what people write: every import is compared with every alias.
const maxAliases = 1000

// aliasReader collects aliases from one file.
type aliasReader struct {
	e     *Evaluator
	m     *Module
	root  string
	found []resolution.Alias
}

// table reads { '@': folder } and [{ find: '@', replacement: folder }].
func (r *aliasReader) table(s *configuration.Value) {
	for _, entry := range s.Effective() {
		r.add(entry.Key, entry.Value)
	}
	for _, item := range s.AsList() {
		if find := item.Get("find"); find.IsString() {
			r.add(find.Text, item.Get("replacement"))
		}
	}
}

// chained reads config.resolve.alias.set('@', folder), also several after another.
func (r *aliasReader) chained(call *script.Call) {
	set, ok := call.Callee.(*script.Member)
	if !ok || set.Name != "set" || len(call.Args) != 2 {
		return
	}
	on := set.Object
	for range 64 {
		inner, ok := on.(*script.Call)
		if !ok {
			break
		}
		before, ok := inner.Callee.(*script.Member)
		if !ok {
			return
		}
		on = before.Object
	}
	if of, ok := on.(*script.Member); !ok || of.Name != "alias" {
		return
	}
	if key := r.e.Value(r.m, call.Args[0]); key.IsString() {
		r.add(key.Text, r.e.Value(r.m, call.Args[1]))
	}
}

// add notes that a name stands for a folder or a module, and what follows the name for what is in it.
func (r *aliasReader) add(name string, to *configuration.Value) {
	exact := strings.HasSuffix(name, "$")
	name = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "$"), "/*"), "/")
	target := to.AsString()
	if len(r.found) >= maxAliases || name == "" || name == "." || name == ".." || target == "" || strings.ContainsAny(name+target, "*\x00\n") {
		return
	}
	switch {
	case path.IsAbs(target) && files.Within(target, r.e.resolver.Top):
	default: // counted from the project's folder, as Vite counts "/src" too
		target = path.Join(r.root, target)
	}
	target = path.Clean(target)
	if files.InPackages(target+"/") || slices.ContainsFunc(r.found, func(a resolution.Alias) bool { return a.Pattern == name }) {
		return
	}
	r.found = append(r.found, resolution.Alias{Pattern: name, Targets: []string{target}, Dir: r.root})
	if !exact {
		r.found = append(r.found, resolution.Alias{Pattern: name + "/*", Targets: []string{target + "/*"}, Dir: r.root})
	}
}

// pathValue evaluates what build configurations name folders with; nil for anything else.
func (e *Evaluator) pathValue(m *Module, x script.Expr) *configuration.Value {
	if e.root == "" {
		return nil
	}
	text := ""
	switch x := x.(type) {
	case *script.Ident:
		switch x.Name {
		case "__dirname":
			text = path.Dir(m.code.File.Name)
		case "__filename":
			text = m.code.File.Name
		}
	case *script.Member:
		if meta, ok := x.Object.(*script.MetaProperty); ok && meta.Name == "import.meta" {
			switch x.Name {
			case "url", "filename":
				text = m.code.File.Name
			case "dirname":
				text = path.Dir(m.code.File.Name)
			}
		}
		if url, ok := x.Object.(*script.New); ok && (x.Name == "pathname" || x.Name == "href") {
			return e.Value(m, url)
		}
	case *script.New:
		if memberChain(x.Callee) == "URL" && len(x.Args) == 2 {
			to, from := e.Value(m, x.Args[0]), e.Value(m, x.Args[1])
			if to.IsString() && from.IsString() {
				text = path.Join(path.Dir(from.Text), to.Text)
			}
		}
	case *script.Call:
		text = e.pathCall(m, x)
	}
	if text == "" {
		return nil
	}
	return &configuration.Value{Kind: configuration.String, Text: text, At: m.Program.Span(x)}
}

// pathCall evaluates the functions of Node.js that make paths; "" for anything else.
func (e *Evaluator) pathCall(m *Module, x *script.Call) string {
	switch f := m.nodeFunction(x.Callee); f {
	case "cwd":
		return e.root
	case "resolve", "join", "normalize", "dirname", "fileURLToPath":
		out := ""
		for _, arg := range x.Args {
			part := e.Value(m, arg)
			switch {
			case !part.IsString():
				return ""
			case f == "resolve" && path.IsAbs(part.Text):
				out = part.Text
			default:
				out = path.Join(out, part.Text)
			}
		}
		if f == "dirname" {
			out = path.Dir(out)
		}
		if f == "resolve" && !path.IsAbs(out) {
			out = path.Join(e.root, out)
		}
		return out
	}
	return ""
}

// nodeFunction is the name of the function of Node's modules path, url and process that an
// expression means, or "".
func (m *Module) nodeFunction(callee script.Expr) string {
	if member, ok := callee.(*script.Member); ok {
		if call, ok := member.Object.(*script.Call); ok && memberChain(call.Callee) == "require" && len(call.Args) == 1 {
			if spec, ok := call.Args[0].(*script.String); ok && isNodeModule(spec.Value) {
				return member.Name
			}
		}
	}
	chain := strings.Replace(memberChain(callee), ".posix.", ".", 1)
	if chain == "process.cwd" {
		return "cwd"
	}
	name, member, _ := strings.Cut(chain, ".")
	l, imported := m.imports[name]
	switch {
	case !imported || !isNodeModule(l.Spec):
		return ""
	case member == "":
		return l.Imported
	}
	return member
}

func isNodeModule(spec string) bool {
	switch strings.TrimPrefix(spec, "node:") {
	case "path", "url", "process":
		return true
	}
	return false
}
