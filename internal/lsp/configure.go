package lsp

// Actions that change voipcheck.json: confirming a step, and silencing a rule in a file that takes no comments.

import (
	"errors"
	"io/fs"
	"os/user"
	"path/filepath"
	"time"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/confirm"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// configuration is a voipcheck.json as it is now.
type configuration struct {
	// name is absolute; shown is what messages call it.
	name, shown string
	text        []byte
	// missing tells that there is none yet.
	missing bool
}

// configOf is the configuration that holds for a project, by its root as the report names it: the one that is there, else the one
// that is to be made.
func (r *result) configOf(project string) (configuration, error) {
	o := r.options
	dir := filepath.Join(o.Dir, filepath.FromSlash(project))
	var name string
	switch {
	case o.Config != "" && filepath.IsAbs(o.Config):
		name = o.Config
	case o.Config != "":
		name = filepath.Join(o.Dir, o.Config)
	default:
		if name = config.Find(o.FS, dir); name == "" {
			name = config.Find(o.FS, o.Dir)
		}
	}
	c := configuration{name: name}
	if c.name == "" {
		c.name = filepath.Join(o.Dir, config.Name)
	}
	c.shown = check.Shown(o.Dir, c.name)
	text, err := fs.ReadFile(named{o.FS}, filepath.ToSlash(c.name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.text, c.missing = []byte(confirm.New), true
	case err != nil:
		return c, lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), c.shown, err)
	default:
		c.text = text
	}
	return c, nil
}

// named lets fs.ReadFile read the absolute names of a miniprogram.FS.
type named struct{ miniprogram.FS }

// edit is the change of a configuration to another text.
func (a *actor) configured(c configuration, text []byte) *protocol.WorkspaceEdit {
	out := &protocol.WorkspaceEdit{}
	name := filepath.ToSlash(c.name)
	if c.missing {
		if a.documentChanges && a.create {
			out.DocumentChanges = append(out.DocumentChanges, protocol.CreateFile{
				Kind: "create", URI: a.result.places.uri(name), Options: protocol.CreateFileOptions{IgnoreIfExists: true},
			})
		}
		a.add(out, name, []protocol.TextEdit{{NewText: string(text)}})
		return out
	}
	of := source.NewFile(name, c.shown, c.text)
	var edits []protocol.TextEdit
	for _, r := range edit.Lines(c.text, text) {
		edits = append(edits, protocol.TextEdit{Range: a.result.places.span(source.Span{File: of, Start: r.Start, End: r.End}), NewText: r.New})
	}
	a.add(out, name, edits)
	return out
}

// whoWorks is who is at work in a folder: the name that git signs with, else that of the account; "" where neither can be read.
func whoWorks(dir string) string {
	if name := confirm.GitUser(dir); lang.Readable(name) {
		return name
	}
	account, err := user.Current()
	if err != nil {
		return ""
	}
	for _, name := range []string{account.Name, account.Username} {
		if lang.Readable(name) {
			return name
		}
	}
	return ""
}

// confirmation is the action that records a console step as done, by whoever is at work. Its title tells the name.
func (a *actor) confirmation(f *report.Finding, d protocol.Diagnostic) []protocol.CodeAction {
	by := whoWorks(a.result.options.Dir)
	if by == "" || a.result.options.Isolated {
		return nil // nobody would know who did it; the command takes a name
	}
	made, err := a.confirmed(f.Project, []string{string(f.Step)}, confirm.Entry{By: by, On: a.result.options.Now.Format(time.DateOnly)})
	if err != nil {
		return nil
	}
	return []protocol.CodeAction{{
		Title: lang.F(lang.T("Confirm that %s is done (by %s)", "确认 %s 已完成（%s）"), string(f.Step), by).In(a.lang), Kind: protocol.QuickFix,
		Diagnostics: []protocol.Diagnostic{d}, Edit: made,
	}}
}

// confirmed is the change that records console steps of a project.
func (a *actor) confirmed(project string, steps []string, e confirm.Entry) (*protocol.WorkspaceEdit, error) {
	c, err := a.result.configOf(project)
	if err != nil {
		return nil, err
	}
	text, err := confirm.Record(c.text, c.shown, steps, e)
	if err != nil {
		return nil, err
	}
	return a.configured(c, text), nil
}

// silence is the action that switches a rule off for a file in the configuration.
func (a *actor) silence(f *report.Finding, d protocol.Diagnostic) []protocol.CodeAction {
	c, err := a.result.configOf(f.Project)
	if err != nil {
		return nil
	}
	rel, err := filepath.Rel(filepath.Dir(c.name), filepath.FromSlash(f.At.File.Name))
	if err != nil || !filepath.IsLocal(rel) {
		return nil
	}
	document, err := jsonedit.Open(c.text)
	if err != nil {
		return nil
	}
	entry := `{ "files": ` + jsonedit.Quote(globOf(filepath.ToSlash(rel))) + `, "rules": [` + jsonedit.Quote(f.Rule.ID) + `] }`
	if !document.Append([]string{"ignore"}, entry) && !document.Set(nil, "ignore", "[\n\t"+entry+"\n]") {
		return nil
	}
	if _, err := config.Parse(document.Text, c.shown); err != nil {
		return nil
	}
	return []protocol.CodeAction{{
		Title: lang.F(lang.T("Ignore %s in %s (voipcheck.json)", "在 %[2]s 中忽略 %[1]s（voipcheck.json）"), f.Rule.ID, filepath.Base(f.At.File.Name)).In(a.lang),
		Kind:  protocol.QuickFix, Diagnostics: []protocol.Diagnostic{d}, Edit: a.configured(c, document.Text),
	}}
}

// globOf is a glob that matches a path and nothing else.
func globOf(path string) string {
	var glob []rune
	for _, r := range path {
		switch r {
		case '*', '?', '[', ']', '{', '}', '\\', '!':
			glob = append(glob, '\\')
		}
		glob = append(glob, r)
	}
	return string(glob)
}
