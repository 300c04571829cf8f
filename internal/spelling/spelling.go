// Package spelling finds the name that somebody meant.
package spelling

import (
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// maxLength bounds what is compared: no name is longer, and the comparison is quadratic.
const maxLength = 64

// Nearest returns the one of names that word is most likely a misspelling of, the first of
// equals, or "" when none is near: more than a third of the letters, and more than two, differ. A name that is
// cut short is near too. Case does not count.
func Nearest(word string, names []string) string {
	best, found := max(2, len(word)/3)+1, ""
	if len(word) > maxLength || word == "" {
		return ""
	}
	for _, name := range names {
		if len(word) >= 3 && strings.HasPrefix(name, strings.ToLower(word)) {
			return name // cut short, as warn for warning
		}
		distance := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(name))
		if distance < best && distance < max(len(name), len(word)) {
			best, found = distance, name
		}
	}
	return found
}

// Suggest says which name was probably meant, or which ones there are.
func Suggest(word string, names []string) lang.Text {
	if near := Nearest(word, names); near != "" {
		return lang.F(lang.T("did you mean %q?", "是否应为 %q？"), near)
	}
	if len(names) > maxListed {
		return lang.T("run `voipcheck rules` for all of them", "可用 `voipcheck rules` 列出全部")
	}
	return lang.F(lang.T("available: %s", "可用的有：%s"), lang.List(names))
}

// maxListed is how many names a message lists. Only the rules are more.
const maxListed = 20
