package flow_test

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	read "github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

func init() {
	flow.SetDiscover(func(files miniprogram.FS, paths []string) ([]*miniprogram.Project, error) {
		return framework.Discover(files, paths, read.Options{})
	})
}
