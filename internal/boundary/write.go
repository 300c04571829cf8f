package boundary

// What may be written: nothing outside, and nothing that version control keeps for itself.

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// Write returns an error when an absolute name leads to where nothing may be written.
func (b *Boundary) Write(name string) error {
	real, err := Resolve(name)
	if err != nil {
		return lang.Errorf(lang.T("%s: %s", "%s：%s"), name, err)
	}
	for _, top := range b.tops {
		if within(filepath.ToSlash(real), top) {
			return uncontrolled(name, filepath.FromSlash(top), real)
		}
	}
	return notWritten(name)
}

// Output returns an error when a file that a user names for output lies in a repository by its name, or in the folder home, and
// leads out of it through a link, or into what version control keeps for itself. Elsewhere the file is the user's own affair.
func Output(home, name string) error {
	top := Repository(filepath.Dir(name))
	if top == "" && Below(home, name) {
		top = home
	}
	real, err := Resolve(name)
	if err != nil {
		return lang.Errorf(lang.T("%s: %s", "%s：%s"), name, err)
	}
	if top == "" {
		return uncontrolled(name, string(filepath.Separator), real)
	}
	if top, err = filepath.EvalSymlinks(top); err != nil {
		return lang.Errorf(lang.T("%s: %s", "%s：%s"), name, err)
	}
	if !Below(top, real) {
		return notWritten(name)
	}
	return uncontrolled(name, top, real)
}

// Given returns an error when a file that a user names for reading lies in a repository by its name and leads out of it through
// a link: who may change the repository decides where the link leads.
func Given(name string) error {
	top := Repository(filepath.Dir(name))
	if top == "" {
		return nil
	}
	real, err := Resolve(name)
	if err != nil {
		return nil //nolint:nilerr // reading it says what is wrong
	}
	if top, err = filepath.EvalSymlinks(top); err != nil || Below(top, real) {
		return err
	}
	return &lang.Error{Text: lang.F(lang.T("%s could not be read: %s", "无法读取 %s：%s"), name, lang.Cause(ErrOutside)), Err: ErrOutside}
}

func notWritten(name string) error {
	return &lang.Error{Text: lang.F(lang.T(
		"%s points outside the repository; nothing was written", "%s 指向仓库之外，没有写入任何内容"), name), Err: ErrOutside}
}

// uncontrolled returns an error when a path leads into what version control keeps in top.
func uncontrolled(name, top, real string) error {
	inside, err := filepath.Rel(top, real)
	if err != nil || !Controlled(inside) {
		return err
	}
	return &lang.Error{Text: lang.F(lang.T(
		"%s points into the files of version control; nothing was written", "%s 指向版本控制系统自己的文件，没有写入任何内容"), name), Err: ErrOutside}
}

// Below reports whether a path lies in a folder, or is it, by the names alone.
func Below(dir, path string) bool {
	inside, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(inside)
}

// Controlled reports whether a relative path lies in what version control keeps for itself.
func Controlled(name string) bool {
	for _, part := range strings.Split(filepath.ToSlash(name), "/") {
		// File systems that do not tell upper case from lower would open .GIT as well.
		if slices.ContainsFunc(controls, func(control string) bool { return strings.EqualFold(control, part) }) {
			return true
		}
	}
	return false
}

// maxLinks is how many links in a row are followed, as operating systems limit it too.
const maxLinks = 40

// Resolve returns an absolute path without links. Its last parts need not exist: a link to what is not there is
// followed all the same, as writing through it would.
func Resolve(name string) (string, error) { return resolve(name, 0) }

func resolve(name string, links int) (string, error) {
	if links > maxLinks {
		return "", lang.Errorf(lang.T("too many symbolic links", "符号链接层数过多"))
	}
	real, err := filepath.EvalSymlinks(name)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	if target, err := os.Readlink(name); err == nil {
		if !filepath.IsAbs(target) {
			// A relative link starts in the folder that holds it, which may be reached through links itself.
			parent, err := resolve(filepath.Dir(name), links+1)
			if err != nil {
				return "", err
			}
			target = filepath.Join(parent, target)
		}
		return resolve(target, links+1)
	}
	parent := filepath.Dir(name)
	if parent == name {
		return name, nil
	}
	real, err = resolve(parent, links)
	return filepath.Join(real, filepath.Base(name)), err
}
