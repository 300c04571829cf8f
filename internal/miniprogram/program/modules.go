package program

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
)

// Where imports lead, as code and data.

// Resolve answers for the project.
func (p *program) Resolve(from *miniprogram.Script, specifier string) miniprogram.Resolution {
	t := p.Resolver.Find(from.File.Name, specifier)
	r := miniprogram.Resolution{Package: t.Pkg}
	switch {
	case t.File == "":
		r.Data = resolution.IsDataName(specifier)
	case files.HasExt(t.File, p.Resolver.Extensions...):
		r.Script = p.script(t.File)
	default:
		r.Data = true
		if files.HasExt(t.File, ".json") {
			if file, err := p.Disk.File(t.File, p.Disk.Limits.Config); err == nil {
				r.JSON = file
			}
		}
	}
	return r
}
