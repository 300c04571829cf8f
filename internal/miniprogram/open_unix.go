//go:build unix

package miniprogram

// Opening files where the system's own calls are at hand: a tree has tens of thousands of them,
// and package os makes each ready to be waited for, which regular files never are.

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// openFile opens a file for reading. It does not wait for somebody to write to a pipe.
func openFile(name string) (fs.File, error) {
	for {
		fd, err := syscall.Open(name, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
		if err == nil {
			return &openedFile{fd: fd, name: name}, nil
		}
		if err != syscall.EINTR {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
	}
}

type openedFile struct {
	fd   int
	name string
}

func (f *openedFile) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	for {
		n, err := syscall.Read(f.fd, b)
		switch {
		case err == syscall.EINTR:
			continue
		case err != nil:
			return 0, &fs.PathError{Op: "read", Path: f.name, Err: err}
		case n == 0:
			return 0, io.EOF
		}
		return n, nil
	}
}

func (f *openedFile) Stat() (fs.FileInfo, error) { return os.Stat(f.name) }

func (f *openedFile) Close() error { return syscall.Close(f.fd) }
