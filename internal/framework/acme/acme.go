// Package acme is a made-up framework: the least that a new one needs, to be copied. No project is written with it, and it is not in the list of
// frameworks; its test puts it there.
//
// A project of it has an acme.config.json with the names of its screens, and the permissions:
//
//	{ "screens": ["call"], "permission": { "scope.record": { "desc": "…" } } }
//
// A screen is a module in the folder screens, with WXML beside it. It exports the methods that its template names, and registers what is to run
// whenever it is shown:
//
//	import { onShow } from 'acme'
//	onShow(async () => { … })
//	export default { call() { … } }
package acme

import (
	"path"

	"github.com/voipcheck/voipcheck/internal/framework/native"
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// Name is the framework's name in reports.
const Name miniprogram.Framework = "acme"

const configuredBy = "acme.config.json"

// Framework recognises the projects.
type Framework struct{}

// Traits are what the shared steps of reading need to know.
func (Framework) Traits() reading.Traits {
	return reading.Traits{Name: Name, Configuration: configuredBy}
}

// MayBeAt looks for the app configuration.
func (Framework) MayBeAt(d *files.Disk, dir string) bool { return d.StatFile(dir + "/" + configuredBy) }

// Locate takes every folder with an app configuration for a project.
func (f Framework) Locate(d *files.Disk, dir string) *reading.Place {
	if !f.MayBeAt(d, dir) {
		return nil
	}
	return &reading.Place{Dir: dir, Src: dir, Framework: Name}
}

// NewReader makes what one project is read with.
func (Framework) NewReader() reading.Reader { return reader{} }

// reader reads a project: scripts and WXML are as the platform has them. One with single-file components would embed sfc.Base.
type reader struct{ native.Reader }

// Configure reads acme.config.json.
func (reader) Configure(p *reading.Project, at *reading.Place) {
	name := at.Src + "/" + configuredBy
	file, err := p.Disk.File(name, p.Disk.Limits.Config)
	if err != nil {
		p.Disk.Unreadable(name, err)
		p.Config, p.Outline.Open = miniprogram.AppConfig{File: p.Disk.Absent(name)}, true
		return
	}
	p.Config = miniprogram.AppConfig{File: file}
	root := configuration.Check(&p.Config, file, jsondoc.ParseTolerant(file.Text))
	if root == nil {
		p.Outline.Open = true // nobody knows which pages there are
		return
	}
	configuration.FillPermissions(&p.Config, root)
	for _, screen := range root.Get("screens").Strings() {
		p.Outline.Pages = append(p.Outline.Pages, path.Join("screens", screen))
	}
}

// Style says nothing yet: no page is written into such a project.
func (reader) Style(*reading.Project) miniprogram.Style { return miniprogram.Style{} }

// Unregistered is no unit: what stands in the folder of screens and is not listed is none.
func (reader) Unregistered(*reading.Project, string, *miniprogram.Script) (miniprogram.UnitKind, bool) {
	return miniprogram.AppUnit, false
}
