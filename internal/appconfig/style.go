package appconfig

// The way in which a configuration is written, and what is added in that way.

import (
	"path"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
)

// node is a value that is added: a string, an object or a list; an object's entries have keys.
type node struct {
	key   string
	kind  kind
	text  string
	inner []node
}

type kind int

const (
	text kind = iota
	object
	list
)

// style is how a text writes its values.
type style struct {
	// json tells of JSON; the rest is code.
	json bool
	// quote is the quotation mark of its strings, quoted tells that keys have it too where they need none.
	quote  byte
	quoted bool
	// comma tells that the last entry is followed by one.
	comma bool
	// short tells that objects of strings are written on one line.
	short bool
}

// styleOf reads the style off a file whose comments are blanked, off the configuration's own object in it ("" when it is
// elsewhere) and off the entries that are there already.
func styleOf(file string, bare []byte, root, entries string) style {
	isJSON := path.Ext(file) == ".json"
	if path.Ext(file) == ".mpx" || path.Ext(file) == ".wpy" { // where they may hold either
		isJSON = root != "" && jsondoc.ParseTolerant([]byte(root)).Err == nil
	}
	if isJSON {
		return style{json: true, quote: '"', quoted: true, short: shortObjects(entries)}
	}
	s := style{quote: '\'', short: shortObjects(entries)}
	for _, sample := range []string{entries, root, string(bare)} {
		single, double := strings.Count(sample, "'"), strings.Count(sample, `"`)
		if double > single {
			s.quote = '"'
		}
		if single+double > 0 {
			break
		}
	}
	inside := strings.TrimSpace(strings.Trim(root, "{}[]"))
	s.quoted = strings.HasPrefix(root, "{") && (strings.HasPrefix(inside, `"`) || strings.HasPrefix(inside, "'"))
	s.comma = strings.HasSuffix(inside, ",")
	return s
}

// shortObjects tells that the first object among entries is written on one line.
func shortObjects(entries string) bool {
	_, first, ok := strings.Cut(entries, "{")
	end := strings.IndexAny(first, "}\n")
	return ok && end >= 0 && first[end] == '}'
}

// render is a node on lines that are set in by tabs.
func (s style) render(n node) string {
	var b strings.Builder
	if n.key != "" {
		b.WriteString(s.key(n.key) + ": ")
	}
	if n.kind == text {
		b.WriteString(s.string(n.text))
		return b.String()
	}
	brackets := "{}"
	if n.kind == list {
		brackets = "[]"
	}
	if s.short && n.kind == object && !slices.ContainsFunc(n.inner, func(n node) bool { return n.kind != text }) {
		var members []string
		for _, inner := range n.inner {
			members = append(members, s.render(inner))
		}
		b.WriteString("{ " + strings.Join(members, ", ") + " }")
		return b.String()
	}
	b.WriteByte(brackets[0])
	for i, inner := range n.inner {
		b.WriteString("\n\t" + strings.ReplaceAll(s.render(inner), "\n", "\n\t"))
		if i < len(n.inner)-1 || s.comma {
			b.WriteByte(',')
		}
	}
	b.WriteString("\n" + brackets[1:])
	return b.String()
}

// key is a key, in quotation marks where it is no name or the other keys have them.
func (s style) key(key string) string {
	if s.quoted || strings.ContainsAny(key, ".-") {
		return s.string(key)
	}
	return key
}

func (s style) string(text string) string {
	if s.json {
		return jsonedit.Quote(text)
	}
	q := string(s.quote)
	return q + strings.NewReplacer(`\`, `\\`, q, `\`+q).Replace(text) + q
}
