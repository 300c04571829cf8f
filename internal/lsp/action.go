package lsp

// What can be done about the findings of a range.

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/fix"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/suppress"
)

// codeAction answers with what can be done about a range: the safe fix first, then the unsafe one, then suppressions.
func (s *Server) codeAction(ctx context.Context, p *protocol.CodeActionParams) (any, error) {
	name := nameOf(p.TextDocument.URI)
	r, err := s.settled(ctx, name)
	if err != nil {
		return nil, err
	}
	actions := []protocol.CodeAction{}
	a := s.actor(r, name)
	if r == nil || r.Result == nil {
		return actions, nil
	}
	if asks(p.Context.Only, protocol.QuickFix) {
		actions = append(actions, a.quickFixes(p.Range)...)
	}
	if len(p.Context.Only) > 0 && asks(p.Context.Only, protocol.SourceFixAll) {
		all, err := a.fixAll()
		if err != nil {
			return nil, err
		}
		actions = append(actions, all...)
	}
	return actions, nil
}

// asks reports whether a kind of actions is among those that are asked for; a kind stands for those below it, and no kind for all.
func asks(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(o string) bool { return o == kind || o == "" || strings.HasPrefix(kind, o+".") })
}

// actor makes the actions for one document.
type actor struct {
	result          *result
	lang            lang.Lang
	name            string
	documentChanges bool
	create          bool
	versions        map[string]int
}

// actor makes actions for a document, as this client takes them.
func (s *Server) actor(r *result, name string) *actor {
	s.mu.Lock()
	defer s.mu.Unlock()
	can := s.client.Workspace.WorkspaceEdit
	a := &actor{
		result: r, lang: s.lang, name: name, documentChanges: can.DocumentChanges, create: slices.Contains(can.ResourceOperations, "create"),
		versions: map[string]int{},
	}
	for name, d := range s.documents {
		a.versions[name] = d.version
	}
	return a
}

// quickFixes are the actions for the findings that a range touches.
func (a *actor) quickFixes(at protocol.Range) []protocol.CodeAction {
	var safe, unsafe, others []protocol.CodeAction
	fixed := map[string]int{} // the index of each fix among the safe ones, or -1 - that among the unsafe ones
	for _, f := range a.result.byFile[a.name] {
		if !touches(a.result.places.span(f.At), at) {
			continue
		}
		d := a.result.places.diagnostic(f, a.lang)
		if f.Fix != nil {
			action, key := a.fix(f, d)
			switch i, known := fixed[key]; {
			case known && i >= 0:
				safe[i].Diagnostics = append(safe[i].Diagnostics, d)
			case known:
				unsafe[-1-i].Diagnostics = append(unsafe[-1-i].Diagnostics, d)
			case f.Fix.Safe:
				fixed[key] = len(safe)
				safe = append(safe, action)
			default:
				fixed[key] = -1 - len(unsafe)
				unsafe = append(unsafe, action)
			}
		}
		if info := checks.LookupStep(f.Step); f.Rule.ID == "console-step" && info != nil {
			others = append(others, a.confirmation(f, d)...)
		} else {
			others = append(others, a.suppressions(f, d)...)
		}
	}
	return slices.Concat(safe, unsafe, others)
}

// fix is the action that applies a finding's fix, and what tells it from others.
func (a *actor) fix(f *report.Finding, d protocol.Diagnostic) (protocol.CodeAction, string) {
	title := lang.T(capitalized(f.Fix.Title.EN), f.Fix.Title.ZH)
	if !f.Fix.Safe {
		title = lang.F(lang.T("%s (unsafe: review it before you keep it)", "%s（不安全的修复，请确认后再保留）"), title)
	}
	edits := map[*source.File][]edit.Replacement{}
	key := title.EN
	for _, e := range f.Fix.Edits {
		edits[e.At.File] = append(edits[e.At.File], edit.Replacement{Start: e.At.Start, End: e.At.End, New: e.New})
		key += "\x00" + e.At.File.Name + "\x00" + e.New
	}
	return protocol.CodeAction{
		Title: title.In(a.lang), Kind: protocol.QuickFix, Diagnostics: []protocol.Diagnostic{d}, IsPreferred: f.Fix.Safe, Edit: a.edit(edits),
	}, key
}

// capitalized is a text with a large first letter, as menus have them.
func capitalized(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// edit is a change of files as the client takes it.
func (a *actor) edit(of map[*source.File][]edit.Replacement) *protocol.WorkspaceEdit {
	out := &protocol.WorkspaceEdit{}
	var files []*source.File
	for f := range of {
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b *source.File) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range files {
		var edits []protocol.TextEdit
		for _, r := range of[f] {
			edits = append(edits, protocol.TextEdit{Range: a.result.places.span(source.Span{File: f, Start: r.Start, End: r.End}), NewText: r.New})
		}
		a.add(out, f.Name, edits)
	}
	return out
}

// add adds the edits of a file to those of the workspace.
func (a *actor) add(out *protocol.WorkspaceEdit, name string, edits []protocol.TextEdit) {
	uri := a.result.places.uri(name)
	if !a.documentChanges {
		if out.Changes == nil {
			out.Changes = map[string][]protocol.TextEdit{}
		}
		out.Changes[uri] = edits
		return
	}
	document := protocol.OptionalVersionedTextDocumentIdentifier{URI: uri}
	if version, open := a.versions[name]; open {
		document.Version = &version
	}
	out.DocumentChanges = append(out.DocumentChanges, protocol.TextDocumentEdit{TextDocument: document, Edits: edits})
}

// reasons are what a suppression can give as its reason; who has a better one writes it over.
var reasons = []struct{ title, reason lang.Text }{
	{lang.T("Suppress %s: not a problem here", "忽略 %s：这里没有问题"), lang.T("checked: not a problem here", "已人工核对：这里没有问题")},
	{lang.T("Suppress %s: accepted for now", "忽略 %s：暂时接受"), lang.T("known, accepted for now", "已知问题，暂时接受")},
}

// suppressions are the actions that silence a finding, each for a reason: by a comment where one can stand, else in the
// configuration.
func (a *actor) suppressions(f *report.Finding, d protocol.Diagnostic) []protocol.CodeAction {
	if f.Rule.ID == suppress.RuleID || a.result.options.Isolated {
		return nil
	}
	code := a.result.code[f.At.File]
	switch filepath.Ext(f.At.File.Name) {
	case ".wxml", ".vue", ".nvue", ".mpx", ".wpy":
	default:
		if code == nil {
			return a.silence(f, d) // JSON, and code that only configures
		}
	}
	var out []protocol.CodeAction
	for _, why := range reasons {
		r, ok := suppress.Insertion(f.At, code, f.Rule.ID, why.reason.In(a.lang))
		if !ok {
			return a.silence(f, d)
		}
		out = append(out, protocol.CodeAction{
			Title: lang.F(why.title, f.Rule.ID).In(a.lang), Kind: protocol.QuickFix, Diagnostics: []protocol.Diagnostic{d},
			Edit: a.edit(map[*source.File][]edit.Replacement{f.At.File: {r}}),
		})
	}
	return out
}

// fixAll is the action that applies all safe fixes to the document.
func (a *actor) fixAll() ([]protocol.CodeAction, error) {
	o := a.result.options
	o.Observe = nil
	fixed, err := fix.Run(o, false)
	if err != nil {
		return nil, err
	}
	for _, f := range fixed.Files {
		if filepath.ToSlash(f.Name) != a.name {
			continue
		}
		of := source.NewFile(a.name, f.Path, f.Before)
		return []protocol.CodeAction{{
			Title: lang.T("Apply all safe fixes of voipcheck", "应用 voipcheck 的全部安全修复").In(a.lang), Kind: protocol.SourceFixAll,
			Edit: a.edit(map[*source.File][]edit.Replacement{of: edit.Lines(f.Before, f.After)}),
		}}, nil
	}
	return nil, nil
}
