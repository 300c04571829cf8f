package lsp

// When checks run: at once when something changes, one after the other, and those that nobody waits for any more are stopped.

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"sort"
	"time"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// touched notes that a file has changed, "" for all: what depends on it is checked again. The caller holds the lock.
func (s *Server) touched(name string) {
	s.state++
	for _, r := range s.roots {
		if name == "" || r.reads(name) {
			r.wanted = s.state
		}
	}
	if s.running != nil && s.running.root.wanted > s.running.state {
		s.outdated(s.running)
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// patience is how long a check may take that is out of date. What most edits ask for is over by then and leaves behind what the next
// check need not read again.
const patience = 150 * time.Millisecond

// outdated stops a check, unless it ends soon. The caller holds the lock.
func (s *Server) outdated(t *task) {
	if t.outdated {
		return
	}
	t.outdated = true
	time.AfterFunc(patience, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.running == t {
			s.stop()
		}
	})
}

// work checks until the context ends.
func (s *Server) work(ctx context.Context) {
	for {
		t, stop := s.next()
		if t == nil {
			select {
			case <-ctx.Done():
				return
			case <-s.wake:
				continue
			}
		}
		t.options.Stop = stop
		done := s.progress(t.root)
		r := safely(t)
		if errors.Is(r.err, check.ErrStopped) {
			t.root.session = &check.Session{} // it may still be at work with the other one
			done("")
			continue
		}
		s.finish(t, r)
		done(s.summary(r))
	}
}

// safely is the check's result. One that panics costs the result and not the server.
func safely(t *task) (r *result) {
	defer func() {
		if cause := recover(); cause != nil {
			r = &result{places: t.places, err: lang.Errorf(lang.T("internal error: %s", "程序内部错误：%s"), fmt.Sprintf("%v\n%s", cause, debug.Stack()))}
		}
	}()
	return t.run()
}

// next is the next check that is due, nil when there is none, and what stops it.
func (s *Server) next() (*task, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running, s.stop = nil, func() {}
	for _, r := range s.roots {
		if r.wanted <= r.done {
			continue
		}
		t := s.task(r)
		stop, stopped := make(chan struct{}), false
		s.running, s.stop = t, func() {
			if !stopped {
				stopped = true
				close(stop)
			}
		}
		return t, stop
	}
	return nil, nil
}

// task is the check of a root as things are. The caller holds the lock.
func (s *Server) task(r *root) *task {
	t := &task{root: r, state: r.wanted, options: s.options.Check, baseline: s.options.Baseline, places: s.places()}
	if s.settings.Baseline != "" {
		t.baseline = s.settings.Baseline
	}
	s.settings.apply(&t.options)
	t.options.Dir, t.options.Paths = filepath.FromSlash(r.dir), []string{"."}
	t.options.FS = r.over(s.options.Files, s.documents)
	t.options.Now = s.options.Now()
	for name := range s.documents {
		if r.holds(name) {
			t.documents = append(t.documents, filepath.FromSlash(name))
		}
	}
	sort.Strings(t.documents)
	return t
}

// places are how the client counts, and what it calls the documents. The caller holds the lock.
func (s *Server) places() *places {
	p := &places{encoding: s.encoding, uris: map[string]string{}, marked: map[string]bool{}}
	for name, d := range s.documents {
		p.uris[name] = d.uri
		if len(d.text) >= len(mark) && d.text[:len(mark)] == mark {
			p.marked[name] = true
		}
	}
	return p
}

// finish takes in a result, tells the client, and lets go on who waits for it.
func (s *Server) finish(t *task, r *result) {
	s.mu.Lock()
	t.root.done, t.root.result = t.state, r
	current := t.root.wanted == t.state
	s.mu.Unlock()
	if current {
		s.report(t, r)
		s.publish()
	}
	s.mu.Lock()
	close(s.settledOne)
	s.settledOne = make(chan struct{})
	s.mu.Unlock()
}

// report tells the user of what is no finding: that something could not be checked.
func (s *Server) report(t *task, r *result) {
	var none *miniprogram.NothingFound
	var invalid *config.InvalidError
	switch {
	case errors.As(r.err, &none):
		s.log(protocol.MessageInfo, lang.Cause(r.err))
	case errors.As(r.err, &invalid): // it is shown where it stands
	case r.err != nil:
		s.show(lang.Cause(r.err))
	default:
		s.complained = ""
		for _, u := range r.Unreadable {
			s.log(protocol.MessageWarning, lang.F(lang.T("%s could not be read: %s", "无法读取 %s：%s"), u.File, u.Why))
		}
		for _, name := range r.Refused {
			s.log(protocol.MessageWarning, lang.F(lang.T("%s points outside the repository and was not read", "%s 指向仓库之外，没有读取"), name))
		}
	}
	s.status(t, r)
}

// settled waits until everything that has changed is checked, and returns the result for a file; nil where no
// folder that is open holds it.
func (s *Server) settled(ctx context.Context, name string) (*result, error) {
	for {
		s.mu.Lock()
		r := s.owner(name)
		if r == nil {
			s.mu.Unlock()
			return nil, nil //nolint:nilnil // there is nothing to say of it
		}
		// A change that comes in meanwhile is waited for too: its result is the one that fits the client's text.
		result, current, next := r.result, r.done == r.wanted, s.settledOne
		s.mu.Unlock()
		if current && result != nil {
			return result, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-next:
		}
	}
}

// owner is the root whose result holds for a file: the innermost around it. The caller holds the lock.
func (s *Server) owner(name string) *root {
	var best *root
	for _, r := range s.roots {
		if r.holds(name) && (best == nil || len(r.dir) > len(best.dir)) {
			best = r
		}
	}
	return best
}

// opened adds the folder of a file that lies in none that is open. The caller holds the lock.
func (s *Server) opened(name string) {
	if s.owner(name) == nil {
		dir := filepath.ToSlash(boundary.Home(filepath.Dir(filepath.FromSlash(name))))
		s.roots = append(s.roots, newRoot(dir, true))
	}
}

// closed takes away the folders of files of which none is open any more. The caller holds the lock.
func (s *Server) closed() {
	var kept []*root
	for _, r := range s.roots {
		used := !r.implied
		for name := range s.documents {
			used = used || r.holds(name)
		}
		if used {
			kept = append(kept, r)
		} else {
			s.leave(r)
		}
	}
	s.roots = kept
}

// leave forgets a root. Who waits for it is let go on. The caller holds the lock.
func (s *Server) leave(r *root) {
	if s.running != nil && s.running.root == r {
		s.stop()
	}
	close(s.settledOne)
	s.settledOne = make(chan struct{})
}
