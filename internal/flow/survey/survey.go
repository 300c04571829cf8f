package survey

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// File is a file that takes part, as it was parsed.
type File struct {
	Script *miniprogram.Script
	Syntax *script.Program
}

// Span is the place of a piece of the file's code.
func (f *File) Span(n script.Node) source.Span { return f.loc(n.Range()) }

func (f *File) loc(l script.Loc) source.Span {
	return source.Span{File: f.Syntax.File, Start: l.Start, End: l.End}
}

// Survey is the code of a project.
type Survey struct {
	Project *miniprogram.Project
	Files   []*File

	parse    script.Limits
	life     Life
	byScript map[*miniprogram.Script]*File
	units    map[*miniprogram.Script]*miniprogram.Unit
	// compiled are the functions in each file that a compiler wrote, once they are looked for.
	compiled map[*File][]script.Loc
}

// Life tells of a name whether it is that of a lifecycle function, and of one whether it runs once for each instance.
type Life func(name string) (once, ok bool)

// New takes the files of a project that take part.
func New(p *miniprogram.Project, files []*File, parse script.Limits, life Life) *Survey {
	s := &Survey{Project: p, Files: files, parse: parse, life: life, byScript: map[*miniprogram.Script]*File{}, units: map[*miniprogram.Script]*miniprogram.Unit{}, compiled: map[*File][]script.Loc{}}
	for _, f := range files {
		s.byScript[f.Script] = f
	}
	for _, u := range s.Units() {
		if u.Script != nil {
			s.units[u.Script] = u
		}
	}
	return s
}

// Units are the app, the pages and the components.
func (s *Survey) Units() []*miniprogram.Unit {
	var out []*miniprogram.Unit
	if s.Project.App != nil {
		out = append(out, s.Project.App)
	}
	return append(out, s.Project.Units...)
}

// Unit is the page, component or app whose script a file is, nil for others.
func (s *Survey) Unit(f *source.File) *miniprogram.Unit {
	for _, file := range s.Files {
		if file.Syntax.File == f {
			return s.units[file.Script]
		}
	}
	return nil
}

// FileOf is the file of that source, nil if it takes no part.
func (s *Survey) FileOf(f *source.File) *File {
	for _, file := range s.Files {
		if file.Syntax.File == f {
			return file
		}
	}
	return nil
}

// OpensSettings reports whether code names openSetting.
func (s *Survey) OpensSettings() bool {
	found := false
	for _, f := range s.Files {
		script.WalkProgram(f.Syntax, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Member:
				found = found || n.Name == string(flow.OpenSetting)
			case *script.Ident:
				found = found || n.Name == string(flow.OpenSetting)
			}
			return !found
		})
	}
	return found
}

// ExistenceGuards are the tests that name one of the two calls: wx.canIUse('join1v1Chat'), if (!wx.setEnable1v1Chat).
func (s *Survey) ExistenceGuards() []source.Span {
	var out []source.Span
	feature := func(name string) bool {
		return strings.Contains(name, string(flow.SetEnable)) || strings.Contains(name, string(flow.Join))
	}
	for _, f := range s.Files {
		tested := func(x script.Expr) {
			script.Walk(x, func(n script.Node) bool {
				switch n := n.(type) {
				case *script.Func:
					return false
				case *script.Call:
					// A call is no test of existence; its arguments may hold one.
					return false
				case *script.Member:
					if feature(n.Name) {
						out = append(out, f.loc(n.NameLoc))
					}
				case *script.Binary:
					if s, ok := n.L.(*script.String); ok && n.Op == "in" && feature(s.Value) {
						out = append(out, f.Span(n))
					}
				}
				return true
			})
		}
		script.WalkProgram(f.Syntax, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.If:
				tested(n.Test)
			case *script.Cond:
				tested(n.Test)
			case *script.Logical:
				tested(n.L)
			case *script.Unary:
				if n.Op == "!" || n.Op == "typeof" {
					tested(n.X)
				}
			case *script.Call:
				if m, ok := n.Callee.(*script.Member); ok && m.Name == "canIUse" && len(n.Args) > 0 {
					if s, ok := n.Args[0].(*script.String); ok && feature(s.Value) {
						out = append(out, f.Span(n))
					}
				}
				if n.Optional {
					tested(n.Callee)
				}
			}
			return true
		})
	}
	return out
}
