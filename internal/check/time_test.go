package check

import (
	"errors"
	"testing"
	"time"
)

// TestTimeEndsTheRun checks that a check which takes too long is told to stop and says nothing but that, and that one in time is left alone.
func TestTimeEndsTheRun(t *testing.T) {
	stopped := make(chan bool, 1)
	result, err := Options{Time: time.Millisecond}.within(func(stop chan struct{}) (*Result, error) {
		<-stop
		stopped <- true
		return &Result{}, nil
	})
	var late *TooLongError
	if result != nil || !errors.As(err, &late) {
		t.Errorf("%v, %v", result, err)
	}
	if !<-stopped {
		t.Error("it was not told to stop")
	}
	want := &Result{}
	if result, err := (Options{Time: time.Hour}).within(func(chan struct{}) (*Result, error) { return want, nil }); result != want || err != nil {
		t.Errorf("%v, %v", result, err)
	}
}

// TestFailureOfTheRun checks that a panic is the caller's.
func TestFailureOfTheRun(t *testing.T) {
	defer func() {
		if failure := recover(); failure != "made to fail" {
			t.Errorf("%v", failure)
		}
	}()
	_, err := Options{Time: time.Hour}.within(func(chan struct{}) (*Result, error) { panic("made to fail") })
	t.Errorf("it went on: %v", err)
}
