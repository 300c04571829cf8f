package edit

import (
	"bytes"
	"slices"
	"sort"
)

// Replacement puts New in the place of the bytes [Start, End).
type Replacement struct {
	Start, End int
	New        string
}

// Apply makes the replacements in text. Groups belong together: of a group that overlaps
// an earlier one nothing is applied, and its index is not among those returned.
func Apply(text []byte, groups [][]Replacement) (changed []byte, applied []int) {
	var all []Replacement
	for i, group := range groups {
		if !fits(all, group, len(text)) {
			continue
		}
		applied = append(applied, i)
		for _, r := range group {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Start < all[j].Start })
	var out bytes.Buffer
	at := 0
	for _, r := range all {
		out.Write(text[at:r.Start])
		out.WriteString(r.New)
		at = r.End
	}
	out.Write(text[at:])
	return out.Bytes(), applied
}

// fits tells that a group lies in the text and touches nothing that is taken. The very same
// replacement twice is one: two findings may have one remedy.
func fits(taken, group []Replacement, size int) bool {
	for i, r := range group {
		if r.Start < 0 || r.End < r.Start || r.End > size {
			return false
		}
		for _, t := range taken {
			if r != t && (r.Start < t.End && t.Start < r.End || r.Start == t.Start) {
				return false
			}
		}
		for _, t := range group[:i] {
			if r.Start < t.End && t.Start < r.End {
				return false
			}
		}
	}
	return true
}
