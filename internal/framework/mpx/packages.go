package mpx

// Packages of mpx: app files of their own that a project takes in.

import (
	"path"
	"regexp"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

// TakenIn are the places of app files that only list pages, and that another project takes in.
func (Framework) TakenIn(places []*reading.Place) map[*reading.Place]bool {
	taken := map[*reading.Place]bool{}
	for _, p := range places {
		if p.Framework != miniprogram.Mpx {
			continue
		}
		for _, spec := range packagesOf(p) {
			for _, other := range places {
				taken[other] = taken[other] || other != p && isPackage(other) && namesPlace(p, spec, other)
			}
		}
	}
	return taken
}

// isPackage tells of an app file that only lists pages.
func isPackage(p *reading.Place) bool {
	if p.Framework != miniprogram.Mpx {
		return false
	}
	file, err := p.Disk.File(p.Src+"/app.mpx", p.Disk.Limits.Config)
	return err == nil && !scan.Registers(file.Text, []byte("createApp")) && !scan.Registers(file.Text, []byte("App"))
}

// namedApp is a path to an app file, in quotes.
var namedApp = regexp.MustCompile(`["']([^"'\s]+/app\.mpx)(?:\?[^"'\s]*)?["']`)

// packagesOf are the paths of app files that an app file names.
func packagesOf(p *reading.Place) []string {
	file, err := p.Disk.File(p.Src+"/app.mpx", p.Disk.Limits.Config)
	if err != nil {
		return nil
	}
	var out []string
	for _, m := range namedApp.FindAllSubmatch(file.Text, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// namesPlace reports whether a path in an app file leads to the app file of another place: by itself, by the name of its package, or, as
// an alias may stand at the beginning, by its end.
func namesPlace(from *reading.Place, spec string, to *reading.Place) bool {
	name := to.Src + "/app.mpx"
	if strings.HasPrefix(spec, ".") || path.Join(from.Src, spec) == name {
		return path.Join(from.Src, spec) == name
	}
	pkg, below := resolution.PackageName(spec)
	if strings.Contains(below, "/") && strings.HasSuffix(name, "/"+below) {
		return true
	}
	for _, up := range files.Parents(to.Src) {
		if m := to.Disk.Manifest(up); m != nil {
			return m.StringOf("name") == pkg
		}
		if to.Disk.IsRepository(up) {
			return false
		}
	}
	return false
}
