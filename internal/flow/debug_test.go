package flow

import (
	"fmt"
	"os"
	"testing"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

func TestDebug(t *testing.T) {
	dir := os.Getenv("VCDIR")
	if dir == "" {
		t.Skip()
	}
	ps, err := miniprogram.Discover(miniprogram.OSFS(), []string{dir}, miniprogram.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range ps {
		r := Analyze(p, Options{})
		for _, c := range r.Calls {
			fmt.Println(c.API, c.Name.File.Path, c.Name.From(), c.Reached, c.Before.Outcome, c.Before.Reason, c.Before.Unfollowed)
		}
	}
}
