package scan

// Which pages a file names: the targets of navigations, by their looks.

import (
	"bytes"
	"path"
	"strings"
)

// PageNames are the pages of a program as they can stand in text.
type PageNames struct {
	// Numbers are the pages' numbers by their path.
	Numbers map[string]int32
	// folders are the first folders of their paths, each with the "/" after it; endings are the bytes before that.
	folders [][]byte
	endings [256]bool
	// beside are the folders that hold a page: a file there can name it without a "/".
	beside map[string]bool
}

// mostFolders is how many folders of pages are looked for by name. Programs with more of
// them still have their navigations recognised by "url".
const mostFolders = 12

// NewPageNames prepares to look for pages by their paths within the mini-program.
func NewPageNames(pages []string) *PageNames {
	n := &PageNames{Numbers: map[string]int32{}, beside: map[string]bool{}}
	seen := map[string]bool{}
	for i, page := range pages {
		n.Numbers[page] = int32(i)
		n.beside[strings.TrimPrefix(path.Dir("/"+page), "/")] = true
		folder, _, ok := strings.Cut(page, "/")
		if ok && folder != "" && !seen[folder] && len(n.folders) < mostFolders {
			seen[folder] = true
			n.folders = append(n.folders, []byte(folder+"/"))
			n.endings[folder[len(folder)-1]] = true
		}
	}
	return n
}

var wordURL = []byte("url")

// In returns the numbers of the pages that text names as the target of a navigation, or as any path
// that has one of the folders in it. dir is the file's folder within the mini-program.
func (n *PageNames) In(text []byte, dir string) []int32 {
	var out []int32
	var seen map[int32]bool
	add := func(start, end int) {
		for _, p := range PagePaths(string(text[start:end]), dir) {
			if number, ok := n.Numbers[p]; ok && !seen[number] {
				if seen == nil {
					seen = map[int32]bool{}
				}
				seen[number] = true
				out = append(out, number)
			}
		}
	}
	if n.beside[dir] || n.beside[""] {
		each(text, wordURL, func(at int) {
			i := at + len(wordURL)
			for i < min(len(text), at+len(wordURL)+mostBetween) && isBetween(text[i]) {
				i++
			}
			if i > at+len(wordURL) {
				add(i, pathEnd(text, i))
			}
		})
	}
	// All other paths have a "/", which code seldom has: that is faster to look for than the names.
	end, added := 0, false // of the path at hand
	for i := 0; ; i++ {
		next := bytes.IndexByte(text[i:], '/')
		if next < 0 {
			return out
		}
		i += next
		first := i >= end
		if first {
			end, added = pathEnd(text, i), false
		}
		if !added && (n.endsFolder(text[:i+1]) || first && followsURL(text[:pathStart(text, i)])) {
			added = true
			add(pathStart(text, i), pathEnd(text, i))
		}
	}
}

// endsFolder reports whether text ends with a folder of pages.
func (n *PageNames) endsFolder(text []byte) bool {
	if len(text) < 2 || !n.endings[text[len(text)-2]] {
		return false
	}
	for _, folder := range n.folders {
		if bytes.HasSuffix(text, folder) {
			return true
		}
	}
	return false
}

// isBetween tells of what may stand between url and a path: url: '/x', url="x", "url": `x`.
func isBetween(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', ':', '=', '\'', '"', '`':
		return true
	}
	return false
}

// mostBetween is how many bytes may stand there.
const mostBetween = 13

// followsURL reports whether a path that begins where text ends follows url.
func followsURL(text []byte) bool {
	end := len(text)
	for end > max(0, len(text)-mostBetween) && isBetween(text[end-1]) {
		end--
	}
	return end < len(text) && bytes.HasSuffix(text[:end], wordURL)
}

func isPathByte(c byte) bool { return IsWordByte(c) && c != '$' || c == '/' || c == '.' || c == '-' }

// pathStart returns where the path begins in which at lies.
func pathStart(text []byte, at int) int {
	for start := max(0, at-longestSpecifier); at > start && isPathByte(text[at-1]); {
		at--
	}
	return at
}

// pathEnd returns where the path ends that goes on at at.
func pathEnd(text []byte, at int) int {
	for end := min(len(text), at+longestSpecifier); at < end && isPathByte(text[at]); {
		at++
	}
	return at
}

// PagePaths returns what a path in a navigation may mean from a file in dir, likeliest first.
func PagePaths(target, dir string) []string {
	target, _, _ = strings.Cut(target, "?")
	target = strings.TrimSuffix(strings.TrimSuffix(target, ".html"), ".wxml")
	switch {
	case target == "":
		return nil
	case target[0] == '/':
		return []string{strings.TrimPrefix(path.Clean(target), "/")}
	}
	return []string{strings.TrimPrefix(path.Join("/", dir, target), "/"), strings.TrimPrefix(path.Clean("/"+target), "/")}
}
