package mpx

import (
	"github.com/voipcheck/voipcheck/internal/framework/native"
	"github.com/voipcheck/voipcheck/internal/framework/sfc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// traits are what the shared steps of reading need to know.
var traits = reading.Traits{
	Name: miniprogram.Mpx, Configuration: "app.mpx", ComponentEndings: []string{".mpx"}, BuildConfigs: []string{"vue.config", "mpx.config"}, Constants: map[string]string{"__mpx_mode__": wechat},
}

// Framework recognises mpx's projects.
type Framework struct{}

// Traits are what the shared steps of reading need to know.
func (Framework) Traits() reading.Traits { return traits }

// MayBeAt looks for the files by which a project is recognised.
func (Framework) MayBeAt(d *files.Disk, dir string) bool {
	return d.StatFile(dir+"/app.mpx") || d.StatFile(dir+"/src/app.mpx")
}

// Locate recognises a project by the file of its app.
func (Framework) Locate(d *files.Disk, dir string) *reading.Place {
	return sfc.LocateBlock(d, dir, "app.mpx", miniprogram.Mpx)
}

// NewReader makes what one project is read with.
func (Framework) NewReader() reading.Reader { return newReader() }

// reader reads mpx's projects.
type reader struct{ sfc.Block }

func newReader() *reader {
	r := &reader{sfc.NewBlock(".mpx")}
	r.Blocks = r
	return r
}

func (r *reader) Candidate(base string) bool { return r.Base.Candidate(base) && !ofOtherMode(base) }

// Files finds a unit's files. A page or component may have files for WeChat alone.
func (r *reader) Files(p *reading.Project, base string) reading.UnitFiles {
	if infix := p.Resolver.Infix; infix != "" {
		if p.Disk.IsFile(base + infix + r.Ending) {
			at := r.Base.Files(p, base+infix)
			at.Base = base
			return at
		}
		if !p.Disk.IsFile(base + r.Ending) {
			at, own := native.Reader{}.Files(p, base), native.Reader{}.Files(p, base+infix)
			for _, pair := range [][2]*string{{&at.Script, &own.Script}, {&at.Template, &own.Template}, {&at.Config, &own.Config}} {
				if *pair[1] != "" {
					*pair[0] = *pair[1]
				}
			}
			return at
		}
	}
	return r.Base.Files(p, base)
}

// Style is that of a block of app.mpx.
func (*reader) Style(*reading.Project) miniprogram.Style { return miniprogram.Style{Page: "mpx"} }

func (r *reader) Configure(p *reading.Project, at *reading.Place) {
	p.Resolver.Infix = "." + wechat
	if file, s := r.ConfigureApp(p, at); s != nil {
		r.pages(p, file, s)
	}
}
