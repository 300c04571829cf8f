package script

// Source maps, version 3: which place of the original text a place of the compiled one comes from.

import (
	"encoding/json"
	"errors"
	"sort"
	"unicode/utf8"
)

// segment says that the compiled text from generated on was made from the original text at original.
type segment struct {
	generated, original int
}

// sourceMap is ordered by generated.
type sourceMap []segment

// decodeSourceMap reads a source map of one source. Lines and columns become byte offsets.
func decodeSourceMap(data, generated, original []byte) (sourceMap, error) {
	var doc struct {
		Mappings string `json:"mappings"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	from, to := newColumns(generated), newColumns(original)
	var m sourceMap
	var fields [5]int
	line, column, source, originalLine, originalColumn := 0, 0, 0, 0, 0
	for text := doc.Mappings; len(text) > 0; {
		switch text[0] {
		case ';':
			line, column = line+1, 0
			text = text[1:]
			continue
		case ',':
			text = text[1:]
			continue
		}
		n := 0
		for len(text) > 0 && text[0] != ',' && text[0] != ';' {
			value, rest, ok := decodeVLQ(text)
			if !ok || n == len(fields) {
				return nil, errors.New("malformed mappings")
			}
			fields[n], text = value, rest
			n++
		}
		column += fields[0]
		if n >= 4 {
			source += fields[1]
			originalLine += fields[2]
			originalColumn += fields[3]
			m = append(m, segment{from.offset(line, column), to.offset(originalLine, originalColumn)})
		}
	}
	sort.SliceStable(m, func(i, j int) bool { return m[i].generated < m[j].generated })
	return m, nil
}

const vlqDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

var vlqValues = func() (values [256]int8) {
	for i := range values {
		values[i] = -1
	}
	for i := range vlqDigits {
		values[vlqDigits[i]] = int8(i)
	}
	return values
}()

// decodeVLQ reads one number of base 64 digits: five bits each, the sixth says that more follow,
// the lowest bit of the number is its sign.
func decodeVLQ(text string) (value int, rest string, ok bool) {
	for i, shift := 0, 0; i < len(text) && shift < 60; i, shift = i+1, shift+5 {
		digit := vlqValues[text[i]]
		if digit < 0 {
			return 0, text, false
		}
		value |= int(digit&31) << shift
		if digit&32 == 0 {
			if value&1 != 0 {
				return -(value >> 1), text[i+1:], true
			}
			return value >> 1, text[i+1:], true
		}
	}
	return 0, text, false
}

// columns finds the byte at a line and a column, which counts UTF-16 units. It
// walks from its last answer, for lines can be as long as files.
type columns struct {
	text  []byte
	lines []int
	line  int // where the last answer was
	unit  int
	byte  int
}

func newColumns(text []byte) *columns {
	return &columns{text: text, lines: lineStarts(text)}
}

// lineStarts returns the starts of the lines as ECMAScript counts them.
func lineStarts(text []byte) []int {
	lines := []int{0}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			lines = append(lines, i+1)
		case '\r':
			if i+1 >= len(text) || text[i+1] != '\n' {
				lines = append(lines, i+1)
			}
		case 0xE2:
			if i+2 < len(text) && text[i+1] == 0x80 && text[i+2]|1 == 0xA9 {
				lines = append(lines, i+3)
			}
		}
	}
	return lines
}

func (c *columns) offset(line, column int) int {
	if line < 0 || line >= len(c.lines) || column < 0 {
		return len(c.text)
	}
	if line != c.line || column == 0 {
		c.line, c.unit, c.byte = line, 0, c.lines[line]
	}
	for c.unit > column && c.byte > 0 {
		r, size := utf8.DecodeLastRune(c.text[:c.byte])
		c.unit--
		if r > 0xFFFF {
			c.unit--
		}
		c.byte -= size
	}
	for c.unit < column && c.byte < len(c.text) {
		if c.text[c.byte] < utf8.RuneSelf {
			c.unit++
			c.byte++
			continue
		}
		r, size := utf8.DecodeRune(c.text[c.byte:])
		c.unit++
		if r > 0xFFFF {
			c.unit++
		}
		c.byte += size
	}
	return c.byte
}

// find returns the index of the last segment at or before the place of the compiled text, or -1.
func (m sourceMap) find(generated int) int {
	return sort.Search(len(m), func(i int) bool { return m[i].generated > generated }) - 1
}
