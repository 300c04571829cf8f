package check

// The functions that a configuration names as granting, as the flow takes them. An entry that names nothing
// would silently do nothing, so it is an error.

import (
	"errors"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/spelling"
)

// maxGrantFile bounds what is parsed to find a function.
const maxGrantFile = 4 << 20

// functionsExist looks every function up that the configuration names.
func functionsExist(files miniprogram.FS, c *config.Config) error {
	if err := exist(files, c, "grants", c.Grants); err != nil {
		return err
	}
	return exist(files, c, "enables", c.Enables)
}

// exist looks up the functions under a key.
func exist(files miniprogram.FS, c *config.Config, key string, list []config.Function) error {
	for _, g := range list {
		at := g.At.From()
		place := lang.F(lang.T("%s:%d:%d: ", "%s:%d:%d: "), c.File, at.Line, at.Column)
		text, err := readGrant(files, filepath.ToSlash(filepath.Join(c.Dir, filepath.FromSlash(g.File))))
		if err != nil {
			return lang.Errorf(lang.T("%s%s: %s: %s", "%s%s：%s：%s"), place, key, g.File, err)
		}
		names, parsed := functionNames(text, g.File)
		if !parsed && holdsCode(g.File) && strings.Contains(string(text), g.Func) {
			continue // a parse error is told elsewhere, and a component of a single file is searched by the flow
		}
		found := false
		for _, name := range names {
			found = found || name == g.Func
		}
		if !found {
			return lang.Errorf(lang.T("%s%s: no function in %s is called %q%s", "%s%s：%s 里没有名为 %q 的函数%s"),
				place, key, g.File, g.Func, nearest(g.Func, names))
		}
	}
	return nil
}

// holdsCode tells that a file of this name may have functions.
func holdsCode(name string) bool {
	return slices.Contains([]string{
		".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".uts", ".vue", ".uvue", ".nvue", ".mpx", ".wpy",
	}, path.Ext(name))
}

func nearest(word string, names []string) lang.Text {
	near := spelling.Nearest(word, names)
	if near == "" {
		return lang.Text{}
	}
	return lang.F(lang.T("; did you mean %q?", "，是否应为 %q？"), near)
}

func readGrant(files miniprogram.FS, name string) ([]byte, error) {
	info, err := files.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, lang.Errorf(lang.T("it is not a file", "它不是文件"))
	case info.Size() > maxGrantFile:
		return nil, lang.Errorf(lang.T("it is larger than %d bytes", "它超过 %d 字节"), maxGrantFile)
	}
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(file, maxGrantFile))
	return text, errors.Join(err, file.Close())
}

// functionNames are the names under which functions are written in a file; parsed is false when it cannot be parsed.
func functionNames(text []byte, name string) (names []string, parsed bool) {
	dialect := script.TypeScript
	switch path.Ext(name) {
	case ".js", ".mjs", ".cjs", ".jsx":
		dialect = script.JavaScript
	case ".tsx":
		dialect = script.TypeScriptJSX
	}
	program, err := script.Parse(source.NewFile(name, name, text), text, dialect)
	if err != nil {
		return nil, false
	}
	add := func(name string, value script.Node) {
		switch value.(type) {
		case *script.Func, *script.Call, *script.Class:
			// A call may make a function: debounce(...), promisify(...).
			names = append(names, name)
		}
	}
	script.WalkProgram(program, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Func:
			if n.Name != nil {
				names = append(names, n.Name.Name)
			}
		case *script.VarDecl:
			for _, d := range n.Decls {
				if target, ok := d.Target.(*script.Ident); ok && d.Value != nil {
					add(target.Name, d.Value)
				}
			}
		case *script.Property:
			add(n.Name, n.Value)
		case *script.ClassMember:
			if n.Value != nil {
				add(n.Name, n.Value)
			}
		case *script.Assign:
			if target, ok := n.Target.(*script.Member); ok {
				add(target.Name, n.Value)
			}
		case *script.Export:
			if n.Default != nil {
				add("default", n.Default)
			}
		}
		return true
	})
	return names, true
}
