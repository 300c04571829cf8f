package lsp

// Findings as diagnostics: pushed after each check, or pulled when the client asks.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"path/filepath"
	"slices"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/report"
)

// published is what the client knows of a file: which diagnostics, of which version. The zero value is none, of none.
type published struct {
	sum     string
	version int
	open    bool
}

var severities = map[checks.Severity]protocol.DiagnosticSeverity{
	checks.Error: protocol.SeverityError, checks.Warning: protocol.SeverityWarning, checks.Info: protocol.SeverityInformation,
}

// unnecessary are the rules whose findings are of what could be left out.
var unnecessary = map[string]bool{"unused-suppression": true, "call-reachable": true}

// diagnostics are the findings in a file; there is at least an empty list.
func (r *result) diagnostics(name string, l lang.Lang) []protocol.Diagnostic {
	out := []protocol.Diagnostic{}
	for _, f := range r.byFile[name] {
		out = append(out, r.places.diagnostic(f, l))
	}
	if invalid, file := r.invalid(); invalid != nil && file == name {
		at := r.places.position(invalid.At.File, invalid.At.Start)
		out = append(out, protocol.Diagnostic{
			Range: protocol.Range{Start: at, End: at}, Severity: protocol.SeverityError, Source: "voipcheck", Message: invalid.Problem.In(l),
		})
	}
	return out
}

// invalid is what is wrong with the configuration, and the name of its file; nil where the check did not end with that.
func (r *result) invalid() (*config.InvalidError, string) {
	var invalid *config.InvalidError
	if !errors.As(r.err, &invalid) {
		return nil, ""
	}
	name := filepath.FromSlash(invalid.At.File.Path)
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.options.Dir, name)
	}
	return invalid, filepath.ToSlash(name)
}

// diagnostic is a finding as the client has it. What a client does not know of it, it passes over.
func (p *places) diagnostic(f *report.Finding, l lang.Lang) protocol.Diagnostic {
	d := protocol.Diagnostic{
		Range: p.span(f.At), Severity: severities[f.Severity], Code: f.Rule.ID, Source: "voipcheck", Message: f.Told().In(l),
		CodeDescription: &protocol.CodeDescription{Href: report.DocumentationURL(f.Rule.ID, l)},
		Data:            &protocol.DiagnosticData{Fingerprint: f.Fingerprint, Reason: f.Reason, Step: string(f.Step)},
	}
	if unnecessary[f.Rule.ID] {
		d.Tags = []int{protocol.TagUnnecessary}
	}
	for _, n := range f.Trace {
		at, ok := p.location(n.At)
		if !ok {
			at, _ = p.location(f.At)
		}
		d.RelatedInformation = append(d.RelatedInformation, protocol.DiagnosticRelatedInformation{Location: at, Message: n.Message.In(l)})
	}
	return d
}

// sumOf tells lists of diagnostics apart.
func sumOf(list []protocol.Diagnostic) string {
	text, err := json.Marshal(list)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// pulls reports whether the client asks for the diagnostics of the documents that are open. The caller holds the lock.
func (s *Server) pulls() bool { return s.client.TextDocument.Diagnostic != nil }

// publish tells the client what has changed since it was told last. Of a document that is open it tells each version.
func (s *Server) publish() {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.mu.Lock()
	news := s.news()
	refresh := s.pulls() && s.client.Workspace.Diagnostics.RefreshSupport
	s.mu.Unlock()
	for _, n := range news {
		s.tell("textDocument/publishDiagnostics", n)
	}
	if refresh {
		go s.ask("workspace/diagnostic/refresh", nil)
	}
}

// news are the diagnostics that the client does not know yet. The caller holds the lock.
func (s *Server) news() []protocol.PublishDiagnosticsParams {
	names := map[string]bool{}
	for name := range s.published {
		names[name] = true
	}
	for name := range s.documents {
		names[name] = true
	}
	for _, r := range s.roots {
		if r.result != nil {
			for _, name := range r.result.files() {
				names[name] = true
			}
		}
	}
	l := s.lang
	var news []protocol.PublishDiagnosticsParams
	for _, name := range slices.Sorted(maps.Keys(names)) {
		list, known := []protocol.Diagnostic{}, true
		if r := s.owner(name); r != nil {
			if known = r.done == r.wanted && r.result != nil; known {
				list = r.result.diagnostics(name, l)
			}
		}
		d := s.documents[name]
		if !known {
			continue // a check goes on that will tell
		}
		if d != nil && s.pulls() {
			list = []protocol.Diagnostic{} // the client asks for them
		}
		if p, changed := s.notYet(name, d, list); changed {
			news = append(news, p)
		}
	}
	return news
}

// notYet is what the client is told of a file, unless it knows that already. The caller holds the lock.
func (s *Server) notYet(name string, d *document, list []protocol.Diagnostic) (protocol.PublishDiagnosticsParams, bool) {
	p := protocol.PublishDiagnosticsParams{URI: uriOf(name), Diagnostics: list}
	now := published{}
	if len(list) > 0 {
		now.sum = sumOf(list)
	}
	if d != nil {
		p.URI = d.uri
		if !s.pulls() {
			version := d.version
			p.Version, now.version, now.open = &version, version, true
		}
	}
	before := s.published[name]
	if now == (published{}) {
		delete(s.published, name)
	} else {
		s.published[name] = now
	}
	if before.open && !now.open {
		before.version, before.open = 0, false // the same diagnostics of a document that is closed are no news
	}
	return p, before != now
}

// documentDiagnostic answers with the diagnostics of a document.
func (s *Server) documentDiagnostic(ctx context.Context, p *protocol.DocumentDiagnosticParams) (any, error) {
	name := nameOf(p.TextDocument.URI)
	r, err := s.settled(ctx, name)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	l := s.lang
	s.mu.Unlock()
	list := []protocol.Diagnostic{}
	if r != nil {
		list = r.diagnostics(name, l)
	}
	return documentReport(list, p.PreviousResultID), nil
}

// documentReport is a report on a document, after the one that the client has.
func documentReport(list []protocol.Diagnostic, previous string) protocol.DocumentDiagnosticReport {
	if sum := sumOf(list); sum != previous {
		return protocol.DocumentDiagnosticReport{Kind: protocol.ReportFull, ResultID: sum, Items: &list}
	}
	return protocol.DocumentDiagnosticReport{Kind: protocol.ReportUnchanged, ResultID: previous}
}

// workspaceDiagnostic answers with the diagnostics of all files that have any, or had.
func (s *Server) workspaceDiagnostic(ctx context.Context, p *protocol.WorkspaceDiagnosticParams) (any, error) {
	previous := map[string]string{}
	for _, known := range p.PreviousResultIDs {
		previous[nameOf(known.URI)] = known.Value
	}
	s.mu.Lock()
	l := s.lang
	var dirs []string
	for _, r := range s.roots {
		dirs = append(dirs, r.dir)
	}
	s.mu.Unlock()
	out := &protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{}}
	lists := map[string][]protocol.Diagnostic{}
	for name := range previous {
		lists[name] = []protocol.Diagnostic{}
	}
	for _, dir := range dirs {
		r, err := s.settled(ctx, dir)
		if err != nil {
			return nil, err
		}
		if r == nil {
			continue
		}
		for _, name := range r.files() {
			s.mu.Lock()
			own := s.owner(name)
			s.mu.Unlock()
			if own != nil && own.dir == dir {
				lists[name] = r.diagnostics(name, l)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		one := protocol.WorkspaceDocumentDiagnosticReport{
			DocumentDiagnosticReport: documentReport(lists[name], previous[name]), URI: uriOf(name),
		}
		s.mu.Lock()
		if d := s.documents[name]; d != nil {
			version := d.version
			one.URI, one.Version = d.uri, &version
		}
		s.mu.Unlock()
		out.Items = append(out.Items, one)
	}
	return out, nil
}
