package ecma

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"

	"github.com/grafana/sobek/parser"
)

// RegExp is a regular expression that is computed exactly, in time that is linear in the text: without references to what was
// matched before and without looking ahead or behind.
type RegExp struct {
	re *regexp.Regexp
	// whole tells that only the whole match is as in JavaScript: groups within repetitions hold other things there.
	whole bool
	// looksBack tells that what stands before a place decides whether it matches there.
	looksBack, unicode bool
}

// Match is where a match and its groups lie, in bytes of the text, pairwise; -1 for a group that took no part.
type Match []int

var compiled sync.Map // of pattern and flags

// ErrPattern is for patterns that JavaScript refuses.
var ErrPattern = errors.New("no regular expression")

// errOpen is for patterns that are not computed.
var errOpen = errors.New("a regular expression that is not computed")

// Compile reads a regular expression. Its error is ErrPattern where the language refuses it, and another where it is not computed.
func Compile(pattern, flags string) (*RegExp, error) {
	key := pattern + "/" + flags
	if r, ok := compiled.Load(key); ok {
		return r.(*RegExp), nil
	}
	if strings.Trim(flags, "gimsuy") != "" || strings.Contains(flags, "y") {
		return nil, errOpen
	}
	unicode := strings.Contains(flags, "u")
	text, err := parser.TransformRegExp(pattern, strings.Contains(flags, "s"), unicode)
	if err != nil {
		var refused parser.RegexpSyntaxError
		if errors.As(err, &refused) {
			return nil, ErrPattern
		}
		return nil, errOpen
	}
	if !unicode && astral(pattern) || unicode && strings.Contains(pattern, `\p`) || unicode && strings.Contains(pattern, `\P`) {
		return nil, errOpen
	}
	options := ""
	for _, f := range []string{"i", "m", "s"} {
		if strings.Contains(flags, f) {
			options += f
		}
	}
	if options != "" {
		text = "(?" + options + ")" + text
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil, errOpen
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, errOpen
	}
	r := &RegExp{re: re, whole: repeatsGroups(tree, false), looksBack: looksBack(tree), unicode: unicode}
	compiled.Store(key, r)
	return r, nil
}

// astral reports whether a text holds letters of two code units.
func astral(s string) bool { return strings.ContainsFunc(s, func(r rune) bool { return r > 0xffff }) }

// folded are letters that Go takes for another case of ASCII letters, and JavaScript does not.
const folded = "\u212a\u017f"

// repeatsGroups reports whether a group may match several times.
func repeatsGroups(t *syntax.Regexp, repeated bool) bool {
	switch t.Op {
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		repeated = true
	case syntax.OpCapture:
		if repeated {
			return true
		}
	}
	for _, sub := range t.Sub {
		if repeatsGroups(sub, repeated) {
			return true
		}
	}
	return false
}

// looksBack reports whether an expression asks what stands before.
func looksBack(t *syntax.Regexp) bool {
	switch t.Op {
	case syntax.OpBeginLine, syntax.OpBeginText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return true
	}
	for _, sub := range t.Sub {
		if looksBack(sub) {
			return true
		}
	}
	return false
}

// computable reports whether matches in a text are those of JavaScript.
func (r *RegExp) computable(s string) bool {
	return (r.unicode || !astral(s)) && !strings.ContainsAny(s, folded)
}

// Groups is the number of groups, and Names are their names, "" for those that have none.
func (r *RegExp) Groups() int { return r.re.NumSubexp() }

// Names are the groups' names from the first group on.
func (r *RegExp) Names() []string { return r.re.SubexpNames()[1:] }

// Test reports whether a text matches; ok is false where that is not computed.
func (r *RegExp) Test(s string) (found, ok bool) {
	return r.re.MatchString(s), r.computable(s)
}

// Find returns up to n matches, or all where n is negative; ok is false where they are not computed.
func (r *RegExp) Find(s string, n int) (found []Match, ok bool) {
	if !r.computable(s) || r.whole && r.Groups() > 0 {
		return nil, false
	}
	if n == 1 || r.looksBack {
		for _, m := range r.re.FindAllStringSubmatchIndex(s, n) {
			if n != 1 && m[0] == m[1] {
				return nil, false // Go leaves out an empty match behind another one
			}
			found = append(found, m)
		}
		return found, true
	}
	for at := 0; at <= len(s) && (n < 0 || len(found) < n); {
		m := r.re.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		found = append(found, m)
		if at = m[1]; m[0] == m[1] {
			at += width(s, at)
		}
	}
	return found, true
}

// width is the length of the letter at a byte, 1 at the end.
func width(s string, at int) int {
	for i := range s[at:] {
		if i > 0 {
			return i
		}
	}
	return max(1, len(s)-at)
}

// Part is the text of a match's group, nil for one that took no part; group 0 is the match.
func (m Match) Part(s string, group int) *string {
	if m[2*group] < 0 {
		return nil
	}
	part := s[m[2*group]:m[2*group+1]]
	return &part
}
