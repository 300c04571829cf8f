package miniprogram

// What is read off a file's bytes without parsing it: the feature's words, the modules
// it imports and the pages it names. This runs over every candidate file of a tree, so it
// searches for a few fixed strings and looks closer only where one is found.

import (
	"bytes"
	"path"
	"strings"
)

// words is what one file's bytes tell.
type words struct {
	// name is the file's absolute name.
	name string
	// names are the feature's words in it.
	names Names
	// media tells of a file that names authorize that it also names a recording or camera scope, or nearly so.
	media bool
	// common are the functions in it by which it comes by what other scripts made.
	common common
	// imports are the specifiers of what it imports, as they are written.
	imports []string
	// locals are the names it gives to imports, and tags the elements in it that can be
	// components; of single-file components only.
	locals []local
	tags   []string
	// pages are the pages that it names, by index.
	pages []int32
	// err is why it could not be read.
	err error
}

// String lists the names, each after a blank.
func (n Names) String() string {
	var out string
	for i, name := range []string{"setEnable1v1Chat", "join1v1Chat", "authorize", "openSetting", "getSetting"} {
		if n&(1<<i) != 0 {
			out += " " + name
		}
	}
	return out
}

// isWordByte tells of a byte that can be part of a name in code.
func isWordByte(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

// each calls f with the offset of every occurrence of word.
func each(text, word []byte, f func(at int)) {
	for from := 0; ; {
		n := bytes.Index(text[from:], word)
		if n < 0 {
			return
		}
		f(from + n)
		from += n + len(word)
	}
}

// eachBy is each for words that can be told by one of their bytes which text seldom has: the
// one at index by. That is several times as fast.
func eachBy(text, word []byte, by int, f func(at int)) {
	for from := by; from < len(text); {
		n := bytes.IndexByte(text[from:], word[by])
		if n < 0 {
			return
		}
		at := from + n - by
		from += n + 1
		if bytes.HasPrefix(text[at:], word) {
			f(at)
		}
	}
}

var (
	wordChat      = []byte("1v1Chat")
	wordEnable    = []byte("setEnable")
	wordJoin      = []byte("join")
	wordAuthorize = []byte("authorize")
	wordSetting   = []byte("Setting")
	wordOpen      = []byte("open")
	wordGet       = []byte("get")
	wordRecord    = []byte("record")
	wordCamera    = []byte("camera")
	wordScope     = []byte("scope.")
)

// namesIn returns the feature's words in text.
func namesIn(text []byte) Names {
	var names Names
	eachBy(text, wordChat, 3, func(at int) {
		switch {
		case bytes.HasSuffix(text[:at], wordEnable):
			names |= NameEnable
		case bytes.HasSuffix(text[:at], wordJoin):
			names |= NameJoin
		}
	})
	eachBy(text, wordAuthorize, 7, func(at int) {
		if isWord(text, at, at+len(wordAuthorize)) {
			names |= NameAuthorize
		}
	})
	eachBy(text, wordSetting, 0, func(at int) {
		switch {
		case bytes.HasSuffix(text[:at], wordOpen) && isWord(text, at-len(wordOpen), at+len(wordSetting)):
			names |= NameOpenSetting
		case bytes.HasSuffix(text[:at], wordGet) && isWord(text, at-len(wordGet), at+len(wordSetting)):
			names |= NameGetSetting
		}
	})
	return names
}

// isWord reports whether text[start:end] is no part of a longer name.
func isWord(text []byte, start, end int) bool {
	return (start == 0 || !isWordByte(text[start-1])) && (end >= len(text) || !isWordByte(text[end]))
}

// containsWord reports whether text has the word, not as a part of a longer one.
func containsWord(text, word []byte) bool {
	found := false
	each(text, word, func(at int) { found = found || isWord(text, at, at+len(word)) })
	return found
}

// namesMedia reports whether text names a scope of the feature or anything that could be meant as one.
func namesMedia(text []byte) bool {
	return bytes.Contains(text, wordScope) || bytes.Contains(text, wordRecord) || bytes.Contains(text, wordCamera)
}

var (
	wordFrom    = []byte("from")
	wordImport  = []byte("import")
	wordRequire = []byte("require")
)

// importsIn returns the specifiers of the modules that text imports, each once. They are
// cut out of the text by their looks; what stands in a comment counts too.
func importsIn(text []byte, intern func([]byte) string) []string {
	var out []string
	seen := map[string]bool{}
	add := func(at int, call bool) {
		spec, ok := specifierAt(text, at, call)
		if !ok {
			return
		}
		if s := intern(spec); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	word := func(word []byte, by int, call bool) {
		eachBy(text, word, by, func(at int) {
			if isWord(text, at, at+len(word)) {
				add(at+len(word), call)
			}
		})
	}
	word(wordFrom, 3, false)
	word(wordImport, 1, true)
	word(wordRequire, 2, true)
	return out
}

const longestSpecifier = 300

// specifierAt returns the quoted text that follows at, after "(" too when call is set.
func specifierAt(text []byte, at int, call bool) ([]byte, bool) {
	at = skipSpace(text, at)
	if call && bytes.HasPrefix(text[at:], []byte(".async")) {
		at = skipSpace(text, at+len(".async"))
	}
	if call && at < len(text) && text[at] == '(' {
		at = skipSpace(text, at+1)
	}
	if at >= len(text) {
		return nil, false
	}
	quote := text[at]
	if quote != '\'' && quote != '"' && quote != '`' {
		return nil, false
	}
	rest := text[at+1 : min(len(text), at+1+longestSpecifier)]
	n := bytes.IndexByte(rest, quote)
	if n <= 0 || bytes.ContainsAny(rest[:n], "\n\r \t${}\\") {
		return nil, false
	}
	return rest[:n], true
}

func skipSpace(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') {
		at++
	}
	return at
}

var (
	wordURL   = []byte("url")
	wordPages = []byte("pages/")
)

// mostFolders is how many folders of pages are looked for by name. Programs with more of
// them still have their navigations recognised by "url".
const mostFolders = 12

// foldersOf are the folders that page paths begin with, as they stand in a path.
func foldersOf(pages []string) [][]byte {
	var out [][]byte
	seen := map[string]bool{}
	for _, page := range pages {
		folder, _, ok := strings.Cut(page, "/")
		if ok && !seen[folder] && len(out) < mostFolders {
			seen[folder] = true
			out = append(out, []byte(folder+"/"))
		}
	}
	return out
}

// pagesIn returns the pages, by their index in pages, that text names as the target of a
// navigation or as any path that begins with one of the folders. dir is the file's folder
// within the mini-program.
func pagesIn(text []byte, dir string, pages map[string]int32, folders [][]byte) []int32 {
	var out []int32
	seen := map[int32]bool{}
	add := func(start, end int) {
		for _, p := range pagePaths(string(text[start:end]), dir) {
			if n, ok := pages[p]; ok && !seen[n] {
				seen[n] = true
				out = append(out, n)
			}
		}
	}
	each(text, wordURL, func(at int) {
		// url: '/x', url="x", "url": `x`
		i := at + len(wordURL)
		for i < len(text) && i < at+16 && (bytes.IndexByte([]byte(" \t\n\r:='\"`"), text[i]) >= 0) {
			i++
		}
		if i > at+len(wordURL) {
			add(i, pathEnd(text, i))
		}
	})
	for _, folder := range folders {
		passed := 0
		each(text, folder, func(at int) {
			start := at
			if at < passed {
				return // a part of the path before
			}
			for start > max(0, at-longestSpecifier) && isPathByte(text[start-1]) {
				start--
			}
			passed = pathEnd(text, at)
			add(start, passed)
		})
	}
	return out
}

func isPathByte(c byte) bool { return isWordByte(c) && c != '$' || c == '/' || c == '.' || c == '-' }

func pathEnd(text []byte, at int) int {
	for end := min(len(text), at+longestSpecifier); at < end && isPathByte(text[at]); {
		at++
	}
	return at
}

// pagePaths returns what a path in a navigation may mean from a file in dir, likeliest first.
func pagePaths(target, dir string) []string {
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
