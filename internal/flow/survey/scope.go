package survey

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// knownScopes are the scopes that exist (docs framework/open-ability/authorize.html).
var knownScopes = map[string]bool{
	"scope.userInfo": true, "scope.userLocation": true, "scope.userFuzzyLocation": true, "scope.userLocationBackground": true, "scope.werun": true,
	"scope.writePhotosAlbum": true, "scope.record": true, "scope.camera": true, "scope.bluetooth": true, "scope.addPhoneContact": true,
	"scope.addPhoneCalendar": true, "scope.address": true, "scope.invoiceTitle": true, "scope.invoice": true,
}

// PlaceScope finds where a scope that does not exist is written when the call only passes on what its function is given: at
// the key of the property whose value it is, or at the literal itself.
func (s *Survey) PlaceScope(u flow.ScopeUse) flow.ScopeUse {
	if u.NotString || u.Missing || u.Name == "" || knownScopes[u.Name] || !s.passedOn(u.At) {
		return u
	}
	var first flow.ScopeUse
	for _, p := range s.Files {
		walkAround(p, func(n script.Node, around []script.Node) {
			literal, ok := n.(*script.String)
			if !ok || !namesScope(literal.Value, u.Name) || !first.Value.IsZero() && (first.Value.File == u.At.File || p.Syntax.File != u.At.File) {
				return
			}
			first = u
			first.At, first.Value = p.Span(n), p.Span(n)
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
func (s *Survey) passedOn(key source.Span) bool {
	passed := false
	for _, p := range s.Files {
		if p.Syntax.File != key.File {
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
