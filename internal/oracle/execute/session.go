package execute

// One execution: a user's phone from the first start on. It outlives the process of the program, which a cold
// start ends and begins anew.

import (
	"fmt"
	"strings"
)

// consent is what the platform knows of a scope. It is not decided before something asks for it.
type consent int

const (
	undecided consent = iota
	neverAsked
	granted
	refused
)

// session is an execution.
type session struct {
	program *Program
	bounds  Bounds
	choice  *chooser
	result  *Result
	// What stays on the phone when the process ends.
	record, camera consent
	storage        map[string]string // as JSON
	platform       string            // "" while nothing has asked for it

	failed   map[string]bool // requests that failed before: once more is nothing unusual
	doubtful bool
	acts     int // what the user may still do
	steps    int
	turn     int // which act comes next when the user goes through all of them
	log      []string
}

func newSession(p *Program, b Bounds, c *chooser, r *Result) *session {
	return &session{program: p, bounds: b, choice: c, result: r, storage: map[string]string{}, failed: map[string]bool{}, acts: b.Acts}
}

// pick chooses one of several options and returns which. One alone is no choice.
func (s *session) pick(about string, options ...option) int {
	if len(options) == 1 {
		return 0
	}
	i := s.choice.pick(options)
	o := options[i]
	s.doubtful = s.doubtful || o.doubtful
	if o.what != "" {
		s.note("%s: %s", about, o.what)
	}
	return i
}

func (s *session) note(format string, args ...any) {
	if len(s.log) < 200 {
		s.log = append(s.log, fmt.Sprintf(format, args...))
	}
}

// execute starts the program, and again after each time that its process ends.
func (s *session) execute() {
	for s.start().run() {
		s.note("the program is closed and started again")
	}
}

// step counts what happens; false once it is too much.
func (s *session) step() bool {
	s.steps++
	if s.steps > s.bounds.Steps {
		s.result.Cut = true
		return false
	}
	return true
}

// consent is what the user decided on a scope, nil for a scope that neither call needs.
func (s *session) consent(scope string) *consent {
	switch scope {
	case "scope.record":
		return &s.record
	case "scope.camera":
		return &s.camera
	}
	return nil
}

// openingPage is where the program starts: its first page, or one that was shared.
func (s *session) openingPage() string {
	options := []option{{what: s.program.pages[0]}}
	pages := []string{s.program.pages[0]}
	for _, page := range s.program.pages[1:] {
		shared := strings.Contains(s.program.files[s.program.script(page)], "onShareAppMessage")
		if shared || s.bounds.Wide {
			options = append(options, option{what: page, cost: 1, doubtful: !shared})
			pages = append(pages, page)
		}
	}
	return pages[s.pick("opened on", options...)]
}

// device is the platform that the program runs on. It is chosen when the program first asks for it.
func (s *session) device() string {
	if s.platform != "" {
		return s.platform
	}
	names := s.program.platforms
	options := make([]option, len(names))
	for i, n := range names {
		options[i] = option{what: n, cost: min(i, 1)}
	}
	s.platform = names[s.pick("platform", options...)]
	return s.platform
}
