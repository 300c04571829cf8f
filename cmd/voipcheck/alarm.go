package main

// How changes are noticed. Looking at all files now and then works on every system and drive, but an idle look at
// 40,000 files every 0.4 s took 15 % of a core, and half of that pause passes before a change is seen. Where the
// system tells of changes a look follows at once, and the pauses between the others are long.

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/voipcheck/voipcheck/internal/config"
)

// view is what a look has seen.
type view struct {
	// sum changes when a file does: is added, taken away, or written.
	sum     uint64
	folders []string
	cost    time.Duration
}

// passedOver are folders that nobody edits.
var passedOver = map[string]bool{
	".git": true, "node_modules": true, "miniprogram_npm": true, "unpackage": true, "dist": true,
}

// lookAt looks at every file below the roots but those left out.
func lookAt(roots []string, out map[string]bool) view {
	began := time.Now()
	var v view
	sum := fnv.New64a()
	seen := map[string]bool{}
	for _, root := range roots {
		// What cannot be read now is read again next time.
		_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil //nolint:nilerr // a folder that has just gone is a change, not a failure
			}
			if d.IsDir() {
				if name != root && passedOver[d.Name()] || seen[name] {
					return filepath.SkipDir
				}
				seen[name] = true
				v.folders = append(v.folders, name)
				return nil
			}
			if info, err := d.Info(); err == nil && !out[name] {
				_, _ = fmt.Fprintf(sum, "%s\x00%d\x00%d\x00", name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	v.sum, v.cost = sum.Sum64(), time.Since(began)
	return v
}

// above are the files above a folder, up to the root of the repository, that may decide how it is checked.
func above(dir string) []string {
	var files []string
	for {
		for _, name := range []string{config.Name, "project.config.json"} {
			files = append(files, filepath.Join(dir, name))
		}
		up := filepath.Dir(dir)
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil || up == dir {
			return files
		}
		dir = up
	}
}

// alarm waits for changes.
type alarm struct {
	// system tells of changes; nil where it does not: too many folders, or none of its kind.
	system *fsnotify.Watcher
}

func newAlarm() *alarm {
	system, err := fsnotify.NewWatcher()
	if err != nil {
		return &alarm{}
	}
	return &alarm{system}
}

func (a *alarm) close() {
	if a.system != nil {
		_ = a.system.Close() // nothing is lost
		a.system = nil
	}
}

// follow asks to be told of changes in the folders, too.
func (a *alarm) follow(folders []string) {
	for _, folder := range folders {
		if a.system == nil {
			return
		}
		if _, err := os.Lstat(folder); err != nil {
			continue // gone again
		}
		if err := a.system.Add(folder); err != nil {
			a.close()
		}
	}
}

// The shortest pauses between looks, and how many times as long as a look they are at least: looking takes at most
// 5 % of a core, or 2 % where the system tells of changes, and of those on drives of other machines it does not.
const (
	pause, share         = 400 * time.Millisecond, 20
	pauseTold, shareTold = 2 * time.Second, 50
	settling             = 30 * time.Millisecond // a save is several changes
)

// wait waits until it is time for a look, which takes as long as cost; false when the session ends.
func (a *alarm) wait(ctx context.Context, cost time.Duration) bool {
	length := max(pause, share*cost)
	var events chan fsnotify.Event
	var errors chan error
	if a.system != nil {
		length = max(pauseTold, shareTold*cost)
		events, errors = a.system.Events, a.system.Errors
	}
	timer := time.NewTimer(length)
	defer timer.Stop()
	told := false
	for {
		select {
		case <-ctx.Done():
			return false
		case <-timer.C:
			return true
		case <-errors: //nolint:errcheck // more changes at once than are told: the look tells which
		case event := <-events:
			if event.Op == fsnotify.Chmod {
				continue
			}
		}
		if !told { // a tree that never rests is looked at all the same
			told = true
			timer.Reset(settling)
		}
	}
}
