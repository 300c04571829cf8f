package miniprogram

// Where the app configuration is written out, for those who add to it.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/source"
)

// Written are the literals of the project's own files in which the app configuration is written out. A place is zero where
// the value is not there, or comes about otherwise: by a call, or in a package.
type Written struct {
	// Root is the object that holds "permission", or would; with Wrap, the one that would hold an object of that name around it.
	Root source.Span
	Wrap string
	// Permission is the object below "permission"; HasPermission tells that there is such a key, whatever its value.
	Permission    source.Span
	HasPermission bool
	// Lists are those that name pages: that of the main package first, if there is one.
	Lists []PageList
}

// PageList is a list of pages.
type PageList struct {
	// Dir is the folder that its entries are relative to, within the mini-program; "" for the mini-program's own.
	Dir string
	// At is the list; HasKey tells that there is a "pages", whatever its value; In is the object that has it, or would.
	At, In source.Span
	HasKey bool
	// First is its first entry as it is written, "" for none.
	First string
}

// literalOf is the place of a value that is written out, a list or an object as kind tells, in a file of the project; zero
// for other values.
func literalOf(s *setting, kind settingKind) source.Span {
	if s == nil || s.at.File == nil || s.kind != kind {
		return source.Span{}
	}
	text, brackets := s.at.File.Text, "[]"
	if s.kind == objectSetting {
		brackets = "{}"
	}
	inPackage := strings.Contains("/"+s.at.File.Path, "/node_modules/")
	if s.at.End-s.at.Start < 2 || inPackage || text[s.at.Start] != brackets[0] || text[s.at.End-1] != brackets[1] {
		return source.Span{}
	}
	return s.at
}

// fill notes where an object with "permission" is written.
func (w *Written) fill(root *setting) {
	permission := root.entry("permission")
	w.Root, w.HasPermission = literalOf(root, objectSetting), permission != nil
	if permission != nil {
		w.Permission = literalOf(permission.value, objectSetting)
	}
}

// cleanDir is a folder within the mini-program; "" for the mini-program's own.
func cleanDir(dir string) string { return strings.Trim(path.Clean("/"+dir), "/") }

// pageList is where an object's "pages" is written.
func (s *setting) pageList(dir string) PageList {
	pages := s.get("pages")
	l := PageList{Dir: cleanDir(dir), At: literalOf(pages, listSetting), In: literalOf(s, objectSetting), HasKey: pages != nil}
	for _, page := range pages.list() {
		if l.First = page.string(); l.First != "" {
			break
		}
	}
	return l
}

// pageLists are the lists of an app configuration.
func (s *setting) pageLists() []PageList {
	lists := []PageList{s.pageList("")}
	for _, key := range []string{"subpackages", "subPackages"} {
		for _, sub := range s.get(key).list() {
			if root := sub.get("root").string(); root != "" {
				lists = append(lists, sub.pageList(root))
			}
		}
	}
	return lists
}
