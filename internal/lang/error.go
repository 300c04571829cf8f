package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// Error is an error that can be told in both languages.
type Error struct {
	Text Text
	// Err is what it comes from; nil when it comes from nothing else.
	Err error
}

// Errorf makes an Error of a text filled as F fills it. An argument that is an error
// is said in the language of the sentence, and the first one becomes the cause.
func Errorf(t Text, args ...any) *Error {
	e := &Error{}
	filled := make([]any, len(args))
	for i, a := range args {
		if cause, ok := a.(error); ok {
			if e.Err == nil {
				e.Err = cause
			}
			a = Cause(cause)
		}
		filled[i] = a
	}
	e.Text = F(t, filled...)
	return e
}

// Error says the text in English.
func (e *Error) Error() string { return e.Text.EN }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Say tells err in the language l.
func Say(err error, l Lang) string { return Cause(err).In(l) }

// causes are the operating system's errors that a user meets, in words.
var causes = []struct {
	err  error
	text Text
}{
	{fs.ErrNotExist, T("no such file or folder", "没有这个文件或文件夹")},
	{fs.ErrPermission, T("permission denied", "没有权限")},
	{syscall.ENOSPC, T("no space left on the device", "磁盘空间不足")},
	{syscall.EPIPE, T("the reader closed the pipe", "管道的读取端已关闭")},
	{syscall.EISDIR, T("is a folder", "是一个文件夹")},
	{syscall.ENOTDIR, T("a part of the path is not a folder", "路径的一部分不是文件夹")},
	{syscall.EROFS, T("the file system is read-only", "文件系统是只读的")},
	{syscall.ELOOP, T("too many symbolic links", "符号链接层数过多")},
	{os.ErrDeadlineExceeded, T("timed out", "超时")},
}

// Cause tells err in both languages. Errors of the operating system keep the path
// that they name; what is not known is said as it is.
func Cause(err error) Text {
	var own *Error
	if errors.As(err, &own) {
		return own.Text
	}
	for _, c := range causes {
		if errors.Is(err, c.err) {
			return c.text
		}
	}
	said := strings.ToValidUTF8(fmt.Sprint(err), "\uFFFD")
	return T(said, said)
}
