package ir

import "github.com/voipcheck/voipcheck/internal/script"

// compilerFunctions are the functions that TypeScript, Babel, esbuild and swc write into a file that uses async functions or
// generators, as their sources name them.
var compilerFunctions = map[string]bool{
	"__awaiter": true, "__generator": true, "__asyncGenerator": true, "__asyncValues": true, "__async": true,
	"_asyncToGenerator": true, "asyncGeneratorStep": true, "_wrapAsyncGenerator": true, "_asyncIterator": true,
	"_regenerator": true, "_regeneratorRuntime": true, "_regeneratorDefine": true, "_regeneratorDefine2": true,
	"_async_to_generator": true, "_ts_generator": true,
}

// IsCompilers reports whether a function of that name is one that compilers write.
func IsCompilers(name string) bool { return compilerFunctions[name] }

// CompilerFunctions are the places of the functions in a program that a compiler wrote.
func CompilerFunctions(p *script.Program) []script.Loc {
	var out []script.Loc
	note := func(name string, n script.Node) {
		if n != nil && compilerFunctions[name] {
			out = append(out, n.Range())
		}
	}
	script.WalkProgram(p, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Func:
			if n.Name != nil {
				note(n.Name.Name, n)
			}
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok {
				note(id.Name, n.Value)
			}
		case *script.Assign:
			switch t := n.Target.(type) {
			case *script.Ident:
				note(t.Name, n.Value)
			case *script.Member:
				note(t.Name, n.Value)
			}
		}
		return true
	})
	return out
}
