package checks

// Which known name a wrong one was meant to be.

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// nearest returns the name that is spelt most like word, the first of equals, or "" when
// each is further than limit edits away. Case and separators do not count.
func nearest(word string, names []string, limit int) string {
	best, found := limit+1, ""
	for _, name := range names {
		if d := distance(word, name); d < best {
			best, found = d, name
		}
	}
	return found
}

// distance is the edit distance between two names, without regard to case, "_" and "-".
func distance(a, b string) int {
	a, b = bare(a), bare(b)
	// The distance is at least the difference of the lengths; a name of a thousand characters is not worth a table.
	if len(a) > 64 || len(b) > 64 {
		return max(len(a), len(b))
	}
	return levenshtein.ComputeDistance(a, b)
}

// bare is a name as it sounds: lower case, without separators.
func bare(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
}
