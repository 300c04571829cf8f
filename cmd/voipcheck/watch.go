package main

// Checking again whenever something changes.

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// interval is how often the files are looked at. Looking works the same on every system and on network
// drives, and a mini-program's own files are few: what is installed or built is passed over.
const interval = 400 * time.Millisecond

// watch checks until it is interrupted. Its status is that of the last check.
func (s *session) watch(p *plan) error {
	ctx, stop := signal.NotifyContext(s.context(), os.Interrupt)
	defer stop()
	for {
		before := s.state(p)
		failed := s.once(p)
		if err := s.flush(); err != nil {
			return err // nobody reads any more
		}
		if failed != nil {
			s.complain(lang.Cause(failed))
			s.status = statusOf(failed)
		}
		s.note("%s", s.say("watching for changes; Ctrl-C ends", "正在监视改动，按 Ctrl-C 结束"))
		for changed := false; !changed; changed = s.state(p) != before {
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(interval):
			}
		}
		p.options.Now = s.Now()
	}
}

// context ends when the session should; it is that of the process unless a test has set one.
func (s *session) context() context.Context {
	if s.Context != nil {
		return s.Context
	}
	return context.Background()
}

// state is a number that changes when a file below the paths does: is added, taken away, or written.
func (s *session) state(p *plan) uint64 {
	sum := fnv.New64a()
	paths := p.options.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	if p.flags.config != "" {
		paths = append(paths[:len(paths):len(paths)], p.flags.config)
	}
	for _, path := range paths {
		root := s.absolute(path)
		if info, err := os.Stat(root); err == nil && !info.IsDir() {
			root = filepath.Dir(root) // editors replace files
		}
		// What cannot be read now is read again next time.
		_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil //nolint:nilerr // a folder that has just gone is a change, not a failure
			}
			if d.IsDir() && name != root && passedOver[d.Name()] {
				return filepath.SkipDir
			}
			if info, err := d.Info(); err == nil && !d.IsDir() {
				_, _ = fmt.Fprintf(sum, "%s\x00%d\x00%d\x00", name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return sum.Sum64()
}

// passedOver are folders that nobody edits.
var passedOver = map[string]bool{
	".git": true, "node_modules": true, "miniprogram_npm": true, "unpackage": true, "dist": true,
}
