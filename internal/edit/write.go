// Package edit changes files where a user asked for it: whole, atomically, keeping modes, and
// through no link that leads out of the folder it was given.
package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// Folder is a folder in which files may be written, and nowhere else.
type Folder struct {
	dir  string // as the user names it
	real string // with links resolved
}

// Within opens the folder dir for writing.
func Within(dir string) (*Folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	resolved, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return nil, lang.Errorf(lang.T("%s: %s", "%s：%s"), dir, err)
	}
	return &Folder{dir: abs, real: resolved}, nil
}

// Write replaces or creates the file called name, absolute or relative to the folder, by text.
// A file that is there keeps its mode; missing folders are made.
func (f *Folder) Write(name string, text []byte) error { return f.WriteMode(name, text, 0o644) }

// WriteMode is Write with the mode of a new file.
func (f *Folder) WriteMode(name string, text []byte, mode fs.FileMode) error {
	inside, err := f.inside(name)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(f.real)
	if err != nil {
		return lang.Errorf(lang.T("%s: %s", "%s：%s"), f.dir, err)
	}
	defer root.Close() // only read from: nothing to lose
	if err := replace(root, inside, text, mode); err != nil {
		return lang.Errorf(lang.T("%s could not be written: %s", "无法写入 %s：%s"), filepath.ToSlash(inside), err)
	}
	return nil
}

// inside resolves name to a path below the real folder, following the links on the way.
func (f *Folder) inside(name string) (string, error) {
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(f.dir, path)
	}
	real, err := resolve(path, 0)
	if err != nil {
		return "", lang.Errorf(lang.T("%s: %s", "%s：%s"), name, err)
	}
	inside, err := filepath.Rel(f.real, real)
	if err != nil || !filepath.IsLocal(inside) {
		return "", lang.Errorf(lang.T(
			"%s leads outside of %s; nothing was written",
			"%s 指向 %s 之外，没有写入任何内容"), name, f.dir)
	}
	return inside, nil
}

// Holds returns an error when a file leads outside of the folder.
func (f *Folder) Holds(name string) error {
	_, err := f.inside(name)
	return err
}

// Stays returns an error when a path lies in the folder dir by its name, but a link on the way leads out of it: what a
// repository holds may lead nobody's writing elsewhere. A path that its name leads outside is whoever's who named it.
func Stays(dir, path string) error {
	if !Below(dir, path) {
		return nil
	}
	folder, err := Within(dir)
	if err != nil {
		return err
	}
	return folder.Holds(path)
}

// Below reports whether a path lies in a folder, or is it, by the names alone.
func Below(dir, path string) bool {
	inside, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(inside)
}

// maxRead is the size of the largest file that is changed, in bytes.
const maxRead = 4 << 20

// Read reads a file that is to be changed or replaced. It waits for nobody to write to a pipe.
func Read(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, lang.Errorf(lang.T("it is no regular file", "它不是普通文件"))
	case info.Size() > maxRead:
		return nil, lang.Errorf(lang.T("it is larger than %d bytes", "它超过了 %d 字节"), maxRead)
	}
	return os.ReadFile(name)
}

// maxLinks is how many links in a row are followed, as operating systems limit it too.
const maxLinks = 40

// resolve follows the links of a path whose last parts need not exist.
func resolve(path string, links int) (string, error) {
	if links > maxLinks {
		return "", fmt.Errorf("too many symbolic links")
	}
	real, err := filepath.EvalSymlinks(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	if target, err := os.Readlink(path); err == nil {
		// A link to what is not there yet.
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		return resolve(target, links+1)
	}
	parent := filepath.Dir(path)
	if parent == path {
		return path, nil
	}
	real, err = resolve(parent, links)
	return filepath.Join(real, filepath.Base(path)), err
}

// replace writes a neighbour and renames it, so that no reader meets half a file.
func replace(root *os.Root, path string, text []byte, mode fs.FileMode) error {
	switch info, err := root.Lstat(path); {
	case err == nil && !info.Mode().IsRegular():
		return lang.Errorf(lang.T("it is no regular file", "它不是普通文件"))
	case err == nil && info.Mode().Perm()&0o200 == 0:
		return lang.Errorf(lang.T("it is read-only", "它是只读的"))
	case err == nil:
		mode = info.Mode().Perm()
	case errors.Is(err, fs.ErrNotExist):
		if err := root.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
	default:
		return err
	}
	temporary, file, err := underway.begin(root, path)
	if err != nil {
		return err
	}
	defer underway.end(temporary)
	err = fill(file, text, mode)
	if err == nil {
		err = root.Rename(temporary.name, path)
	}
	if err != nil {
		return errors.Join(err, root.Remove(temporary.name))
	}
	return nil
}

func fill(file *os.File, text []byte, mode fs.FileMode) error {
	_, err := file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	if err == nil {
		err = file.Chmod(mode)
	}
	return errors.Join(err, file.Close())
}

// Output writes text to the file called name, which may lie anywhere: a file is replaced at
// once, a device or pipe is written to. Errors call it shown, as the user did.
func Output(name, shown string, text []byte) error {
	if err := output(name, text); err != nil {
		return lang.Errorf(lang.T("%s could not be written: %s", "无法写入 %s：%s"), shown, err)
	}
	return nil
}

func output(name string, text []byte) error {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return lang.Errorf(lang.T("it is a folder", "它是一个文件夹"))
	}
	if err == nil && !info.Mode().IsRegular() {
		file, err := Open(name, os.O_WRONLY)
		if err != nil {
			return err
		}
		_, err = file.Write(text)
		return errors.Join(err, file.Close())
	}
	real, err := resolve(name, 0)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Dir(real)); err != nil {
		return err
	}
	root, err := os.OpenRoot(filepath.Dir(real))
	if err != nil {
		return err
	}
	defer root.Close() // only read from: nothing to lose
	return replace(root, filepath.Base(real), text, 0o644)
}
