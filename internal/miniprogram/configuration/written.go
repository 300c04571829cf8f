package configuration

// Where the app configuration is written out, for those who add to it.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// LiteralOf is the place of a value that is written out, a list or an object as kind tells, in a file of the project; zero
// for other values.
func LiteralOf(s *Value, kind Kind) source.Span {
	if s == nil || s.At.File == nil || s.Kind != kind {
		return source.Span{}
	}
	text, brackets := s.At.File.Text, "[]"
	if s.Kind == Object {
		brackets = "{}"
	}
	inPackage := strings.Contains("/"+s.At.File.Path, "/node_modules/")
	if s.At.End-s.At.Start < 2 || inPackage || text[s.At.Start] != brackets[0] || text[s.At.End-1] != brackets[1] {
		return source.Span{}
	}
	return s.At
}

// fillWritten notes where an object with "permission" is written.
func fillWritten(w *miniprogram.Written, root *Value) {
	permission := root.Entry("permission")
	w.Root, w.HasPermission = LiteralOf(root, Object), permission != nil
	if permission != nil {
		w.Permission = LiteralOf(permission.Value, Object)
	}
}

// CleanDir is a folder within the mini-program; "" for the mini-program's own.
func CleanDir(dir string) string { return strings.Trim(path.Clean("/"+dir), "/") }

// PageList is where an object's "pages" is written.
func (s *Value) pageList(dir string) miniprogram.PageList {
	pages := s.Get("pages")
	l := miniprogram.PageList{Dir: CleanDir(dir), At: LiteralOf(pages, List), In: LiteralOf(s, Object), HasKey: pages != nil}
	for _, page := range pages.AsList() {
		if l.First = page.AsString(); l.First != "" {
			break
		}
	}
	return l
}

// PageLists are the lists of an app configuration.
func (s *Value) PageLists() []miniprogram.PageList {
	lists := []miniprogram.PageList{s.pageList("")}
	for _, key := range []string{"subpackages", "subPackages"} {
		for _, sub := range s.Get(key).AsList() {
			if root := sub.Get("root").AsString(); root != "" {
				lists = append(lists, sub.pageList(root))
			}
		}
	}
	return lists
}
