package script

import (
	"fmt"
	"strings"
)

// dump writes the tree of p, a node a line: its kind, what it says, and its text.
func dump(p *Program) string {
	var b strings.Builder
	if p.Module {
		b.WriteString("module\n")
	}
	for _, s := range p.Body {
		dumpNode(&b, p, s, 0)
	}
	for _, c := range p.Comments {
		fmt.Fprintf(&b, "comment %q %s\n", c.Text, excerpt(p, c.Loc))
	}
	return b.String()
}

func dumpNode(b *strings.Builder, p *Program, n Node, depth int) {
	kind := strings.TrimPrefix(fmt.Sprintf("%T", n), "*script.")
	fmt.Fprintf(b, "%s%s%s %s\n", strings.Repeat("  ", depth), kind, says(p, n), excerpt(p, n.Range()))
	self := true
	Walk(n, func(m Node) bool {
		if self {
			self = false
			return true
		}
		dumpNode(b, p, m, depth+1)
		return false
	})
}

// excerpt shows the text at a place, shortened in the middle.
func excerpt(p *Program, at Loc) string {
	t := strings.NewReplacer("\n", "␤", "\r", "␍").Replace(p.Span(at).Text())
	if r := []rune(t); len(r) > 40 {
		t = string(r[:20]) + "…" + string(r[len(r)-19:])
	}
	return "‹" + t + "›"
}

// says tells what the fields of n hold that are no nodes.
func says(p *Program, n Node) string {
	var w []string
	add := func(format string, args ...any) { w = append(w, fmt.Sprintf(format, args...)) }
	flag := func(on bool, name string) {
		if on {
			add("%s", name)
		}
	}
	key := func(kind PropertyKind, name string, at Loc) {
		add("%q", name)
		if at != (Loc{}) {
			add("at %s", excerpt(p, at))
		}
		add("%s", []string{"", "get", "set", "spread"}[kind])
	}
	switch n := n.(type) {
	case *Ident:
		add("%s", n.Name)
	case *String:
		add("%q", n.Value)
	case *Number:
		add("%v", n.Value)
		flag(n.BigInt != nil, "bigint")
	case *Bool:
		add("%v", n.Value)
	case *RegExp:
		add("%s %s", n.Pattern, n.Flags)
	case *Template:
		add("%q", n.Quasis)
		flag(n.Tag != nil, "tagged")
		flag(n.Raw != nil, fmt.Sprintf("raw %q", n.Raw))
	case *Func:
		flag(n.Async, "async")
		flag(n.Generator, "generator")
		flag(n.Arrow, "arrow")
		flag(n.Result != nil, "concise")
	case *Member:
		add(".%s at %s", n.Name, excerpt(p, n.NameLoc))
		flag(n.Optional, "optional")
	case *Index:
		flag(n.Optional, "optional")
	case *Call:
		flag(n.Optional, "optional")
	case *Unary:
		add("%s", n.Op)
	case *Update:
		add("%s", n.Op)
		flag(n.Prefix, "prefix")
	case *Binary:
		add("%s", n.Op)
	case *Logical:
		add("%s", n.Op)
	case *Assign:
		add("%s", n.Op)
	case *Yield:
		flag(n.Delegate, "delegate")
	case *MetaProperty:
		add("%s", n.Name)
	case *Property:
		key(n.Kind, n.Name, n.KeyLoc)
		flag(n.Method, "method")
		flag(n.Shorthand, "shorthand")
	case *ClassMember:
		key(n.Kind, n.Name, n.KeyLoc)
		flag(n.Static, "static")
		flag(n.Field, "field")
		flag(n.Block, "block")
	default:
		saysStmt(p, n, add, flag)
	}
	text := strings.Join(w, " ")
	for strings.Contains(text, "  ") {
		text = strings.ReplaceAll(text, "  ", " ")
	}
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	return " " + text
}

func saysStmt(p *Program, n Node, add func(string, ...any), flag func(bool, string)) {
	switch n := n.(type) {
	case *VarDecl:
		add("%s", n.Kind)
	case *ForIn:
		add("%s", n.Decl)
		flag(n.Of, "of")
		flag(n.Await, "await")
	case *Break:
		add("%s", n.Label)
	case *Continue:
		add("%s", n.Label)
	case *Labeled:
		add("%s", n.Label)
	case *Block:
		flag(n.With, "with")
	case *Import:
		add("from %q at %s", n.From, excerpt(p, n.FromLoc))
		for _, name := range n.Names {
			add("%s=%s at %s", name.Local, name.Imported, excerpt(p, name.Loc))
		}
	case *Export:
		flag(n.Default != nil, "default")
		flag(n.Star, "star")
		if n.From != "" {
			add("from %q at %s", n.From, excerpt(p, n.FromLoc))
		}
		for _, name := range n.Names {
			add("%s=%s at %s", name.Exported, name.Local, excerpt(p, name.Loc))
		}
	}
}
