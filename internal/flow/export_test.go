package flow

import "github.com/voipcheck/voipcheck/internal/miniprogram"

// discover finds the programs of the tests in this package, which cannot import the frameworks: they stand on it.
var discover func(files miniprogram.FS, paths []string) ([]*miniprogram.Project, error)

// SetDiscover is for the tests outside, which can.
func SetDiscover(f func(files miniprogram.FS, paths []string) ([]*miniprogram.Project, error)) {
	discover = f
}
