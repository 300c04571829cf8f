package callpage

// Registering in a Taro project, whose app configuration is code.

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/voipcheck/voipcheck/fixtures"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// config is an app configuration in code, in the course of being changed.
type config struct {
	name    string
	text    []byte
	root    *script.ObjectLit
	dialect script.Dialect
}

// scriptFile changes app.config.ts or .js.
func scriptFile(r Request, page string) (Change, bool, error) {
	name := filepath.Base(r.Project.Config.File.Name)
	raw, err := read(r, name)
	if err != nil {
		return Change{}, false, err
	}
	c := &config{name: name, text: raw, dialect: script.JavaScript}
	if strings.HasSuffix(name, ".ts") {
		c.dialect = script.TypeScript
	}
	for _, change := range []func() bool{
		func() bool { return c.addPage(page) },
		c.addPermissions,
	} {
		if !c.parse() || !change() {
			return Change{}, false, lang.Errorf(lang.T(
				"%s is not a plain object, so the page cannot be registered there; add %q to pages and scope.record and scope.camera to permission by hand",
				"%s 不是普通的对象写法，无法自动注册页面；请手工在 pages 里加上 %q，在 permission 里加上 scope.record 和 scope.camera"), name, page)
		}
	}
	return Change{File: name, Text: c.text}, !bytes.Equal(raw, c.text), nil
}

// parse finds the configuration's object in the text as it is now.
func (c *config) parse() bool {
	program, err := script.Parse(source.NewFile(c.name, c.name, c.text), c.text, c.dialect)
	if err != nil {
		return false
	}
	c.root = nil
	for _, statement := range program.Body {
		if e, ok := statement.(*script.Export); ok && e.Default != nil {
			c.root = object(e.Default, program)
		}
	}
	return c.root != nil && c.opens(c.root.Start, '{')
}

func (c *config) opens(at int, bracket byte) bool {
	return at >= 0 && at < len(c.text) && c.text[at] == bracket
}

// object follows an expression to an object literal: through defineAppConfig(...) and a constant.
func object(e script.Expr, program *script.Program) *script.ObjectLit {
	switch e := e.(type) {
	case *script.ObjectLit:
		return e
	case *script.Call:
		if len(e.Args) == 1 {
			return object(e.Args[0], program)
		}
	case *script.Ident:
		for _, statement := range program.Body {
			declaration, ok := statement.(*script.VarDecl)
			if !ok {
				continue
			}
			for _, d := range declaration.Decls {
				if name, ok := d.Target.(*script.Ident); ok && name.Name == e.Name && d.Value != nil {
					if literal, ok := d.Value.(*script.ObjectLit); ok {
						return literal
					}
				}
			}
		}
	}
	return nil
}

// property returns the value of an object's property; spread tells that there may be others.
func property(o *script.ObjectLit, name string) (value script.Expr, spread bool) {
	for _, p := range o.Props {
		switch {
		case p.Kind == script.PropSpread:
			spread = true
		case p.Name == name:
			value = p.Value
		}
	}
	return value, spread
}

func (c *config) addPage(page string) bool {
	for _, key := range []string{"subPackages", "subpackages"} {
		packages, _ := property(c.root, key)
		if done, ok := c.addToPackage(packages, page); ok {
			return done
		}
	}
	list, spread := property(c.root, "pages")
	if list == nil && !spread {
		return c.insert(c.root.Start, "pages: [\n\t"+c.quote(page)+",\n]")
	}
	return c.addTo(list, page)
}

// addToPackage adds the page to the subpackage that its path begins with; ok is false when there is none.
func (c *config) addToPackage(packages script.Expr, page string) (done, ok bool) {
	list, is := packages.(*script.ArrayLit)
	if !is {
		return false, false
	}
	for _, e := range list.Elems {
		o, is := e.(*script.ObjectLit)
		if !is {
			continue
		}
		value, _ := property(o, "root")
		root, is := value.(*script.String)
		if !is {
			continue
		}
		if rest, found := strings.CutPrefix(page, strings.Trim(root.Value, "/")+"/"); found {
			inner, _ := property(o, "pages")
			return c.addTo(inner, rest), true
		}
	}
	return false, false
}

func (c *config) addTo(list script.Expr, page string) bool {
	array, ok := list.(*script.ArrayLit)
	if !ok || !c.opens(array.Start, '[') {
		return false
	}
	for _, e := range array.Elems {
		if s, ok := e.(*script.String); ok && strings.TrimPrefix(s.Value, "/") == page {
			return true
		}
	}
	return c.insert(array.Start, c.quote(page))
}

func (c *config) addPermissions() bool {
	for _, p := range fixtures.Permissions() {
		entry := c.quote(p.Scope) + ": {\n\tdesc: " + c.quote(p.Desc) + ",\n}"
		value, spread := property(c.root, "permission")
		switch value := value.(type) {
		case nil:
			if spread || !c.insert(c.root.Start, "permission: {\n\t"+strings.ReplaceAll(entry, "\n", "\n\t")+",\n}") {
				return false
			}
		case *script.ObjectLit:
			if there, _ := property(value, p.Scope); there != nil {
				continue
			}
			if !c.opens(value.Start, '{') || !c.insert(value.Start, entry) {
				return false
			}
		default:
			return false
		}
		if !c.parse() {
			return false
		}
	}
	return true
}

// insert adds an entry to the literal that opens at a place.
func (c *config) insert(open int, entry string) bool {
	bare := bytes.Clone(c.text)
	for _, comment := range script.Comments(c.text, c.dialect) {
		jsonedit.Blank(bare, comment.Start, comment.End)
	}
	end := closing(bare, open)
	if end < 0 {
		return false
	}
	c.text = jsonedit.Literal{Text: c.text, Bare: bare, Open: open, Close: end}.Insert(entry)
	return true
}

// closing is where the bracket that opens at a place is closed, or -1.
func closing(bare []byte, open int) int {
	depth, quote := 0, byte(0)
	for i := open; i < len(bare); i++ {
		switch b := bare[i]; {
		case quote != 0 && b == '\\':
			i++
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'' || b == '`':
			quote = b
		case b == '{' || b == '[' || b == '(':
			depth++
		case b == '}' || b == ']' || b == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// quote writes a string as the file writes its strings.
func (c *config) quote(s string) string {
	mark := "'"
	if bytes.Count(c.text, []byte(`"`)) > bytes.Count(c.text, []byte("'")) {
		mark = `"`
	}
	return mark + strings.NewReplacer(`\`, `\\`, mark, `\`+mark).Replace(s) + mark
}
