package lsp

// Telling that a check goes on, and how it ended.

import (
	"fmt"
	"path"
	"sync"
	"time"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/report"
)

// unnoticed is how long a check may take before its progress is shown: one that answers a key is over by then. The first check of
// a folder is always shown.
const unnoticed = 500 * time.Millisecond

// progress shows that a root is checked, until what it returns is called with what came of it.
func (s *Server) progress(r *root) func(said string) {
	s.mu.Lock()
	wanted, first := s.client.Window.WorkDoneProgress, r.result == nil
	s.tokens++
	token := fmt.Sprintf("voipcheck/%d", s.tokens)
	s.mu.Unlock()
	if !wanted {
		return func(string) {}
	}
	ended, said := make(chan struct{}), ""
	go func() {
		if !first {
			timer := time.NewTimer(unnoticed)
			defer timer.Stop()
			select {
			case <-ended:
				return
			case <-timer.C:
			}
		}
		s.ask("window/workDoneProgress/create", protocol.WorkDoneProgressCreateParams{Token: token})
		s.tell("$/progress", protocol.ProgressParams{Token: token, Value: protocol.WorkDoneProgress{
			Kind: "begin", Title: "voipcheck", Message: path.Base(r.dir),
		}})
		<-ended
		s.tell("$/progress", protocol.ProgressParams{Token: token, Value: protocol.WorkDoneProgress{Kind: "end", Message: said}})
	}()
	var once sync.Once
	return func(text string) {
		once.Do(func() {
			said = text
			close(ended)
		})
	}
}

// summary is what a check came to, in a sentence.
func (s *Server) summary(r *result) string {
	if r.err != nil {
		return s.in(lang.Cause(r.err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return report.Verdict(r.Report, s.lang)
}

// statusParams are those of voipcheck/status.
type statusParams struct {
	URI     string  `json:"uri"`
	Exit    int     `json:"exit"`
	Ready   bool    `json:"ready"`
	Verdict string  `json:"verdict,omitempty"`
	Summary *counts `json:"summary,omitempty"`
	Error   string  `json:"error,omitempty"`
}

// counts are the findings by severity, by the names of the JSON report.
type counts struct {
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Infos      int `json:"infos"`
	Suppressed int `json:"suppressed"`
	Baselined  int `json:"baselined"`
}

// status tells a client that asked for it what a check came to.
func (s *Server) status(t *task, r *result) {
	s.mu.Lock()
	wanted, l := s.settings.Status, s.lang
	s.mu.Unlock()
	if !wanted {
		return
	}
	p := statusParams{URI: uriOf(t.root.dir)}
	if r.err != nil {
		p.Exit, p.Error = s.options.StatusOf(r.err), lang.Cause(r.err).In(l)
	} else {
		sum := counts(r.Summary)
		p.Exit, p.Ready, p.Verdict, p.Summary = r.Exit, r.Ready, report.Verdict(r.Report, l), &sum
	}
	s.tell("voipcheck/status", p)
}
