package callpage

// Registering where the app configuration is code, or a block of a single-file component: Taro, mpx, wepy.

import (
	"path/filepath"

	"github.com/voipcheck/voipcheck/fixtures"
	"github.com/voipcheck/voipcheck/internal/appconfig"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// inCode changes what app.config.ts, app.mpx or another file of the configuration consists of.
func inCode(r Request, page string) ([]Change, error) {
	var additions []appconfig.Addition
	if !registered(r, page) {
		added, err := appconfig.Register(r.Project, page)
		if err != nil {
			return nil, err
		}
		additions = append(additions, added)
	}
	if missing := undeclared(r); len(missing) > 0 {
		added, err := appconfig.Declare(r.Project, missing)
		if err != nil {
			return nil, err
		}
		additions = append(additions, added)
	}
	changed, err := appconfig.Apply(additions...)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, c := range changed {
		name, err := filepath.Rel(r.Root, filepath.FromSlash(c.File.Name))
		if err != nil {
			return nil, lang.Errorf(lang.T("%s: %s", "%s：%s"), c.File.Path, err)
		}
		switch c.File.Encoding {
		case source.UTF8:
		case source.UTF8BOM:
			c.Text = append([]byte("\uFEFF"), c.Text...)
		default:
			return nil, lang.Errorf(lang.T("%s is not encoded in UTF-8 and was not changed", "%s 不是 UTF-8 编码，没有改动"), c.File.Path)
		}
		changes = append(changes, Change{File: filepath.ToSlash(name), Text: c.Text})
	}
	return changes, nil
}

// registered tells that a list names the page.
func registered(r Request, page string) bool {
	for _, u := range r.Project.Units {
		if u.Registered && u.Path == page {
			return true
		}
	}
	return false
}

// undeclared are the permissions that the page needs and the configuration lacks.
func undeclared(r Request) []appconfig.Permission {
	declared := map[string]bool{}
	for _, p := range r.Project.Config.Permissions {
		declared[p.Scope] = true
	}
	var missing []appconfig.Permission
	for _, p := range fixtures.Permissions() {
		if !declared[p.Scope] {
			missing = append(missing, appconfig.Permission{Scope: p.Scope, Desc: p.Desc})
		}
	}
	return missing
}
