package ecma

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Units returns a text's UTF-16 code units.
func Units(s string) []uint16 { return utf16.Encode([]rune(s)) }

// FromUnits returns the text of code units; ok is false where they hold half a pair.
func FromUnits(units []uint16) (s string, ok bool) {
	for i := 0; i < len(units); i++ {
		switch u := units[i]; {
		case u < 0xd800 || u > 0xdfff:
		case u < 0xdc00 && i+1 < len(units) && units[i+1] >= 0xdc00 && units[i+1] <= 0xdfff:
			i++
		default:
			return "", false
		}
	}
	return string(utf16.Decode(units)), true
}

// Length is the property length.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// part cuts from one code unit to another.
func part(s string, from, to int) (string, bool) {
	if from >= to {
		return "", true
	}
	if Length(s) == len(s) {
		return s[from:to], true // as most are: ASCII
	}
	return FromUnits(Units(s)[from:to])
}

// Relative is a position that counts from the end where it is negative, as those of slice do, within 0 and n.
func Relative(at float64, n int) int {
	at = ToInteger(at)
	if at < 0 {
		at += float64(n)
	}
	return int(max(0, min(at, float64(n))))
}

// Clamp is a position within 0 and n.
func Clamp(at float64, n int) int { return int(max(0, min(ToInteger(at), float64(n)))) }

// Slice is String.prototype.slice.
func Slice(s string, from, to float64) (string, bool) {
	n := Length(s)
	return part(s, Relative(from, n), Relative(to, n))
}

// Substring is String.prototype.substring.
func Substring(s string, from, to float64) (string, bool) {
	a, b := Clamp(from, Length(s)), Clamp(to, Length(s))
	return part(s, min(a, b), max(a, b))
}

// Substr is String.prototype.substr.
func Substr(s string, from, length float64) (string, bool) {
	n := Length(s)
	a := Relative(from, n)
	return part(s, a, a+int(max(0, min(ToInteger(length), float64(n-a)))))
}

// At is the code unit at a position, as a text; there is none beyond the end.
func At(s string, at float64) (unit string, there, ok bool) {
	if at < 0 || at >= float64(Length(s)) {
		return "", false, true
	}
	unit, ok = part(s, int(at), int(at)+1)
	return unit, true, ok
}

// Unit is charCodeAt: NaN beyond the end.
func Unit(s string, at float64) float64 {
	if at < 0 || at >= float64(Length(s)) {
		return math.NaN()
	}
	return float64(Units(s)[int(at)])
}

// Index is indexOf from a position.
func Index(s, what string, from float64) int {
	start := Clamp(from, Length(s))
	if what == "" {
		return start
	}
	rest, ok := part(s, start, Length(s))
	if !ok { // it begins within a pair, where nothing that can be held begins
		start++
		rest, _ = part(s, start, Length(s))
	}
	if i := strings.Index(rest, what); i >= 0 {
		return start + Length(rest[:i])
	}
	return -1
}

// LastIndex is lastIndexOf; from counts from the start.
func LastIndex(s, what string, from float64) int {
	if math.IsNaN(from) {
		from = math.Inf(1)
	}
	limit := Clamp(from, Length(s))
	for end := len(s); ; {
		i := strings.LastIndex(s[:end], what)
		if i < 0 {
			return -1
		}
		if at := Length(s[:i]); at <= limit {
			return at
		}
		end = i + len(what) - 1
		if len(what) == 0 {
			return limit
		}
	}
}

// Less is the operator < of two texts: by code units.
func Less(a, b string) bool {
	for a != "" && b != "" {
		r, n := utf8.DecodeRuneInString(a)
		q, k := utf8.DecodeRuneInString(b)
		if r != q {
			x, y := utf16.AppendRune(nil, r), utf16.AppendRune(nil, q)
			if x[0] != y[0] {
				return x[0] < y[0]
			}
			return x[1] < y[1]
		}
		a, b = a[n:], b[k:]
	}
	return a == "" && b != ""
}

// Trim is trim: it cuts white space off.
func Trim(s string) string { return strings.Trim(s, space) }

// TrimStart is trimStart.
func TrimStart(s string) string { return strings.TrimLeft(s, space) }

// TrimEnd is trimEnd.
func TrimEnd(s string) string { return strings.TrimRight(s, space) }

// Pad returns what padStart and padEnd add.
func Pad(s string, length float64, with string) (string, bool) {
	missing := ToInteger(length) - float64(Length(s))
	if missing <= 0 || with == "" {
		return "", true
	}
	n := int(missing)
	return part(strings.Repeat(with, n/Length(with)+1), 0, n)
}

// Upper is toUpperCase of the letters of which that is one letter each, whatever stands around them; ok is false for others.
func Upper(s string) (string, bool) { return strings.ToUpper(s), simpleCase(s) }

// Lower is toLowerCase, likewise.
func Lower(s string) (string, bool) { return strings.ToLower(s), simpleCase(s) }

func simpleCase(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf && (r > 0xff && (unicode.IsLetter(r) || unicode.IsMark(r)) && unicode.SimpleFold(r) != r || r == 'ß' || r == 'İ' || r == 'ŉ' || unicode.Is(unicode.Mn, r)) {
			return false
		}
	}
	return true
}

// Split is split at a text; an empty one splits into code units.
func Split(s, at string) (parts []string, ok bool) {
	if at != "" {
		parts = strings.Split(s, at)
	} else {
		for _, u := range Units(s) {
			one, ok := FromUnits([]uint16{u})
			if !ok {
				return nil, false
			}
			parts = append(parts, one)
		}
	}
	return parts, true
}

// Expand is what a replacement stands for: $&, $1, $` and the others within it. Groups are those of the match and the text of
// each; one that took no part is nil.
func Expand(replacement, matched, before, after string, groups []*string, named map[string]*string) string {
	var b strings.Builder
	for i := 0; i < len(replacement); i++ {
		if replacement[i] != '$' || i+1 == len(replacement) {
			b.WriteByte(replacement[i])
			continue
		}
		switch c := replacement[i+1]; {
		case c == '$':
			b.WriteByte('$')
		case c == '&':
			b.WriteString(matched)
		case c == '`':
			b.WriteString(before)
		case c == '\'':
			b.WriteString(after)
		case c >= '0' && c <= '9':
			n, width := int(c-'0'), 1
			if i+2 < len(replacement) && replacement[i+2] >= '0' && replacement[i+2] <= '9' {
				if two := n*10 + int(replacement[i+2]-'0'); two >= 1 && two <= len(groups) {
					n, width = two, 2
				}
			}
			if n < 1 || n > len(groups) {
				b.WriteByte('$')
				continue
			}
			if g := groups[n-1]; g != nil {
				b.WriteString(*g)
			}
			i += width
			continue
		case c == '<' && named != nil:
			end := strings.IndexByte(replacement[i+2:], '>')
			if end < 0 {
				b.WriteByte('$')
				continue
			}
			if g := named[replacement[i+2:i+2+end]]; g != nil {
				b.WriteString(*g)
			}
			i += end + 2
			continue
		default:
			b.WriteByte('$')
			continue
		}
		i++
	}
	return b.String()
}
