// Package generate makes random native mini-programs that use 1v1 calls, as working engineers write them: right
// ones, and ones with a mistake. What a program is worth is for its execution to show; nothing is labelled here.
package generate

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"
)

// Made is a program that was made.
type Made struct {
	Seed  uint64
	Files map[string]string
	// About are the traits that were drawn, Slips the mistakes that were made.
	About, Slips []string
}

// Program makes the program of a seed: every time the same.
func Program(seed uint64) *Made {
	// The first draft shows where mistakes can be made, the second one makes some.
	draft := newMaker(seed)
	draft.project()
	m := newMaker(seed)
	choose := rand.New(rand.NewPCG(seed, 2))
	mistakes := []int{0, 0, 0, 1, 1, 1, 2}[choose.IntN(7)]
	for ; mistakes > 0 && len(draft.met) > 0; mistakes-- {
		m.wanted[mistake(draft.met, choose)] = true
	}
	m.project()
	made := &Made{Seed: seed, Files: map[string]string{}, About: m.about, Slips: m.made}
	for name, text := range m.files {
		made.Files[name] = text
	}
	sort.Strings(made.About)
	return made
}

// mistake chooses one of those that can be made: each kind as often as any other.
func mistake(met []string, choose *rand.Rand) int {
	places := map[string][]int{}
	var kinds []string
	for i, kind := range met {
		if places[kind] == nil {
			kinds = append(kinds, kind)
		}
		places[kind] = append(places[kind], i)
	}
	at := places[kinds[choose.IntN(len(kinds))]]
	return at[choose.IntN(len(at))]
}

// maker draws a program.
type maker struct {
	*rand.Rand
	files     map[string]string
	wanted    map[int]bool
	met       []string // the mistakes that could have been made so far
	made      []string
	about     []string
	names     map[string]int
	ts        bool
	esm       bool
	libraries []*unit  // modules that pages use
	global    []string // fields of globalData
	app       []string // members of the app
	pages     []string
	tabs      []string
}

func newMaker(seed uint64) *maker {
	return &maker{Rand: rand.New(rand.NewPCG(seed, 1)), files: map[string]string{}, wanted: map[int]bool{}, names: map[string]int{}}
}

func (m *maker) one(choices ...string) string { return choices[m.IntN(len(choices))] }

// chance is true n times out of 100.
func (m *maker) chance(n int) bool { return m.IntN(100) < n }

// oops is a place where a mistake of that kind can be made; true where it is.
func (m *maker) oops(kind string) bool {
	m.met = append(m.met, kind)
	if m.wanted[len(m.met)-1] {
		m.made = append(m.made, kind)
		return true
	}
	return false
}

func (m *maker) trait(format string, args ...any) {
	m.about = append(m.about, fmt.Sprintf(format, args...))
}

// name is a name that nothing else in the program has.
func (m *maker) name(choices ...string) string {
	n := m.one(choices...)
	m.names[n]++
	if m.names[n] > 1 {
		return fmt.Sprintf("%s%d", n, m.names[n])
	}
	return n
}

// ty is an annotation where the program is in TypeScript.
func (m *maker) ty(annotation string) string {
	if m.ts {
		return annotation
	}
	return ""
}

// unit is a script in the making.
type unit struct {
	m       *maker
	path    string
	imports map[string][]string // names, by module path below the root
	top     []string
	exports []string
	data    []string
	members []string
	wxml    []string
	// inPage tells that this is a page, whose functions know this.
	inPage bool
	tells  bool
}

func (m *maker) unit(path string, inPage bool) *unit {
	return &unit{m: m, path: path, imports: map[string][]string{}, inPage: inPage}
}

// library is a module that pages use.
func (m *maker) library(path string) *unit {
	u := m.unit(path, false)
	m.libraries = append(m.libraries, u)
	return u
}

// use imports a name from a module.
func (u *unit) use(module, name string) {
	if module == u.path {
		return
	}
	for _, n := range u.imports[module] {
		if n == name {
			return
		}
	}
	u.imports[module] = append(u.imports[module], name)
}

// method adds a function to a page or component.
func (u *unit) method(name, params, body string, async bool) {
	word := ""
	if async {
		word = "async "
	}
	u.members = append(u.members, word+name+"("+params+") {\n"+body+"\n},")
}

// tap adds a button for a method.
func (u *unit) tap(method, text string) {
	attr := u.m.one("bindtap", "bindtap", "bind:tap", "catchtap")
	switch {
	case u.m.oops("bind nothing"):
		u.wxml = append(u.wxml, "<button>"+text+"</button>")
		return
	case u.m.oops("misspell the handler"):
		method += "s"
	}
	u.wxml = append(u.wxml, fmt.Sprintf(`<button %s="%s">%s</button>`, attr, method, text))
}

// tell makes sure that the unit has the function that shows what went wrong.
func (u *unit) tell() string {
	if !u.tells {
		u.tells = true
		err := "err" + u.m.ty(": any")
		u.top = append([]string{u.m.one(
			"const tell = ("+err+") => wx.showToast({ icon: 'none', title: (err && err.errMsg) || '操作失败' })",
			"function tell("+err+") {\nconsole.warn(err)\nwx.showToast({ icon: 'none', title: '请稍后再试' })\n}",
			"const tell = ("+err+") => console.error('voip', err)",
		)}, u.top...)
	}
	return "tell"
}

// relative is how a unit names a module.
func relative(from, to string) string {
	up := strings.Repeat("../", strings.Count(from, "/"))
	if up == "" {
		up = "./"
	}
	return up + to
}

// head are the imports of a unit.
func (u *unit) head() string {
	var b strings.Builder
	var modules []string
	for module := range u.imports {
		modules = append(modules, module)
	}
	sort.Strings(modules)
	for _, module := range modules {
		names := strings.Join(u.imports[module], ", ")
		if u.m.esm {
			fmt.Fprintf(&b, "import { %s } from '%s'\n", names, relative(u.path, module))
		} else {
			fmt.Fprintf(&b, "const { %s } = require('%s')\n", names, relative(u.path, module))
		}
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

// module writes a unit that exports functions.
func (u *unit) module() {
	text := u.head() + strings.Join(u.top, "\n\n") + "\n"
	if len(u.exports) > 0 {
		if u.m.esm {
			text += "\nexport { " + strings.Join(u.exports, ", ") + " }\n"
		} else {
			text += "\nmodule.exports = { " + strings.Join(u.exports, ", ") + " }\n"
		}
	}
	u.m.script(u.path, text)
}

func (m *maker) script(path, text string) {
	ext := ".js"
	if m.ts {
		ext = ".ts"
	}
	m.files[path+ext] = indented(text)
}

// page writes a unit as a page.
func (u *unit) page(config string) {
	m := u.m
	var b strings.Builder
	b.WriteString(u.head())
	for _, t := range u.top {
		b.WriteString(t + "\n\n")
	}
	data := ""
	if len(u.data) > 0 {
		data = "data: {\n" + strings.Join(u.data, ",\n") + ",\n},\n\n"
	}
	b.WriteString("Page({\n" + data + strings.Join(u.members, "\n\n") + "\n})\n")
	m.script(u.path, b.String())
	m.files[u.path+".wxml"] = strings.Join(u.wxml, "\n") + "\n"
	m.files[u.path+".json"] = config
}

// indented sets lines in by the brackets that are open.
func indented(text string) string {
	var b strings.Builder
	depth := 0
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		lead := 0
		for lead < len(line) && strings.ContainsRune("})]", rune(line[lead])) {
			lead++
		}
		at := depth
		if lead > 0 {
			at--
		}
		if strings.HasPrefix(line, ".") {
			at++
		}
		if line != "" {
			b.WriteString(strings.Repeat("  ", max(at, 0)))
		}
		b.WriteString(line + "\n")
		opened := strings.Count(line, "{") + strings.Count(line, "(") + strings.Count(line, "[")
		closed := strings.Count(line, "}") + strings.Count(line, ")") + strings.Count(line, "]")
		switch {
		case opened > closed:
			depth++
		case closed > opened:
			depth--
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}
