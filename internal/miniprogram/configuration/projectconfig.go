package configuration

// project.config.json: where the mini-program is, as DevTools and the tools around it see it.
// Source: developers.weixin.qq.com/miniprogram/dev, devtools/projectconfig.html.

import (
	"net/url"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/source"
)

// ProjectConfig is what a project.config.json says.
type ProjectConfig struct {
	File *source.File
	Dir  string
	// Broken tells that the file is no JSON, so that it promises nothing; fault is where and why.
	Broken bool
	Fault  miniprogram.Broken
	// root, sourceRoot and pluginRoot are absolute folders; "" when not given.
	Root, SourceRoot, PluginRoot string
	Plugin                       bool
	Game                         bool
	// Name is the projectname; "" when not given.
	Name          string
	LibVersion    string
	LibVersionKey source.Span
	CloudRoots    []string
	PackIgnore    []packRule
}

// packRule is one entry of packOptions.ignore: what is left out of the upload.
type packRule struct{ Kind, Value string }

// The names of the files by which WeChat DevTools knows a project: for all who work on it, and for one of them.
const (
	ProjectConfigName = "project.config.json"
	privateConfigName = "project.private.config.json"
)

// maxPath is the length in bytes of the longest path that a configuration may name: that of the longest which systems take, so that
// what is done for each of its folders stays little.
const maxPath = 4096

// ReadProjectConfig reads the project.config.json in dir; nil when there is none or it cannot be read.
func ReadProjectConfig(d *files.Disk, dir string) (*ProjectConfig, error) {
	name := dir + "/" + ProjectConfigName
	if !d.StatFile(name) {
		return nil, nil
	}
	file, err := d.File(name, d.Limits.Config)
	if err != nil {
		return nil, err
	}
	c := &ProjectConfig{File: file, Dir: dir}
	doc := jsondoc.ParseTolerant(file.Text)
	if doc.Err != nil {
		c.Broken, c.Fault = true, miniprogram.Broken{At: source.CharacterAt(file, doc.Err.Offset), Why: doc.Err.Why, Project: true}
		return c, nil //nolint:nilerr // a broken file is a finding, not a failure to read
	}
	c.fill(doc.Root)
	if m := doc.Root.Member("libVersion"); m != nil && m.Value.Kind == jsondoc.String {
		c.LibVersion = m.Value.Text
		c.LibVersionKey = source.Span{File: file, Start: m.KeyStart, End: m.KeyEnd}
	}
	c.override(d)
	for _, root := range []string{c.Root, c.SourceRoot, c.PluginRoot} {
		if root != "" {
			_ = d.NotFound(root) // that nothing is found there is told
		}
	}
	return c, nil
}

// override applies project.private.config.json, which one developer keeps for themselves.
func (c *ProjectConfig) override(d *files.Disk) {
	name := c.Dir + "/" + privateConfigName
	if !d.StatFile(name) {
		return
	}
	file, err := d.File(name, d.Limits.Config)
	if err != nil {
		return
	}
	if doc := jsondoc.ParseTolerant(file.Text); doc.Err == nil {
		c.fill(doc.Root)
	}
}

// plainName is a project's name as people read it: DevTools writes it as in an address.
func plainName(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return strings.TrimSpace(name)
}

func (c *ProjectConfig) fill(root *jsondoc.Node) {
	folder := func(key string, to *string) {
		v := strings.ReplaceAll(root.StringOf(key), `\`, "/")
		if len(v) > maxPath {
			v = strings.ToValidUTF8(v[:maxPath], "") + "…" // as little there as the whole of it
		}
		if v != "" {
			*to = path.Join(c.Dir, v)
		}
	}
	if name := root.StringOf("projectname"); name != "" {
		c.Name = plainName(name)
	}
	folder("miniprogramRoot", &c.Root)
	folder("srcMiniprogramRoot", &c.SourceRoot)
	folder("pluginRoot", &c.PluginRoot)
	if kind := root.StringOf("compileType"); kind != "" {
		c.Plugin = kind == "plugin"
		c.Game = kind == "game" || kind == "gamePlugin"
	}
	for _, key := range []string{"cloudfunctionRoot", "cloudcontainerRoot"} {
		var dir string
		if folder(key, &dir); dir != "" && dir != c.Dir {
			c.CloudRoots = append(c.CloudRoots, dir)
		}
	}
	for _, e := range root.Get("packOptions").Get("ignore").Items() {
		c.PackIgnore = append(c.PackIgnore, packRule{e.StringOf("type"), e.StringOf("value")})
	}
}

// MiniprogramRoot is the folder that holds app.json.
func (c *ProjectConfig) MiniprogramRoot() string {
	if c.Root != "" {
		return c.Root
	}
	return c.Dir
}

// Unpacked reports whether packOptions leaves a file, by its path within the mini-program, out of the upload.
func (c *ProjectConfig) Unpacked(name string) bool {
	if c == nil {
		return false
	}
	for _, r := range c.PackIgnore {
		value := strings.TrimPrefix(path.Clean("/"+r.Value), "/")
		if value == "" {
			continue
		}
		switch r.Kind {
		case "folder":
			if files.Within(name, value) {
				return true
			}
		case "file":
			if name == value {
				return true
			}
		case "suffix":
			if strings.HasSuffix(name, r.Value) {
				return true
			}
		case "prefix":
			if strings.HasPrefix(path.Base(name), r.Value) {
				return true
			}
		}
	}
	return false
}
