package program

// Templates and configurations that cannot be parsed, where that matters.

import (
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
)

// brokenProject is the fault of the project's configuration where one cannot be parsed that may lead to the program.
func (p *program) brokenProject() []miniprogram.Broken {
	for _, up := range files.Parents(p.Dir) {
		if c, err := configuration.ReadProjectConfig(p.Disk.Disk, up); err == nil && c != nil && c.Broken {
			return []miniprogram.Broken{c.Fault}
		}
		if up == p.Top {
			break
		}
	}
	return nil
}

// noteBroken collects what cannot be parsed of the units that take part, and of any unit whose configuration may be what
// uses a component that takes part and that none is seen to use.
func (p *program) noteBroken() {
	lost := slices.ContainsFunc(p.Units, func(u *miniprogram.Unit) bool { return u.Kind == miniprogram.ComponentUnit && !u.Unrelated && !u.Used })
	for _, u := range p.allUnits() {
		if at := p.parts[u]; at.Broken != nil && (lost || !u.Unrelated) {
			p.Broken = append(p.Broken, *at.Broken)
		}
		if u.Template != nil {
			p.Broken = append(p.Broken, u.Template.Broken...)
		}
	}
	if p.ProjectConfig == nil {
		p.Broken = append(p.Broken, p.brokenProject()...)
	}
	sort.SliceStable(p.Broken, func(i, j int) bool { return p.Broken[i].At.Before(p.Broken[j].At) })
	p.Broken = slices.CompactFunc(p.Broken, func(a, b miniprogram.Broken) bool { return a.At.File.Path == b.At.File.Path })
}
