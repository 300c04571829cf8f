package scan

// What is read off a file's bytes without parsing it: the feature's words and the modules
// it imports. This runs over every candidate file of a tree, so it searches for a few bytes
// that text seldom has, and looks closer only where one is found.

import (
	"bytes"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Summary is what one file's bytes tell.
type Summary struct {
	// Name is the file's absolute name.
	Name string
	// Names are the feature's words in it.
	Names miniprogram.Names
	// Media tells of a file that names authorize that it also names a recording or camera scope, or nearly so.
	Media bool
	// Uses are the functions in it by which it comes by what other scripts made.
	Uses Uses
	// Imports are the specifiers of what it imports, as they are written, each once.
	Imports []string
	// Locals are the names it gives to imports, and tags the elements in it that can be
	// components; of single-file components only.
	Locals []Local
	Tags   []string
	// Pages are the pages that it names, by number.
	Pages []int32
	// Err is why it could not be read.
	Err error
	// Sum stands for all of this, where it is to be compared later.
	Sum uint64
}

// Uses are the functions by which a script comes by what another one made.
type Uses uint8

// The functions that are looked for, and parts of names.
const (
	UsesApp   Uses = 1 << iota // getApp
	UsesPages                  // getCurrentPages
	// UsesInterceptor is uni.addInterceptor, by which it changes what uni's functions return.
	UsesInterceptor
	// UsesNamePart is a part of the calls' names by itself, as code has it that puts them together.
	UsesNamePart
)

var (
	wordApp   = []byte("getApp")
	wordStack = []byte("CurrentPages")
	wordComes = []byte("addInterceptor")
)

// IsWordByte tells of a byte that can be part of a name in code.
func IsWordByte(c byte) bool {
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
	wordVoIP      = []byte("VoIP")
	wordOn        = []byte("on")
	wordOff       = []byte("off")
)

// NamesIn returns the feature's words in text.
func NamesIn(text []byte) miniprogram.Names {
	names, _ := NamesAndUses(text)
	return names
}

// NamesAndUses returns the feature's words in text, and the functions by which it comes by what other scripts made.
func NamesAndUses(text []byte) (miniprogram.Names, Uses) {
	var names miniprogram.Names
	var others Uses
	for i := 0; ; i++ { // 1v1Chat, CurrentPages
		n := bytes.IndexByte(text[i:], 'C')
		if n < 0 {
			break
		}
		i += n
		switch rest := text[i:]; {
		case i >= 3 && text[i-1] == '1' && bytes.HasPrefix(text[i-3:], wordChat):
			switch before := text[:i-3]; {
			case bytes.HasSuffix(before, wordEnable):
				names |= miniprogram.NameEnable
			case bytes.HasSuffix(before, wordJoin):
				names |= miniprogram.NameJoin
			default:
				others |= UsesNamePart
			}
		case len(rest) > 1 && rest[1] == 'u' && bytes.HasPrefix(rest, wordStack):
			others |= UsesPages
		}
	}
	eachBy(text, wordAuthorize, 7, func(at int) {
		if isWord(text, at, at+len(wordAuthorize)) {
			names |= miniprogram.NameAuthorize
		}
	})
	eachBy(text, wordSetting, 0, func(at int) {
		switch {
		case bytes.HasSuffix(text[:at], wordOpen) && isWord(text, at-len(wordOpen), at+len(wordSetting)):
			names |= miniprogram.NameOpenSetting
		case bytes.HasSuffix(text[:at], wordGet) && isWord(text, at-len(wordGet), at+len(wordSetting)):
			names |= miniprogram.NameGetSetting
		}
	})
	eachBy(text, wordVoIP, 0, func(at int) {
		if bytes.HasSuffix(text[:at], wordOn) || bytes.HasSuffix(text[:at], wordOff) {
			names |= miniprogram.NameListener
		}
	})
	eachBy(text, wordApp, 3, func(int) { others |= UsesApp })
	eachBy(text, wordComes, 3, func(int) { others |= UsesInterceptor })
	return names, others
}

// isWord reports whether text[start:end] is no part of a longer name.
func isWord(text []byte, start, end int) bool {
	return (start == 0 || !IsWordByte(text[start-1])) && (end >= len(text) || !IsWordByte(text[end]))
}

// ContainsWord reports whether text has the word, not as a part of a longer one.
func ContainsWord(text, word []byte) bool {
	found := false
	each(text, word, func(at int) { found = found || isWord(text, at, at+len(word)) })
	return found
}

// NamesMedia reports whether text names a scope of the feature or anything that could be meant as one.
func NamesMedia(text []byte) bool {
	return bytes.Contains(text, wordScope) || bytes.Contains(text, wordRecord) || bytes.Contains(text, wordCamera)
}

var (
	wordFrom    = []byte("from")
	wordImport  = []byte("import")
	wordRequire = []byte("require")
)

// EachImport calls f with the specifiers of the modules that text imports. They are
// cut out of the text by their looks; what stands in a comment counts too.
func EachImport(text []byte, f func(specifier []byte)) {
	found := func(at, end int, call bool) {
		if !isWord(text, at, end) {
			return
		}
		if spec, ok := specifierAt(text, end, call); ok {
			f(spec)
		}
	}
	for i := 0; ; i++ { // from and import in one go
		n := bytes.IndexByte(text[i:], 'm')
		if n < 0 {
			break
		}
		switch i += n; {
		case i >= 3 && text[i-1] == 'o' && text[i-2] == 'r' && text[i-3] == 'f':
			found(i-3, i+1, false)
		case i >= 1 && text[i-1] == 'i' && bytes.HasPrefix(text[i-1:], wordImport):
			found(i-1, i-1+len(wordImport), true)
		}
	}
	eachBy(text, wordRequire, 2, func(at int) { found(at, at+len(wordRequire), true) })
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
