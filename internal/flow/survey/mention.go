package survey

import "github.com/voipcheck/voipcheck/internal/script"

// Who names a function, by the text alone: for code that no path was seen to come to.

// mention is a place where a name is written as code, with what stands around it, the outermost first.
type mention struct {
	in     *File
	node   script.Node
	around []script.Node
}

// mentionIndex holds the functions of some programs by what they are called, and the places that name them.
type mentionIndex struct {
	names map[*script.Func]string
	uses  map[string][]mention
}

// indexMentions looks through programs.
func indexMentions(programs []*File) *mentionIndex {
	x := &mentionIndex{names: map[*script.Func]string{}, uses: map[string][]mention{}}
	for _, p := range programs {
		walkAround(p, func(n script.Node, around []script.Node) {
			name := ""
			switch n := n.(type) {
			case *script.Func:
				x.names[n] = nameOfFunc(n, around)
				return
			case *script.Member:
				name = n.Name
			case *script.Ident:
				name = n.Name
			}
			if name != "" && !declares(n, around) {
				x.uses[name] = append(x.uses[name], mention{p, n, append([]script.Node(nil), around...)})
			}
		})
	}
	return x
}

// walkAround visits every node of a program together with the nodes around it.
func walkAround(p *File, visit func(n script.Node, around []script.Node)) {
	var around []script.Node
	script.WalkProgram(p.Syntax, func(n script.Node) bool {
		at := n.Range()
		for len(around) > 0 {
			outer := around[len(around)-1].Range()
			if outer.Start <= at.Start && at.End <= outer.End {
				break
			}
			around = around[:len(around)-1]
		}
		visit(n, around)
		around = append(around, n)
		return true
	})
}

// nameOfFunc is the name by which a function is called: its own, or that of the property or variable it is the value of.
func nameOfFunc(f *script.Func, around []script.Node) string {
	if f.Name != nil {
		return f.Name.Name
	}
	if len(around) == 0 {
		return ""
	}
	switch n := around[len(around)-1].(type) {
	case *script.Property:
		return n.Name
	case *script.ClassMember:
		return n.Name
	case *script.Declarator:
		if id, ok := n.Target.(*script.Ident); ok {
			return id.Name
		}
	case *script.Assign:
		switch target := n.Target.(type) {
		case *script.Ident:
			return target.Name
		case *script.Member:
			return target.Name
		}
	}
	return ""
}

// declares tells of a name that it is being given to something where it stands.
func declares(n script.Node, around []script.Node) bool {
	if len(around) == 0 {
		return false
	}
	switch outer := around[len(around)-1].(type) {
	case *script.Func:
		return outer.Name == n
	case *script.Declarator:
		return outer.Target == n
	case *script.Assign:
		return outer.Target == n
	}
	return false
}

// called returns the call that a mention is the callee of, or nil.
func (m mention) called() *script.Call {
	for i := len(m.around) - 1; i >= 0; i-- {
		switch outer := m.around[i].(type) {
		case *script.Chain:
			continue
		case *script.Call:
			if callee := outer.Callee.Range(); callee.Start <= m.node.Range().Start && m.node.Range().End == callee.End {
				return outer
			}
		}
		break
	}
	return nil
}

// functionsAround returns the functions among nodes, the outermost first.
func functionsAround(around []script.Node) []*script.Func {
	var out []*script.Func
	for _, n := range around {
		if f, ok := n.(*script.Func); ok {
			out = append(out, f)
		}
	}
	return out
}

// calleeName is the name that a call calls by, "" if it has none.
func calleeName(call *script.Call) string {
	switch x := call.Callee.(type) {
	case *script.Ident:
		return x.Name
	case *script.Member:
		return x.Name
	}
	return ""
}

// Mentions are the functions of the code by what they are called, and the places that name them.
type Mentions struct{ index *mentionIndex }

// Mention is a place that names something, with the functions around it, the outermost first.
type Mention struct {
	File   *File
	Node   script.Node
	Inside []*script.Func
}

// Mentions looks through the code.
func (s *Survey) Mentions() *Mentions { return &Mentions{indexMentions(s.Files)} }

// Name is the name by which a function is called, "" if it has none.
func (x *Mentions) Name(f *script.Func) string { return x.index.names[f] }

// Uses are the places that name something.
func (x *Mentions) Uses(name string) []Mention {
	var out []Mention
	for _, m := range x.index.uses[name] {
		out = append(out, Mention{m.in, m.node, functionsAround(m.around)})
	}
	return out
}
