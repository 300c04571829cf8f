package main

// A file as it comes from the standard input, in the place of the one that is on disk.

import (
	"io"
	"path/filepath"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/overlay"
)

// typed is the file system with the file of --stdin-filename as the standard input has it.
func (s *session) typed(f *checkFlags) (miniprogram.FS, error) {
	for _, other := range []struct {
		set  bool
		name string
	}{{f.watch, "--watch"}, {f.fix != "" && !f.diff, "--fix"}} {
		if other.set {
			return nil, usage(lang.T(
				"--stdin-filename and %s do not go together; leave one out",
				"--stdin-filename 与 %s 不能同时使用，请去掉其中一个"), other.name)
		}
	}
	most := files.DefaultLimits.Named
	text, err := io.ReadAll(io.LimitReader(s.Stdin, most+1))
	if err == nil && int64(len(text)) > most {
		err = lang.Errorf(lang.T("it is larger than %d bytes", "它超过 %d 字节"), most)
	}
	if err != nil {
		return nil, broken(lang.Errorf(lang.T("standard input could not be read: %s", "无法读取标准输入：%s"), err))
	}
	name := s.absolute(f.stdinName)
	if info, err := s.files().Stat(filepath.ToSlash(name)); err == nil && !info.Mode().IsRegular() {
		return nil, usage(lang.T("--stdin-filename needs the name of a file, but %s is not one", "--stdin-filename 应写文件名，而 %s 不是文件"), f.stdinName)
	}
	files := overlay.New(s.files())
	files.Set(filepath.ToSlash(name), text)
	return files, nil
}
