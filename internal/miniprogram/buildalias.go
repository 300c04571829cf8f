package miniprogram

// The aliases that a project's build configuration gives to folders and modules: resolve.alias of
// Vite and webpack, alias of Taro. Sources: vite.dev, config/shared-options; cli.vuejs.org,
// guide/webpack; docs.taro.zone, config-detail#alias.

import (
	"path"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// buildConfigs are the files that configure a framework's build, without their endings, from the project's folder.
var buildConfigs = map[Framework][]string{
	UniApp: {"vite.config", "vue.config"},
	Taro:   {"config/index"},
	Mpx:    {"vue.config", "mpx.config"},
	Wepy:   {"wepy.config"},
}

// buildAliases reads the aliases of the build configuration that covers the sources. What it does not
// tell without being run is left out.
func (p *Project) buildAliases() []alias {
	if len(buildConfigs[p.Framework]) == 0 {
		return nil
	}
	for _, up := range parents(p.src) {
		var out []alias
		for _, stem := range buildConfigs[p.Framework] {
			for _, ext := range []string{".ts", ".js", ".mts", ".mjs", ".cts", ".cjs"} {
				if name := up + "/" + stem + ext; p.disk.statFile(name) {
					out = append(out, p.aliasesIn(name, up)...)
					break
				}
			}
		}
		if len(out) > 0 || up == p.repository() {
			return out
		}
	}
	return nil
}

// aliasesIn reads the aliases in one file of build configuration of the project in root.
func (p *Project) aliasesIn(name, root string) []alias {
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil || len(file.Text) == 0 || !containsWord(file.Text, []byte("alias")) {
		return nil
	}
	r := &aliasReader{e: p.newEvaluator(), root: root}
	r.e.root = root
	r.m = newConfigModule(&Script{File: file, Text: file.Text, Dialect: dialectOf(path.Ext(name))})
	if r.m.err != nil {
		return nil
	}
	r.e.modules[name] = r.m
	script.WalkProgram(r.m.program, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Property:
			if n.Kind == script.PropInit && n.Computed == nil && n.Name == "alias" {
				r.table(r.e.value(r.m, n.Value))
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
	e     *evaluator
	m     *configModule
	root  string
	found []alias
}

// table reads { '@': folder } and [{ find: '@', replacement: folder }].
func (r *aliasReader) table(s *setting) {
	for _, entry := range s.effective() {
		r.add(entry.key, entry.value)
	}
	for _, item := range s.list() {
		if find := item.get("find"); find.isString() {
			r.add(find.text, item.get("replacement"))
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
	if key := r.e.value(r.m, call.Args[0]); key.isString() {
		r.add(key.text, r.e.value(r.m, call.Args[1]))
	}
}

// add notes that a name stands for a folder or a module, and what follows the name for what is in it.
func (r *aliasReader) add(name string, to *setting) {
	exact := strings.HasSuffix(name, "$")
	name = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "$"), "/*"), "/")
	target := to.string()
	if len(r.found) >= maxAliases || name == "" || name == "." || name == ".." || target == "" || strings.ContainsAny(name+target, "*\x00\n") {
		return
	}
	switch {
	case path.IsAbs(target) && within(target, r.e.p.repository()):
	default: // counted from the project's folder, as Vite counts "/src" too
		target = path.Join(r.root, target)
	}
	target = path.Clean(target)
	if p := r.e.p; p.isForeign(target+"/") || slices.ContainsFunc(r.found, func(a alias) bool { return a.pattern == name }) {
		return
	}
	r.found = append(r.found, alias{pattern: name, targets: []string{target}, dir: r.root})
	if !exact {
		r.found = append(r.found, alias{pattern: name + "/*", targets: []string{target + "/*"}, dir: r.root})
	}
}

// place evaluates what build configurations name folders with; nil for anything else.
func (e *evaluator) place(m *configModule, x script.Expr) *setting {
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
			return e.value(m, url)
		}
	case *script.New:
		if memberChain(x.Callee) == "URL" && len(x.Args) == 2 {
			to, from := e.value(m, x.Args[0]), e.value(m, x.Args[1])
			if to.isString() && from.isString() {
				text = path.Join(path.Dir(from.text), to.text)
			}
		}
	case *script.Call:
		text = e.placeCalled(m, x)
	}
	if text == "" {
		return nil
	}
	return &setting{kind: stringSetting, text: text, at: m.program.Span(x)}
}

// placeCalled evaluates the functions of Node.js that make paths; "" for anything else.
func (e *evaluator) placeCalled(m *configModule, x *script.Call) string {
	switch f := m.nodeFunction(x.Callee); f {
	case "cwd":
		return e.root
	case "resolve", "join", "normalize", "dirname", "fileURLToPath":
		out := ""
		for _, arg := range x.Args {
			part := e.value(m, arg)
			switch {
			case !part.isString():
				return ""
			case f == "resolve" && path.IsAbs(part.text):
				out = part.text
			default:
				out = path.Join(out, part.text)
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
func (m *configModule) nodeFunction(callee script.Expr) string {
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
	case !imported || !isNodeModule(l.spec):
		return ""
	case member == "":
		return l.imported
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
