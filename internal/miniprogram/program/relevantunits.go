package program

// Which units take part: pages that are named, components and those who use them.

import (
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// own notes whose files are whose.
func (c *closure) own(units []*miniprogram.Unit) {
	for _, u := range units {
		at := c.p.parts[u]
		for _, name := range []string{at.Script, at.Template} {
			if name != "" && !slices.Contains(c.owners[name], u) {
				c.owners[name] = append(c.owners[name], u)
			}
		}
	}
}

// scanUnits looks at the files of units that were found late.
func (c *closure) scanUnits(units []*miniprogram.Unit) {
	for _, u := range units {
		c.p.scanUnit(u)
	}
	c.own(units)
}

// findAllComponents finds the components of every unit, and which units declare which.
func (c *closure) findAllComponents() {
	if c.allFound {
		return
	}
	c.allFound = true
	for level := c.p.allUnits(); len(level) > 0; {
		level = c.p.declared(level)
		c.scanUnits(level)
	}
	// What was found before its users were has new components by now.
	for done := false; !done; {
		done = true
		for _, u := range c.p.allUnits() {
			if !c.p.parts[u].declared {
				c.scanUnits(c.p.declared([]*miniprogram.Unit{u}))
				done = false
			}
		}
	}
	for _, u := range c.p.allUnits() {
		for _, tag := range sortedTags(u.Components) {
			if to := u.Components[tag]; to != nil {
				c.users[to] = append(c.users[to], u)
			}
		}
	}
}

func sortedTags(m map[string]*miniprogram.Unit) []string {
	tags := make([]string, 0, len(m))
	for tag := range m {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	return tags
}

// addUnit makes a unit take part.
func (c *closure) addUnit(u *miniprogram.Unit) {
	if c.added[u] {
		return
	}
	c.added[u] = true
	c.keepUnit(u)
	if n, listed := c.p.pages.Numbers[u.Path]; listed && u.Kind == miniprogram.PageUnit {
		for _, name := range c.namers[n] {
			c.addNavigation(name, u)
		}
	}
	if u.Kind == miniprogram.ComponentUnit {
		c.addUsers(u)
	}
}

// keepUnit keeps a unit's script and template, and those of the components that its template uses.
func (c *closure) keepUnit(u *miniprogram.Unit) {
	if c.kept[u] {
		return
	}
	c.kept[u] = true
	c.scanUnits(c.p.declared([]*miniprogram.Unit{u}))
	if at := c.p.parts[u]; at.Script != "" {
		c.relevant[at.Script] = true
		if c.why[at.Script].IsZero() {
			c.why[at.Script] = lang.F(lang.T("is the code of %s", "是 %s 的代码"), u.Path)
		}
	}
	t := c.p.Template(u)
	if t == nil {
		return
	}
	for _, tag := range t.Tags {
		if child := u.Components[tag]; child != nil {
			c.keepUnit(child)
		}
	}
}

// addNavigation takes in a file that names the page u.
func (c *closure) addNavigation(name string, u *miniprogram.Unit) {
	if isMarkup(name) {
		for _, owner := range c.owners[name] {
			c.addUnit(owner)
		}
		return
	}
	if at := c.p.parts[u]; at.Script != name {
		c.add(name, true, lang.F(lang.T("names the page %s", "提到了页面 %s"), u.Path))
	}
}

// addUsers takes in the units whose templates use a component.
func (c *closure) addUsers(u *miniprogram.Unit) {
	c.findAllComponents()
	for _, user := range c.users[u] {
		if !c.added[user] && c.p.uses(user, u) {
			c.addUnit(user)
		}
	}
}

// uses reports whether a unit's template uses the component, or may.
func (p *program) uses(user, component *miniprogram.Unit) bool {
	t := p.Template(user)
	if t == nil {
		return user.Kind != miniprogram.AppUnit
	}
	if t.Unread {
		return true
	}
	for _, tag := range t.Tags {
		if user.Components[tag] == component {
			return true
		}
	}
	return false
}
