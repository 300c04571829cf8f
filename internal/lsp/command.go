package lsp

// What clients may ask for by name; see the package's documentation.

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/confirm"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/spelling"
)

// commandNames are what can be executed.
func commandNames() []string {
	return []string{"voipcheck.check", "voipcheck.confirm", "voipcheck.report"}
}

// executeCommand executes a command.
func (s *Server) executeCommand(ctx context.Context, p *protocol.ExecuteCommandParams) (any, error) {
	argument := json.RawMessage("{}")
	if len(p.Arguments) > 0 {
		argument = p.Arguments[0]
	}
	switch p.Command {
	case "voipcheck.check":
		return s.checkAgain(ctx)
	case "voipcheck.confirm":
		return s.confirm(ctx, argument)
	case "voipcheck.report":
		return s.reportText(ctx, argument)
	}
	return nil, fault(jsonrpc2.CodeInvalidParams, "no such command: %q; %s", p.Command, spelling.Suggest(p.Command, commandNames()).EN)
}

// checkAgain checks everything again, and returns when that is done.
func (s *Server) checkAgain(ctx context.Context) (any, error) {
	s.mu.Lock()
	s.touched("")
	var dirs []string
	for _, r := range s.roots {
		dirs = append(dirs, r.dir)
	}
	s.mu.Unlock()
	for _, dir := range dirs {
		if _, err := s.settled(ctx, dir); err != nil {
			return nil, err
		}
	}
	return nil, nil //nolint:nilnil // null is the answer
}

// place names the folder that a command is about, by something in it.
type place struct {
	URI string `json:"uri"`
}

// about is the result for the folder that a command names: the first one where it names none.
func (s *Server) about(ctx context.Context, p place) (*result, error) {
	name := nameOf(p.URI)
	s.mu.Lock()
	if name == "" && len(s.roots) > 0 {
		name = s.roots[0].dir
	}
	s.mu.Unlock()
	r, err := s.settled(ctx, name)
	switch {
	case err != nil:
		return nil, err
	case r == nil:
		return nil, fault(jsonrpc2.CodeInvalidParams, "no folder that is open holds %q", p.URI)
	case r.err != nil:
		return nil, r.err
	}
	return r, nil
}

// reportText is a report on a folder in one of the formats of the command line.
func (s *Server) reportText(ctx context.Context, argument json.RawMessage) (any, error) {
	var p struct {
		place
		Format string `json:"format"`
	}
	if err := json.Unmarshal(argument, &p); err != nil {
		return nil, fault(jsonrpc2.CodeInvalidParams, "the argument cannot be read: %v", err)
	}
	format := report.Lookup(p.Format)
	if format == nil {
		var names []string
		for _, f := range report.Formats() {
			names = append(names, f.Name)
		}
		return nil, fault(jsonrpc2.CodeInvalidParams, "unknown format %q; allowed values: %s", p.Format, strings.Join(names, ", "))
	}
	r, err := s.about(ctx, p.place)
	if err != nil {
		return nil, err
	}
	shown := r.Result
	if report.Draws(format) {
		o := r.options
		o.Pictures, o.Observe = true, nil
		if shown, err = check.Run(o); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	l := s.lang
	s.mu.Unlock()
	var text strings.Builder
	if err := format.Write(&text, shown.Report, report.Options{Lang: l}); err != nil {
		return nil, err
	}
	return text.String(), nil
}

// confirm records console steps, as an edit that the client applies.
func (s *Server) confirm(ctx context.Context, argument json.RawMessage) (any, error) {
	var p struct {
		place
		Steps           []string `json:"steps"`
		By, Note, Until string
	}
	if err := json.Unmarshal(argument, &p); err != nil {
		return nil, fault(jsonrpc2.CodeInvalidParams, "the argument cannot be read: %v", err)
	}
	r, err := s.about(ctx, p.place)
	if err != nil {
		return nil, err
	}
	if len(p.Steps) == 0 {
		return nil, fault(jsonrpc2.CodeInvalidParams, "steps names no step; allowed values: %s", strings.Join(config.ConsoleSteps(), ", "))
	}
	for _, step := range p.Steps {
		if !slices.Contains(config.ConsoleSteps(), step) {
			return nil, fault(jsonrpc2.CodeInvalidParams, "no such console step: %q; allowed values: %s", step, strings.Join(config.ConsoleSteps(), ", "))
		}
	}
	if !lang.Readable(p.By) {
		p.By = whoWorks(r.options.Dir)
	}
	if p.By == "" {
		return nil, lang.Errorf(lang.T("user.name of git is not set, so nobody can be named as the one who did it", "git 没有设置 user.name，无法写明完成者"))
	}
	if p.Until != "" {
		if _, err := config.ParseDate(p.Until); err != nil {
			return nil, err
		}
	}
	return s.applyConfirmation(ctx, r, p.URI, p.Steps, confirm.Entry{By: p.By, On: s.options.Now().Format(time.DateOnly), Note: p.Note, Until: p.Until})
}

// applyConfirmation asks the client to record steps.
func (s *Server) applyConfirmation(ctx context.Context, r *result, uri string, steps []string, e confirm.Entry) (any, error) {
	a := s.actor(r, nameOf(uri))
	made, err := a.confirmed(r.projectOf(nameOf(uri)), steps, e)
	if err != nil {
		return nil, err
	}
	var done protocol.ApplyWorkspaceEditResult
	if err := s.conn.Call(ctx, "workspace/applyEdit", protocol.ApplyWorkspaceEditParams{Label: "voipcheck", Edit: *made}, &done); err != nil {
		return nil, err
	}
	if !done.Applied {
		return nil, fault(protocol.RequestFailed, "the client did not apply the edit: %s", done.FailureReason)
	}
	return nil, nil //nolint:nilnil // null is the answer
}
