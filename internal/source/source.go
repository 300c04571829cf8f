// Package source holds the text of files and the places in them.
package source

import (
	"sort"
	"sync"
	"unicode/utf8"
)

// Encoding is how a file's bytes stood for text on disk.
type Encoding int

// The encodings that are recognised when a file is read.
const (
	UTF8 Encoding = iota
	UTF8BOM
	UTF16LE
	UTF16BE
	GBK
)

// File is one text file of a repository. It does not change once made.
type File struct {
	// Path is the file's name in reports: relative to the working directory
	// where it lies below it, "/" separated.
	Path string
	// Name is the file's name in the file system it was read from.
	Name string
	// Text is the content as UTF-8 without a byte order mark.
	Text []byte
	// Encoding is what the bytes on disk were.
	Encoding Encoding

	lines []int // byte offset of the start of each line

	marking sync.Once
	marks   []mark // within the lines that are long
}

// mark is a place in a long line of which the column is known. The one line of a minified file may hold thousands of
// findings, and from its beginning it would be counted for each.
type mark struct{ offset, column int }

// stride is how many bytes are between two marks, about.
const stride = 2048

// NewFile makes a File of UTF-8 text.
func NewFile(name, path string, text []byte) *File {
	f := &File{Path: path, Name: name, Text: text, lines: []int{0}}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			f.lines = append(f.lines, i+1)
		case '\r':
			// A lone CR ends a line, as editors and ECMAScript count it.
			if i+1 >= len(text) || text[i+1] != '\n' {
				f.lines = append(f.lines, i+1)
			}
		}
	}
	return f
}

// Position is a place as people and editors count it: both 1-based, the
// column in UTF-16 units.
type Position struct {
	Line, Column int
}

// Position returns the place of the byte offset, which is clamped to the text.
func (f *File) Position(offset int) Position {
	offset = max(0, min(offset, len(f.Text)))
	line := sort.SearchInts(f.lines, offset+1) - 1
	start, column := f.lines[line], 1
	if offset-start > 2*stride {
		f.marking.Do(f.mark)
		before := sort.Search(len(f.marks), func(i int) bool { return f.marks[i].offset > offset }) - 1
		if before >= 0 && f.marks[before].offset > start {
			start, column = f.marks[before].offset, f.marks[before].column
		}
	}
	for start < offset {
		width, size := units(f.Text[start:offset])
		start, column = start+size, column+width
	}
	return Position{Line: line + 1, Column: column}
}

// units is how many UTF-16 units and bytes the first character of a text has.
func units(text []byte) (width, size int) {
	r, size := utf8.DecodeRune(text)
	if r > 0xFFFF {
		return 2, size
	}
	return 1, size
}

// mark counts the columns of the long lines.
func (f *File) mark() {
	for i, start := range f.lines {
		end := len(f.Text)
		if i+1 < len(f.lines) {
			end = f.lines[i+1]
		}
		if end-start <= 2*stride {
			continue
		}
		for at, column, last := start, 1, start; at < end; {
			width, size := units(f.Text[at:end])
			at, column = at+size, column+width
			if at-last >= stride {
				f.marks, last = append(f.marks, mark{at, column}), at
			}
		}
	}
}

// Lines returns the number of lines.
func (f *File) Lines() int { return len(f.lines) }

// Line returns the text of the 1-based line n without its line ending, or ""
// when there is no such line.
func (f *File) Line(n int) string {
	start, end := f.Extent(n)
	return string(f.Text[start:end])
}

// Extent returns the byte range of the 1-based line n without its line ending; an empty one when there is no such line.
func (f *File) Extent(n int) (start, end int) {
	if n < 1 || n > len(f.lines) {
		return 0, 0
	}
	start, end = f.lines[n-1], len(f.Text)
	if n < len(f.lines) {
		end = f.lines[n]
	}
	for end > start && (f.Text[end-1] == '\n' || f.Text[end-1] == '\r') {
		end--
	}
	return start, end
}

// Span is a range of bytes in a file: [Start, End). The zero Span is no place.
type Span struct {
	File       *File
	Start, End int
}

// IsZero reports whether the span is no place.
func (s Span) IsZero() bool { return s.File == nil }

// From returns the position of the span's first byte.
func (s Span) From() Position { return s.File.Position(s.Start) }

// To returns the position after the span's last byte.
func (s Span) To() Position { return s.File.Position(s.End) }

// Text returns the bytes of the span.
func (s Span) Text() string {
	if s.File == nil || s.Start < 0 || s.End > len(s.File.Text) || s.Start > s.End {
		return ""
	}
	return string(s.File.Text[s.Start:s.End])
}

// Before orders spans by file path, then by place.
func (s Span) Before(o Span) bool {
	switch {
	case s.File != o.File && s.path() != o.path():
		return s.path() < o.path()
	case s.Start != o.Start:
		return s.Start < o.Start
	}
	return s.End < o.End
}

func (s Span) path() string {
	if s.File == nil {
		return ""
	}
	return s.File.Path
}
