package program

// What a mini-program plugin shows to others.

import (
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
)

// pluginUnits reads plugin.json: what a mini-program plugin shows to others.
func (p *program) pluginUnits() (pages, components []string) {
	if p.PluginRoot == "" {
		return nil, nil
	}
	name := p.PluginRoot + "/plugin.json"
	if !p.Disk.IsFile(name) {
		return nil, nil
	}
	file, err := p.Disk.File(name, p.Disk.Limits.Config)
	if err != nil {
		p.Disk.Unreadable(name, err)
		return nil, nil
	}
	root := jsondoc.ParseTolerant(file.Text).Root
	each := func(key string) (out []string) {
		for _, m := range root.Get(key).Effective() {
			if path := configuration.PagePath("", m.Value.Text); m.Value.Kind == jsondoc.String && path != "" {
				out = append(out, path)
			}
		}
		return out
	}
	return each("pages"), each("publicComponents")
}
