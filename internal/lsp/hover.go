package lsp

// What a rule asks, beside the finding and wherever it is named.

import (
	"context"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// hover answers with the explanation of the findings at a place, or of the rule that is named there.
func (s *Server) hover(ctx context.Context, p *protocol.TextDocumentPositionParams) (any, error) {
	name := nameOf(p.TextDocument.URI)
	r, err := s.settled(ctx, name)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	l, text := s.lang, ""
	if d := s.documents[name]; d != nil {
		text = d.text
	}
	encoding, markdown := s.encoding, len(s.client.TextDocument.Hover.ContentFormat) == 0
	for _, format := range s.client.TextDocument.Hover.ContentFormat {
		markdown = markdown || format == "markdown"
	}
	s.mu.Unlock()
	h := &protocol.Hover{Contents: protocol.MarkupContent{Kind: "markdown"}}
	explained := map[string]bool{}
	var parts []string
	explain := func(rule *checks.Rule) {
		if !explained[rule.ID] {
			explained[rule.ID] = true
			parts = append(parts, explanation(rule, l))
		}
	}
	if rule := ruleAt(name, text, offsetIn(text, p.Position, encoding)); rule != nil {
		explain(rule)
	}
	if r != nil {
		at := protocol.Range{Start: p.Position, End: p.Position}
		for _, f := range r.byFile[name] {
			if span := r.places.span(f.At); touches(span, at) {
				h.Range = &span
				explain(f.Rule)
			}
		}
	}
	if len(parts) == 0 {
		return nil, nil //nolint:nilnil // null is the answer
	}
	h.Contents.Value = strings.Join(parts, "\n---\n\n")
	if !markdown {
		h.Contents.Kind = "plaintext"
		h.Contents.Value = strings.Join(terminal.Wrap(h.Contents.Value, 100), "\n")
	}
	return h, nil
}

// explanation is what `voipcheck explain` says of a rule, with a link to its documentation.
func explanation(r *checks.Rule, l lang.Lang) string {
	return "### [" + r.ID + "](" + report.DocumentationURL(r.ID, l) + ")\n\n" + report.RuleMarkdown(r, l)
}

// ruleAt is the rule that is named at an offset of a configuration, or in a comment that suppresses; nil for none.
func ruleAt(name, text string, at int) *checks.Rule {
	within := func(c byte) bool { return 'a' <= c && c <= 'z' || c == '-' || '0' <= c && c <= '9' }
	start, end := at, at
	for start > 0 && within(text[start-1]) {
		start--
	}
	for end < len(text) && within(text[end]) {
		end++
	}
	line := text[strings.LastIndexByte(text[:start], '\n')+1 : end]
	if !strings.HasSuffix(name, "/"+config.Name) && !strings.Contains(line, "voipcheck-ignore") {
		return nil
	}
	return checks.Lookup(text[start:end])
}
