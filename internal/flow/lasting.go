package flow

import "github.com/voipcheck/voipcheck/internal/script"

// Functions that a module declares and that nothing ever replaces. What is not followed may assign to a name; minified code
// uses the same few names everywhere, so it has to be seen whose they are.

// lastingFunctions lists the functions that the program's top level declares and that no assignment replaces.
func (p *program) lastingFunctions() []string {
	var declared []string
	for _, s := range p.syntax.Body {
		if x, ok := s.(*script.Export); ok && x.Decl != nil {
			s = x.Decl
		}
		if f, ok := s.(*script.FuncDecl); ok && f.Func.Name != nil {
			declared = append(declared, f.Func.Name.Name)
		}
	}
	if len(declared) == 0 {
		return nil
	}
	replaced := map[string]bool{}
	for _, s := range p.syntax.Body {
		assignedOutside(s, nil, replaced)
	}
	lasting := declared[:0]
	for _, name := range declared {
		if !replaced[name] {
			lasting = append(lasting, name)
		}
	}
	return lasting
}

// shadows are the names that the functions around a place declare, the innermost first.
type shadows struct {
	own map[string]bool
	up  *shadows
}

func (s *shadows) has(name string) bool {
	for ; s != nil; s = s.up {
		if s.own[name] {
			return true
		}
	}
	return false
}

// assignedOutside notes the names that are assigned and that no function around the assignment declares.
func assignedOutside(n script.Node, around *shadows, found map[string]bool) {
	note := func(target script.Expr) {
		for _, name := range names(target) {
			if !around.has(name) {
				found[name] = true
			}
		}
	}
	script.Walk(n, func(inner script.Node) bool {
		switch x := inner.(type) {
		case *script.Func:
			if inner == n {
				return true
			}
			assignedOutside(x, &shadows{ownNames(x), around}, found)
			return false
		case *script.Assign:
			note(x.Target)
		case *script.Update:
			note(x.X)
		case *script.ForIn:
			if x.Decl == "" {
				note(x.Target)
			}
		}
		return true
	})
}

// ownNames are the names that a function declares for all of its body. Its own name is not among them: that of a declaration
// stands around it, and functions replace themselves by it. Nor are those of blocks: what is assigned to one counts as
// assigned outside, which keeps a function from being taken to last and nothing else.
func ownNames(f *script.Func) map[string]bool {
	own := map[string]bool{}
	add := func(target script.Expr) {
		for _, name := range names(target) {
			own[name] = true
		}
	}
	for _, p := range f.Params {
		add(p)
	}
	for _, s := range f.Body {
		switch s := s.(type) {
		case *script.FuncDecl:
			if s.Func.Name != nil {
				own[s.Func.Name.Name] = true
			}
		case *script.ClassDecl:
			if s.Class.Name != nil {
				own[s.Class.Name.Name] = true
			}
		case *script.VarDecl:
			for _, d := range s.Decls {
				add(d.Target)
			}
		}
		script.Walk(s, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Func:
				return false
			case *script.VarDecl:
				for _, d := range n.Decls {
					if n.Kind == "var" {
						add(d.Target)
					}
				}
			case *script.ForIn:
				if n.Decl == "var" {
					add(n.Target)
				}
			}
			return true
		})
	}
	return own
}
