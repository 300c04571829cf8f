package check

// The one limit of time. What is found never depends on how fast a machine is, so a check that takes longer is no check: it ends with an
// error, whatever it had found by then.

import (
	"time"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// MostTime is how long a check may take: many times what the bounds of its work take on a slow machine.
const MostTime = 15 * time.Minute

// TooLongError says that a check took longer than it may.
type TooLongError struct{ Err error }

func (e *TooLongError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *TooLongError) Unwrap() error { return e.Err }

// ErrStopped is the error of a check that was ended before it was done, because nobody waits for it any more.
var ErrStopped error = &lang.Error{Text: lang.T("the check was stopped", "检查已停止")}

// within runs a check in the time that it may take. What goes on longer is told to stop, and left behind where it does not listen, as the
// parsers do not.
func (o Options) within(check func(stop chan struct{}) (*Result, error)) (*Result, error) {
	type outcome struct {
		result  *Result
		err     error
		failure any
	}
	stop, done := make(chan struct{}), make(chan outcome, 1)
	go func() {
		var out outcome
		defer func() {
			out.failure = recover()
			done <- out
		}()
		out.result, out.err = check(stop)
	}()
	timer := time.NewTimer(o.Time)
	defer timer.Stop()
	select {
	case out := <-done:
		if out.failure != nil {
			panic(out.failure)
		}
		return out.result, out.err
	case <-o.Stop:
		close(stop)
		return nil, ErrStopped
	case <-timer.C:
		close(stop)
		return nil, &TooLongError{lang.Errorf(lang.T(
			"the check did not finish within %s and was stopped, so there are no results; use ignore in voipcheck.json to leave out what is not part of the program",
			"检查在 %s 内没有完成，已停止，没有结果；请在 voipcheck.json 的 ignore 中排除不属于程序的文件"), o.Time.String())}
	}
}
