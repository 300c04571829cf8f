package survey

import (
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

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

// Compiled reports whether a place lies within a function that a compiler wrote.
func (s *Survey) Compiled(at source.Span) bool {
	for _, f := range s.Files {
		if f.Syntax.File != at.File {
			continue
		}
		if s.compiled[f] == nil {
			s.compiled[f] = append([]script.Loc{}, f.compilerFunctions()...)
		}
		for _, r := range s.compiled[f] {
			if r.Start <= at.Start && at.End <= r.End {
				return true
			}
		}
	}
	return false
}

// compilerFunctions returns the places of the functions in a file that a compiler wrote.
func (f *File) compilerFunctions() []script.Loc {
	var out []script.Loc
	note := func(name string, n script.Node) {
		if n != nil && compilerFunctions[name] {
			out = append(out, n.Range())
		}
	}
	script.WalkProgram(f.Syntax, func(n script.Node) bool {
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
