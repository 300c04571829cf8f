package appconfig

import (
	"bytes"
	"path"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Change is a file with what it becomes.
type Change struct {
	File *source.File
	Text []byte
}

// Apply makes additions. Files come in the order in which they are first added to. The error says what has to be done by hand.
func Apply(additions ...Addition) ([]Change, error) {
	var files []*source.File
	of := map[*source.File][]Addition{}
	for _, a := range additions {
		if of[a.at.File] == nil {
			files = append(files, a.at.File)
		}
		of[a.at.File] = append(of[a.at.File], a)
	}
	changes := make([]Change, 0, len(files))
	for _, f := range files {
		text, err := apply(f, of[f])
		if err != nil {
			return nil, err
		}
		changes = append(changes, Change{f, text})
	}
	return changes, nil
}

// apply adds to one file, from the end: literals that are still to come begin where they did, and those around what is
// done end later.
func apply(f *source.File, additions []Addition) ([]byte, error) {
	sort.SliceStable(additions, func(i, j int) bool { return additions[i].at.Start > additions[j].at.Start })
	changed := f.Text
	var done []grown
	for _, a := range additions {
		for _, entry := range a.entries {
			before := len(changed)
			var err error
			if changed, err = a.insert(changed, endOf(a.at, done), endOf(a.root, done), entry); err != nil {
				return nil, err
			}
			done = append(done, grown{a.at, len(changed) - before})
		}
	}
	return changed, nil
}

// grown is a literal with by how much it became longer.
type grown struct {
	at source.Span
	by int
}

// endOf is where a literal ends by now.
func endOf(at source.Span, done []grown) int {
	end := at.End
	for _, d := range done {
		if at.File == d.at.File && at.Start <= d.at.Start && d.at.End <= at.End {
			end += d.by
		}
	}
	return end
}

// insert adds one entry. The literal and the configuration's object end where they are said to by now.
func (a Addition) insert(changed []byte, end, rootEnd int, entry node) ([]byte, error) {
	f, from, to := a.at.File, a.at.Start, end
	inRoot := a.root.File == f && a.root.Start <= from && to <= rootEnd
	if inRoot {
		from, to = a.root.Start, rootEnd
	}
	bare := withoutComments(f.Name, changed, from, to)
	root := ""
	if a.root.File == f {
		root = string(withoutComments(f.Name, changed, a.root.Start, rootEnd)[a.root.Start:rootEnd])
	}
	inside := string(bare[a.at.Start+1 : end-1])
	s := styleOf(f.Name, bare, root, inside)
	empty, oneLine := strings.TrimSpace(inside) == "", !bytes.ContainsRune(changed[a.at.Start:end], '\n')
	switch {
	case oneLine && !empty:
		s.comma = false // all of it goes on that line
	case strings.HasSuffix(strings.TrimSpace(inside), ","):
		s.comma = !s.json
	}
	text := s.render(entry)
	if empty && s.comma && strings.Contains(text, "\n") {
		text += ","
	}
	if a.views != nil && path.Ext(f.Name) == ".json" {
		return a.insertForAll(changed, text)
	}
	return jsonedit.Literal{Text: changed, Bare: bare, Open: a.at.Start, Close: end - 1}.Insert(text), nil
}

// insertForAll adds an entry to JSON of which several readers see different views.
func (a Addition) insertForAll(changed []byte, entry string) ([]byte, error) {
	d, err := jsonedit.Open(changed, a.views(changed)...)
	if err == nil && d.InsertAt(a.at.Start, entry) {
		return d.Text, nil
	}
	return nil, Unplaced(a.at.File.Path)
}

// Unplaced is the error for an entry that would break a file on another platform of its conditional blocks.
func Unplaced(file string) error {
	return lang.Errorf(lang.T(
		"every place for the entry in %s breaks the file for another platform of its conditional blocks; add it by hand",
		"%s 里有条件编译，加入新条目会使其他平台的配置出错，请手动添加"), file)
}

// withoutComments is a text with its comments blanked; of a single-file component, with all blanked but the
// lines of the literal from start to end.
func withoutComments(file string, whole []byte, start, end int) []byte {
	bare := bytes.Clone(whole)
	dialect := script.JavaScript
	switch path.Ext(file) {
	case ".ts", ".mts":
		dialect = script.TypeScript
	case ".tsx":
		dialect = script.TypeScriptJSX
	case ".mpx", ".wpy", ".vue":
		jsonedit.Blank(bare, 0, bytes.LastIndexByte(whole[:start], '\n')+1)
		jsonedit.Blank(bare, end, len(bare))
		for _, c := range script.Comments(append([]byte("("), bare[start:end]...), dialect) { // the bracket: a block is no object
			jsonedit.Blank(bare, start+c.Start-1, start+c.End-1)
		}
		return bare
	}
	for _, c := range script.Comments(whole, dialect) {
		jsonedit.Blank(bare, c.Start, c.End)
	}
	return bare
}
