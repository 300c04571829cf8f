package files

// How much is read at most, and the errors for more.

import (
	"errors"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// Limits are what is read at most.
type Limits struct {
	// Config is the size in bytes of configuration files, Script of code and templates, and
	// Named of code that names one of the feature's calls.
	Config, Script, Named int64
	// Files is how many files of a mini-program are searched.
	Files int64
}

// DefaultLimits are far above what people write and within what memory bears.
var DefaultLimits = Limits{Config: 4 << 20, Script: 4 << 20, Named: 32 << 20, Files: 300_000}

// ErrTooLarge is wrapped by the error for a file above its limit.
var ErrTooLarge = errors.New("too large")

// TooLarge is the error for a file of more than limit bytes.
func TooLarge(limit int64) error {
	e := lang.Errorf(lang.T("it is larger than %d MB, which is too large to check; limits.work in voipcheck.json raises this limit",
		"它大于 %d MB，无法检查；可在 voipcheck.json 的 limits.work 中调高上限"), limit>>20)
	e.Err = ErrTooLarge
	return e
}

// TooMany is the error for a folder with more files than are searched.
func TooMany(limit int64) error {
	return lang.Errorf(lang.T("it has more than %d files of code and templates; use ignore in voipcheck.json to leave out what is not part of the program, or raise limits.work",
		"其中的代码和模板文件超过 %d 个；请在 voipcheck.json 的 ignore 中排除不属于程序的文件，或调高 limits.work"), limit)
}
