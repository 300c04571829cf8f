package wepy

import (
	"github.com/voipcheck/voipcheck/internal/framework/sfc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// wepy: .wpy files. Source: wepyjs.github.io.

// traits are what the shared steps of reading need to know.
var traits = reading.Traits{Name: miniprogram.Wepy, Configuration: "app.wpy", BuildConfigs: []string{"wepy.config"}}

// Framework recognises wepy's projects.
type Framework struct{}

func (Framework) Traits() reading.Traits { return traits }

func (Framework) MayBeAt(d *files.Disk, dir string) bool {
	return d.StatFile(dir+"/app.wpy") || d.StatFile(dir+"/src/app.wpy")
}

func (Framework) Locate(d *files.Disk, dir string) *reading.Place {
	return sfc.LocateBlock(d, dir, "app.wpy", miniprogram.Wepy)
}

func (Framework) NewReader() reading.Reader { return newReader() }

// reader reads wepy's projects.
type reader struct{ sfc.Block }

func newReader() *reader {
	return &reader{sfc.NewBlock(".wpy")}
}
