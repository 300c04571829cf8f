package main

// Checking again whenever something changes.

import (
	"bytes"
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"slices"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// watch checks until it is interrupted. Its status is that of the last check.
func (s *session) watch(p *plan) error {
	signal.Reset(os.Interrupt) // it ends the watching, not a check halfway
	ctx, stop := signal.NotifyContext(s.context(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // the second one ends the program at once
	alarm := newAlarm()
	defer alarm.close()
	for {
		roots := s.watched(p)
		before := lookAt(roots, s.ours(p))
		alarm.follow(before.folders)
		if err := s.round(p); err != nil {
			return err // nobody reads any more
		}
		if now := s.watched(p); !slices.Equal(roots, now) {
			// The first check tells where the projects are. What changed meanwhile is seen by what was watched.
			if lookAt(roots, s.ours(p)).sum != before.sum {
				continue
			}
			roots, before = now, lookAt(now, s.ours(p))
			alarm.follow(before.folders)
		}
		for now := before; now.sum == before.sum; now = lookAt(roots, s.ours(p)) {
			if !alarm.wait(ctx, now.cost) {
				return nil
			}
		}
		p.options.Now = s.Now()
		if err := p.flags.onlyChanged(&p.options); err != nil { // what is staged may be something else by now
			return err
		}
	}
}

// clearScreen empties a terminal and goes to its top, and leaves what was scrolled away.
const clearScreen = "\x1b[2J\x1b[H"

// round is one check with all that is said of it, shown at once: the last report stands until then.
func (s *session) round(p *plan) error {
	stderr := s.Stderr
	var notes bytes.Buffer
	s.Stderr = &notes
	failed := s.once(p)
	if failed != nil {
		s.complain(lang.Cause(failed))
		s.status = statusOf(failed)
	}
	s.Stderr = stderr
	if s.Terminal && s.Env("TERM") != "dumb" {
		if _, err := s.Stdout.Write([]byte(clearScreen)); err != nil {
			return broken(err)
		}
	}
	if notes.Len() > 0 {
		s.note("%s", bytes.TrimRight(notes.Bytes(), "\n"))
	}
	if err := s.flush(); err != nil {
		return err
	}
	s.note("%s", s.say("watching for changes; press Ctrl-C to stop", "正在监视改动，按 Ctrl-C 停止"))
	return nil
}

// context ends when the session should; it is that of the process unless a test has set one.
func (s *session) context() context.Context {
	if s.Context != nil {
		return s.Context
	}
	return context.Background()
}

// watched are the folders and files whose change matters: the paths, the projects that they lead to, and the
// configuration.
func (s *session) watched(p *plan) []string {
	var roots []string
	for _, path := range append(slices.Clone(p.options.Paths), p.roots...) {
		root := s.absolute(path)
		if info, err := os.Stat(root); err == nil && !info.IsDir() {
			root = filepath.Dir(root) // editors replace files
		}
		roots = append(roots, root)
	}
	if len(p.options.Paths) == 0 {
		roots = append(roots, s.Dir)
	}
	for _, root := range slices.Clone(roots) {
		roots = append(roots, above(root)...)
	}
	for _, file := range []string{p.flags.config, p.flags.baseline} {
		if file != "" {
			roots = append(roots, s.absolute(file))
		}
	}
	slices.Sort(roots)
	return slices.Compact(roots)
}

// ours are the files that each check writes, of which no change is news.
func (s *session) ours(p *plan) map[string]bool {
	files := map[string]bool{}
	for _, t := range p.targets {
		files[s.absolute(t.file)] = true
	}
	if p.flags.writeBaseline != "" {
		files[s.absolute(p.flags.writeBaseline)] = true
	}
	return files
}
