// Package changed tells which lines of files have changed since a revision, or are staged for the next commit. It asks git for
// the old content of files and for nothing that would run a program of the repository's.
package changed

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Lines are the changed lines of files. It is not safe for concurrent use.
type Lines struct {
	// revision is what was asked for, "" for what is staged.
	revision     string
	repositories map[string]*repository
	files        map[string]*regions
}

// Since are the lines that the files have and the revision had not. Files that git does not know are new.
func Since(revision string) *Lines {
	return &Lines{revision: revision, repositories: map[string]*repository{}, files: map[string]*regions{}}
}

// Staged are the lines that the next commit will have and the last one had not, as long as they are in the files too.
func Staged() *Lines { return Since("") }

// region is a range of bytes.
type region struct{ start, end int }

// regions are the changed parts of a text.
type regions struct {
	text []byte
	all  []region
}

// Touch reports whether one of the lines of a place has changed. Where lines were taken away, the one before and the one behind
// them have. Its error is that there is no such revision, or no repository.
func (l *Lines) Touch(at source.Span) (bool, error) {
	if at.IsZero() {
		return true, nil // nobody can tell
	}
	r, err := l.regions(at.File)
	if err != nil {
		return false, err
	}
	start, _ := at.File.Extent(at.From().Line)
	end := len(at.File.Text) + 1
	if next := at.To().Line + 1; next <= at.File.Lines() {
		end, _ = at.File.Extent(next)
	}
	for _, one := range r.all {
		if start < one.end && one.start < end {
			return true, nil
		}
	}
	return false, nil
}

// regions are the changed parts of a file.
func (l *Lines) regions(f *source.File) (*regions, error) {
	if known := l.files[f.Name]; known != nil && bytes.Equal(known.text, f.Text) {
		return known, nil
	}
	repository, err := l.repository(filepath.Dir(filepath.FromSlash(f.Name)))
	if err != nil {
		return nil, err
	}
	name, err := filepath.Rel(repository.top, filepath.FromSlash(f.Name))
	if err != nil {
		return nil, err
	}
	r := &regions{text: f.Text, all: repository.regions(filepath.ToSlash(name), f.Text, l.revision == "")}
	l.files[f.Name] = r
	return r, nil
}

// repository is a repository with the commit that its files are compared with.
type repository struct {
	top string
	// commit is "" in a repository without one.
	commit string
	staged bool
	// renamed are the former names of files by the new ones; nil before somebody asks.
	renamed map[string]string
}

// repository is the one that a folder lies in.
func (l *Lines) repository(dir string) (*repository, error) {
	top := boundary.Repository(dir)
	if known := l.repositories[top]; known != nil {
		return known, nil
	}
	if _, err := os.Lstat(filepath.Join(top, ".git")); top == "" || err != nil {
		return nil, lang.Errorf(lang.T("%s lies in no git repository, so nobody can tell what has changed", "%s 不在 git 仓库里，无法得知改动了哪些行"), dir)
	}
	r := &repository{top: top, staged: l.revision == ""}
	revision := l.revision
	if r.staged {
		revision = "HEAD"
	}
	out, err := r.git("rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	var exit *exec.ExitError
	switch {
	case err == nil:
		r.commit = strings.TrimSpace(string(out))
	case !errors.As(err, &exit):
		return nil, lang.Errorf(lang.T("git cannot be run: %s", "无法运行 git：%s"), err)
	case !r.staged:
		return nil, lang.Errorf(lang.T("git has no revision %q here", "这里的 git 没有版本 %q"), l.revision)
	}
	l.repositories[top] = r
	return r, nil
}

// git asks git. Nothing that the repository's configuration names is run.
func (r *repository) git(args ...string) ([]byte, error) {
	c := exec.Command("git", append([]string{"-c", "core.fsmonitor=false", "-C", r.top}, args...)...)
	c.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0")
	return c.Output()
}

// regions are the changed parts of a file's text.
func (r *repository) regions(name string, text []byte, staged bool) []region {
	before, known := r.before(name)
	if !staged {
		if !known {
			return []region{{0, len(text) + 1}}
		}
		return between(before, text)
	}
	index, err := r.git("cat-file", "blob", ":"+name)
	if err != nil {
		return nil // not staged, or not a file there
	}
	next := withEndings(content(index), text)
	all := []region{{0, len(next) + 1}}
	if known {
		all = between(before, next)
	}
	return carried(all, next, text)
}

// before is the content that a file had in the commit, under its former name where it was renamed; known is false for a new file.
func (r *repository) before(name string) (text []byte, known bool) {
	if r.commit == "" {
		return nil, false
	}
	raw, err := r.git("cat-file", "blob", r.commit+":"+name)
	if err != nil {
		former := r.former(name)
		if former == "" {
			return nil, false
		}
		if raw, err = r.git("cat-file", "blob", r.commit+":"+former); err != nil {
			return nil, false
		}
	}
	return content(raw), true
}

// former is the name that a file had before it was renamed, "" for none.
func (r *repository) former(name string) string {
	if r.renamed == nil {
		r.renamed = map[string]string{}
		args := []string{"diff", "--name-status", "-z", "-M", "--diff-filter=R", "--no-ext-diff", "--no-textconv"}
		if r.staged {
			args = append(args, "--cached")
		}
		out, err := r.git(append(args, r.commit, "--")...)
		if err != nil {
			return ""
		}
		for fields := bytes.Split(out, []byte{0}); len(fields) >= 3; fields = fields[3:] {
			r.renamed[string(fields[2])] = string(fields[1])
		}
	}
	return r.renamed[name]
}

// content is a file's text as it is checked.
func content(raw []byte) []byte {
	text, _ := files.Decode(raw)
	return text
}

// between are the parts of a text that an earlier one had not. Line endings alone are no change.
func between(before, after []byte) []region {
	var out []region
	moved := 0
	for _, e := range edit.Lines(withEndings(before, after), after) {
		start := e.Start + moved
		end := start + len(e.New)
		moved += len(e.New) - (e.End - e.Start)
		if e.New == "" {
			start, end = start-1, start+1
		}
		out = append(out, region{start, end})
	}
	return out
}

// withEndings is a text with the line endings of another one.
func withEndings(text, of []byte) []byte {
	windows := []byte("\r\n")
	switch has, wants := bytes.Contains(text, windows), bytes.Contains(of, windows); {
	case has && !wants:
		return bytes.ReplaceAll(text, windows, []byte("\n"))
	case !has && wants:
		return bytes.ReplaceAll(text, []byte("\n"), windows)
	}
	return text
}

// carried are the parts of a text that a later one still has, where they are there.
func carried(all []region, text, later []byte) []region {
	var out []region
	kept := func(start, end, moved int) {
		for _, r := range all {
			if from, to := max(r.start, start), min(r.end, end); from < to {
				out = append(out, region{from + moved, to + moved})
			}
		}
	}
	at, moved := 0, 0
	for _, e := range edit.Lines(text, later) {
		kept(at, e.Start, moved)
		at = e.End
		moved += len(e.New) - (e.End - e.Start)
	}
	kept(at, len(text)+1, moved)
	return out
}
