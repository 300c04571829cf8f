// Package edit changes files where a user asked for it: whole, atomically, keeping modes, and
// through no link that leads out of the folder it was given.
package edit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/voipcheck/voipcheck/internal/boundary"
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
func (f *Folder) Write(name string, text []byte) error { return f.WriteMode(name, text, newFile) }

// newFile and newFolder are the modes of what is made, of which the user's umask takes its part.
const newFile, newFolder fs.FileMode = 0o666, 0o777

// WriteMode is Write with the mode of a new file, of which the umask takes its part.
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

// inside resolves name to a path below the real folder, following the links in between.
func (f *Folder) inside(name string) (string, error) {
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(f.dir, path)
	}
	real, err := boundary.Resolve(path)
	if err != nil {
		return "", lang.Errorf(lang.T("%s: %s", "%s：%s"), name, err)
	}
	inside, err := filepath.Rel(f.real, real)
	switch {
	case err != nil || !filepath.IsLocal(inside):
		return "", lang.Errorf(lang.T(
			"%s points outside %s; nothing was written",
			"%s 指向 %s 之外，没有写入任何内容"), name, f.dir)
	case boundary.Controlled(inside):
		return "", lang.Errorf(lang.T(
			"%s points into the files of version control; nothing was written",
			"%s 指向版本控制系统自己的文件，没有写入任何内容"), name)
	}
	return inside, nil
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
		return nil, lang.Errorf(lang.T("it is not a regular file", "它不是普通文件"))
	case info.Size() > maxRead:
		return nil, lang.Errorf(lang.T("it is larger than %d bytes", "它超过 %d 字节"), maxRead)
	}
	return os.ReadFile(name)
}

// replace writes a neighbour and renames it, so that no reader meets half a file.
func replace(root *os.Root, path string, text []byte, mode fs.FileMode) error {
	keep := false
	switch info, err := root.Lstat(path); {
	case err == nil && !info.Mode().IsRegular():
		return lang.Errorf(lang.T("it is not a regular file", "它不是普通文件"))
	case err == nil && info.Mode().Perm()&0o200 == 0:
		return lang.Errorf(lang.T("it is read-only", "它是只读的"))
	case err == nil:
		mode, keep = info.Mode().Perm(), true
	case errors.Is(err, fs.ErrNotExist):
		if err := root.MkdirAll(filepath.Dir(path), newFolder); err != nil {
			return err
		}
	default:
		return err
	}
	temporary, file, err := underway.begin(root, path, mode)
	if err != nil {
		return err
	}
	defer underway.end(temporary)
	err = fill(file, text)
	if err == nil && keep {
		err = root.Chmod(temporary.name, mode) // the umask took its part when it was created
	}
	if err == nil {
		err = root.Rename(temporary.name, path)
	}
	if err != nil {
		return errors.Join(err, root.Remove(temporary.name))
	}
	return nil
}

func fill(file *os.File, text []byte) error {
	_, err := file.Write(text)
	if err == nil {
		err = file.Sync()
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
	real, err := boundary.Resolve(name)
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
	return replace(root, filepath.Base(real), text, newFile)
}
