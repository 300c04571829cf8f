// Package config reads voipcheck.json: where the mini-program is, how severe rules are, what is
// left out, what the flow may take for granted, and what the team has confirmed.
package config

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Name is the name of the configuration file.
const Name = "voipcheck.json"

// Config is a configuration. The zero value is what holds without a file.
type Config struct {
	// File is the file as users know it, Dir its absolute folder; both "" without a file.
	File, Dir string
	// Root is the mini-program's root relative to Dir, "" when discovery decides; RootAt is where that stands.
	Root   string
	RootAt source.Span
	// Rules are the severities that rules are given.
	Rules map[string]Severity
	// Ignore are the globs of files that are no part of the program.
	Ignore []Glob
	// Silence are rules that are silent in some files.
	Silence []Silence
	// Grants are functions whose success implies both authorizations, Enables those whose success implies that enabling succeeded.
	Grants, Enables []Function
	// Limits are how much is read and followed.
	Limits Limits
	// Confirmed are the console steps that somebody confirmed.
	Confirmed map[checks.Step]Confirmation
}

// Severity is that of a rule, and where it stands.
type Severity struct {
	checks.Severity
	At source.Span
}

// Glob is a pattern for files, and where it stands.
type Glob struct {
	Pattern string
	At      source.Span
}

// Silence says that rules say nothing of files.
type Silence struct {
	Files []string
	Rules []string
	// At is where the entry stands.
	At source.Span
}

// Function is one that is named in "grants" or "enables".
type Function struct {
	// File is relative to the configuration's folder, "/" separated; Func is the function's name.
	File, Func string
	// At is where the entry stands.
	At source.Span
}

// Confirmation says who did a console step and when.
type Confirmation struct {
	By, Note string
	On       time.Time
	// Until is the last day on which the confirmation holds; zero for always.
	Until time.Time
	// At is where the entry stands.
	At source.Span
}

// Holds tells whether the confirmation holds on the day of now.
func (c Confirmation) Holds(now time.Time) bool {
	return !c.Ahead(now) && (c.Until.IsZero() || !day(now).After(c.Until))
}

// Ahead tells that the confirmation is dated later than the day of now. A day more is not: that is a matter of time zones.
func (c Confirmation) Ahead(now time.Time) bool { return c.On.After(day(now).AddDate(0, 0, 1)) }

// day is the date of now where the user is, at midnight UTC as dates in the file are read.
func day(now time.Time) time.Time {
	year, month, date := now.Date()
	return time.Date(year, month, date, 0, 0, 0, 0, time.UTC)
}

// ReadError says that a configuration file is there and cannot be read.
type ReadError struct{ Err error }

func (e *ReadError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *ReadError) Unwrap() error { return e.Err }

// Files is where a configuration is read from. All names are absolute, clean and "/" separated.
type Files interface {
	Open(name string) (fs.File, error)
	// Stat follows symbolic links, Lstat does not.
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
}

// Find looks for a configuration from the folder dir upwards to the root of the repository. It returns "" when there is none.
func Find(files Files, dir string) string {
	top := boundary.HomeIn(files, dir)
	for {
		file := filepath.Join(dir, Name)
		if info, err := files.Stat(filepath.ToSlash(file)); err == nil && !info.IsDir() || errors.Is(err, fs.ErrPermission) {
			return file
		}
		up := filepath.Dir(dir)
		if dir == top || up == dir {
			return ""
		}
		dir = up
	}
}

// Load reads the configuration file called name, which messages call shown. Its errors tell file, line and
// column; a file that cannot be read is a *ReadError, unless it is missing.
func Load(files Files, name, shown string) (*Config, error) {
	text, err := read(files, filepath.ToSlash(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, lang.Errorf(lang.T(
			"%s: there is no such configuration file; `voipcheck init` writes one",
			"%s：没有这个配置文件；可用 `voipcheck init` 生成"), shown)
	}
	if err != nil {
		return nil, &ReadError{lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), shown, err)}
	}
	dir, err := filepath.Abs(filepath.Dir(name))
	if err != nil {
		return nil, &ReadError{err}
	}
	c, err := Parse(text, shown)
	if err != nil {
		return nil, err
	}
	c.Dir = dir
	return c, nil
}

// maxSize is far above what a configuration needs.
const maxSize = 1 << 20

func read(files Files, name string) ([]byte, error) {
	info, err := files.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, lang.Errorf(lang.T("it is not a regular file", "它不是普通文件"))
	}
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(file, maxSize+1))
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if len(text) > maxSize {
		return nil, lang.Errorf(lang.T("it is larger than %d bytes", "它超过 %d 字节"), maxSize)
	}
	return text, nil
}
