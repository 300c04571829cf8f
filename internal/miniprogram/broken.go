package miniprogram

// Templates and configurations that cannot be parsed, where that matters.

import (
	"slices"
	"sort"
)

// brokenProject is the fault of the project's configuration where one cannot be parsed that may lead to the program.
func (p *Project) brokenProject() []Broken {
	for _, up := range parents(p.dir) {
		if c, err := readProjectConfig(p.disk, up); err == nil && c != nil && c.broken {
			return []Broken{c.fault}
		}
		if up == p.repository() {
			break
		}
	}
	return nil
}

// noteBroken collects what cannot be parsed of the units that take part, and of any unit whose configuration may be what
// uses a component that takes part and that none is seen to use.
func (p *Project) noteBroken() {
	lost := slices.ContainsFunc(p.Units, func(u *Unit) bool { return u.Kind == ComponentUnit && !u.Apart && !u.Used })
	for _, u := range p.allUnits() {
		if at := p.parts[u]; at.broken != nil && (lost || !u.Apart) {
			p.Broken = append(p.Broken, *at.broken)
		}
		if u.Template != nil {
			p.Broken = append(p.Broken, u.Template.Broken...)
		}
	}
	if p.project == nil {
		p.Broken = append(p.Broken, p.brokenProject()...)
	}
	sort.SliceStable(p.Broken, func(i, j int) bool { return p.Broken[i].At.Before(p.Broken[j].At) })
	p.Broken = slices.CompactFunc(p.Broken, func(a, b Broken) bool { return a.At.File.Path == b.At.File.Path })
}
