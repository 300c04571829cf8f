package scan

// Which names a file gives to what it imports, which components it registers and which elements it has, by their looks.

import (
	"bytes"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
)

// Local is a name that a file binds to a module: import Name from 'spec'.
type Local struct{ Name, Imported, Spec string }

// LocalsIn returns what text imports under which name, by its looks.
func LocalsIn(text []byte, intern func([]byte) string) []Local {
	var out []Local
	each(text, wordImport, func(at int) {
		end := at + len(wordImport)
		if !isWord(text, at, end) {
			return
		}
		// import A, { B as C } from 'x'
		rest := text[end:min(len(text), end+2000)]
		from := bytes.Index(rest, wordFrom)
		if from >= 0 && !bytes.ContainsAny(rest[:from], "'\"();=") && isWord(rest, from, from+len(wordFrom)) {
			if spec, ok := specifierAt(text, end+from+len(wordFrom), false); ok {
				out = append(out, ClauseLocals(string(rest[:from]), intern(spec))...)
			}
			return
		}
		// const A = () => import('x'), A: () => import('x')
		if spec, ok := specifierAt(text, end, true); ok {
			if name := assignedName(text[max(0, at-200):at]); name != "" {
				out = append(out, Local{name, "default", intern(spec)})
			}
		}
	})
	return out
}

var wordComponents = []byte("components")

// Registered returns the names under which the object "components" of text registers what is
// imported, where they differ from its names there.
func Registered(text []byte, imported []Local) []Local {
	var out []Local
	byName := map[string]Local{}
	for _, l := range imported {
		byName[l.Name] = l
	}
	read := 0
	each(text, wordComponents, func(at int) {
		i := skipSpace(text, at+len(wordComponents))
		if i >= len(text) || text[i] != ':' && text[i] != '=' {
			return
		}
		i = skipSpace(text, i+1)
		if read++; read > 8 || i >= len(text) || text[i] != '{' {
			return
		}
		rest := text[i+1 : min(len(text), i+4000)]
		if n := bytes.IndexByte(rest, '}'); n >= 0 {
			rest = rest[:n]
		}
		for _, entry := range strings.Split(string(rest), ",") {
			key, value, ok := strings.Cut(entry, ":")
			if !ok {
				continue
			}
			if l, ok := byName[strings.TrimSpace(value)]; ok {
				out = append(out, Local{strings.Trim(lastLine(key), " \t\r'\""), l.Imported, l.Spec})
			}
		}
	})
	return out
}

// lastLine is the last line of text, without comments before it.
func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}

// ClauseLocals reads an import clause.
func ClauseLocals(clause, spec string) []Local {
	var out []Local
	head, named, braces := strings.Cut(clause, "{")
	head = strings.Trim(strings.TrimSpace(head), ",")
	if name := strings.TrimSpace(head); IsIdentifier(name) && name != "type" {
		out = append(out, Local{name, "default", spec})
	}
	if !braces {
		return out
	}
	named, _, _ = strings.Cut(named, "}")
	for _, part := range strings.Split(named, ",") {
		fields := strings.Fields(part)
		switch {
		case len(fields) == 1 && IsIdentifier(fields[0]):
			out = append(out, Local{fields[0], fields[0], spec})
		case len(fields) == 3 && fields[1] == "as" && IsIdentifier(fields[2]):
			out = append(out, Local{fields[2], fields[0], spec})
		}
	}
	return out
}

// assignedName is the name before the last "=" or ":" in text, to which a lazily imported component is given.
func assignedName(text []byte) string {
	for i := len(text) - 1; i >= 0; i-- {
		switch c := text[i]; {
		case c == ':', c == '=' && (i+1 >= len(text) || text[i+1] != '>'):
			return lastWord(bytes.TrimRight(text[:i], " \t\r\n'\""))
		case IsWordByte(c), bytes.IndexByte([]byte(" \t\r\n()=>{"), c) >= 0:
		default:
			return ""
		}
	}
	return ""
}

func lastWord(text []byte) string {
	i := len(text)
	for i > 0 && (IsWordByte(text[i-1]) || text[i-1] == '-') {
		i--
	}
	return string(text[i:])
}

// DynamicTag is the element that becomes whatever component it is told to.
const DynamicTag = "component"

// TagsIn returns the names of elements in text that can be components: with a capital or a hyphen,
// or one word that is no element's of the platform or of HTML.
func TagsIn(text []byte, intern func([]byte) string) []string {
	var out []string
	seen := map[string]bool{}
	each(text, []byte("<"), func(at int) {
		end := at + 1
		component := false
		for end < len(text) && (IsWordByte(text[end]) || text[end] == '-') {
			component = component || text[end] == '-' || 'A' <= text[end] && text[end] <= 'Z'
			end++
		}
		name := string(text[at+1 : end])
		if name == "" || !component && name != DynamicTag && (wxml.IsBuiltin(name) || wxml.IsHTML(name)) {
			return
		}
		if s := intern(text[at+1 : end]); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	})
	return out
}

// Kebab turns UserCard and userCard into user-card.
func Kebab(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			if i > 0 && name[i-1] != '-' {
				b.WriteByte('-')
			}
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// IsIdentifier reports whether a text is one name of JavaScript.
func IsIdentifier(s string) bool {
	for i := 0; i < len(s); i++ {
		if !IsWordByte(s[i]) || i == 0 && '0' <= s[i] && s[i] <= '9' {
			return false
		}
	}
	return s != ""
}
