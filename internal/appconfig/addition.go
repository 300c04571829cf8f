// Package appconfig adds pages and permissions to app configurations, whatever they are written in: JSON, code, or a
// block of a single-file component. What is added looks like what is there.
package appconfig

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/conditional"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Addition is what an object or a list gets.
type Addition struct {
	// at is the literal that gets the entries, root the one of the configuration, which tells how it is written.
	at, root source.Span
	entries  []node
	// views are what conditional compilation leaves of the file for each platform; nil where there is no such thing.
	views func(text []byte) []jsonedit.View
}

// Permission is an entry of "permission".
type Permission struct{ Scope, Desc string }

// Declare adds entries to the permissions. The error says what has to be done by hand.
func Declare(p *miniprogram.Project, permissions []Permission) (Addition, error) {
	w := &p.Config.Written
	var entries []node
	var scopes []string
	for _, permission := range permissions {
		scopes = append(scopes, permission.Scope)
		entries = append(entries, node{key: permission.Scope, kind: object, inner: []node{{key: "desc", text: permission.Desc}}})
	}
	a := Addition{at: w.Permission, root: w.Root, entries: entries, views: views(p)}
	if !w.HasPermission {
		a.at, a.entries = w.Root, []node{{key: "permission", kind: object, inner: entries}}
		if w.Wrap != "" {
			a.entries = []node{{key: w.Wrap, kind: object, inner: a.entries}}
		}
	}
	if a.at.IsZero() {
		return a, lang.Errorf(lang.T(
			"\"permission\" in %[1]s is not written as a literal object; add %[2]s where its value comes from",
			"%[1]s 里的 \"permission\" 不是直接写出的对象，请在它的来源处手动加上 %[2]s"), name(p.Config.File), lang.List(scopes))
	}
	return a, nil
}

// Register adds a page to the list of the subpackage that its path lies in, or to the main one. The error says what has to be done by hand.
func Register(p *miniprogram.Project, page string) (Addition, error) {
	var in *miniprogram.PageList
	for i := range p.Config.Written.Lists {
		l := &p.Config.Written.Lists[i]
		if (l.Dir == "" || strings.HasPrefix(page, l.Dir+"/")) && (in == nil || len(l.Dir) > len(in.Dir)) {
			in = l
		}
	}
	file := p.Config.File
	if p.Config.PageFile != nil {
		file = p.Config.PageFile
	}
	byHand := func() error {
		return lang.Errorf(lang.T(
			"the list of pages in %[1]s is not written as a literal array; add %[2]q where its value comes from",
			"%[1]s 里的页面列表不是直接写出的数组，请在它的来源处手动加上 %[2]q"), name(file), page)
	}
	if in == nil {
		return Addition{}, byHand()
	}
	entry := node{text: written(in, strings.TrimPrefix(strings.TrimPrefix(page, in.Dir), "/"))}
	if p.Style.PageObjects {
		entry = node{kind: object, inner: []node{{key: "path", text: entry.text}}}
	}
	a := Addition{at: in.At, root: in.In, entries: []node{entry}, views: views(p)}
	if !in.HasKey {
		a.at, a.entries = in.In, []node{{key: "pages", kind: list, inner: []node{entry}}}
	}
	if a.at.IsZero() {
		return a, byHand()
	}
	return a, nil
}

// views are what each platform sees of JSON files with conditional compilation; nil where there is none.
func views(p *miniprogram.Project) func(text []byte) []jsonedit.View {
	if !p.Style.Conditional {
		return nil
	}
	return func(text []byte) []jsonedit.View {
		return conditional.Views(text, p.VueVersion)
	}
}

// written is a page's path as the list has its paths: from the root, from the file, or plain.
func written(l *miniprogram.PageList, page string) string {
	for _, prefix := range []string{"./", "/"} {
		if strings.HasPrefix(l.First, prefix) {
			return prefix + page
		}
	}
	return page
}

func name(f *source.File) string {
	if f == nil {
		return "app.json"
	}
	return f.Path
}
