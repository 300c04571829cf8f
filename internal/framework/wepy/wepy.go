package wepy

import (
	"bytes"

	"github.com/voipcheck/voipcheck/internal/framework/sfc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// traits are what the shared steps of reading need to know.
var traits = reading.Traits{Name: miniprogram.Wepy, Configuration: "app.wpy", ComponentEndings: []string{".wpy"}, BuildConfigs: []string{"wepy.config"}}

// Framework recognises wepy's projects.
type Framework struct{}

// Traits are what the shared steps of reading need to know.
func (Framework) Traits() reading.Traits { return traits }

// MayBeAt looks for the files by which a project is recognised.
func (Framework) MayBeAt(d *files.Disk, dir string) bool {
	return d.StatFile(dir+"/app.wpy") || d.StatFile(dir+"/src/app.wpy")
}

// Locate recognises a project by the file of its app.
func (Framework) Locate(d *files.Disk, dir string) *reading.Place {
	return sfc.LocateBlock(d, dir, "app.wpy", miniprogram.Wepy)
}

// NewReader makes what one project is read with.
func (Framework) NewReader() reading.Reader { return newReader() }

// reader reads wepy's projects.
type reader struct{ sfc.Block }

func newReader() *reader {
	return &reader{sfc.NewBlock(".wpy")}
}

// Style is that of a block of app.wpy. Of the first version, whose pages are classes of another package, there is no reference page.
func (*reader) Style(p *reading.Project) miniprogram.Style {
	if p.Config.File != nil && !bytes.Contains(p.Config.File.Text, []byte("@wepy/core")) {
		return miniprogram.Style{Called: "wepy 1"}
	}
	return miniprogram.Style{Page: "wepy"}
}
