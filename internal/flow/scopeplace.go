package flow

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// placeScope finds where a scope that does not exist is written when the call only passes on what its function is given: at
// the key of the property whose value it is, or at the literal itself.
func (a *analysis) placeScope(u ScopeUse) ScopeUse {
	if u.NotString || u.Missing || u.Name == "" || knownScopes[u.Name] || !a.passedOn(u.At) {
		return u
	}
	var first ScopeUse
	for _, p := range a.inOrder() {
		walkAround(p, func(n script.Node, around []script.Node) {
			literal, ok := n.(*script.String)
			if !ok || !namesScope(literal.Value, u.Name) || !first.Value.IsZero() && (first.Value.File == u.At.File || p.syntax.File != u.At.File) {
				return
			}
			first = u
			first.At, first.Value = p.span(n), p.span(n)
			if len(around) > 0 {
				if prop, ok := around[len(around)-1].(*script.Property); ok && prop.Value == n && prop.Name != "" {
					first.At = p.loc(prop.KeyLoc)
				}
			}
		})
	}
	if first.Value.IsZero() {
		return u
	}
	return first
}

// passedOn reports whether the value of the property whose key stands at a place is what a function around it was given, or
// what a loop around it comes to.
func (a *analysis) passedOn(key source.Span) bool {
	passed := false
	for _, p := range a.loadedAll {
		if p.syntax.File != key.File {
			continue
		}
		walkAround(p, func(n script.Node, around []script.Node) {
			prop, ok := n.(*script.Property)
			if !ok || p.loc(prop.KeyLoc) != key {
				return
			}
			if id, ok := prop.Value.(*script.Ident); ok {
				passed = passed || slices.ContainsFunc(around, func(outer script.Node) bool { return gives(outer, id.Name) })
			}
		})
	}
	return passed
}

// gives reports whether a function or loop gives a value to a name each time that it runs.
func gives(n script.Node, name string) bool {
	var patterns []script.Expr
	switch n := n.(type) {
	case *script.Func:
		patterns = n.Params
	case *script.ForIn:
		patterns = []script.Expr{n.Target}
	}
	found := false
	for _, x := range patterns {
		script.Walk(x, func(n script.Node) bool {
			id, ok := n.(*script.Ident)
			found = found || ok && id.Name == name
			return !found
		})
	}
	return found
}

// namesScope reports whether a text asks for a scope, alone or among others.
func namesScope(text, scope string) bool {
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == scope {
			return true
		}
	}
	return false
}

// inOrder returns the programs in the order of their files.
func (a *analysis) inOrder() []*program {
	return slices.SortedFunc(slices.Values(a.loadedAll), func(x, y *program) int { return strings.Compare(x.script.File.Path, y.script.File.Path) })
}
