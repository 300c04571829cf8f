package miniprogram

// project.config.json: where the mini-program is, as DevTools and the tools around it see it.
// Source: developers.weixin.qq.com/miniprogram/dev, devtools/projectconfig.html.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/source"
)

// projectConfig is what a project.config.json says.
type projectConfig struct {
	file *source.File
	dir  string
	// broken tells that the file is no JSON, so that it promises nothing; fault is where and why.
	broken bool
	fault  Broken
	// root, sourceRoot and pluginRoot are absolute folders; "" when not given.
	root, sourceRoot, pluginRoot string
	plugin                       bool
	game                         bool
	libVersion                   string
	libVersionKey                source.Span
	cloudRoots                   []string
	packIgnore                   []packRule
}

// packRule is one entry of packOptions.ignore: what is left out of the upload.
type packRule struct{ kind, value string }

const (
	projectConfigName = "project.config.json"
	privateConfigName = "project.private.config.json"
)

// maxPath is the length in bytes of the longest path that a configuration may name: that of the longest which systems take, so that
// what is done for each of its folders stays little.
const maxPath = 4096

// readProjectConfig reads the project.config.json in dir; nil when there is none or it cannot be read.
func readProjectConfig(d *disk, dir string) (*projectConfig, error) {
	name := dir + "/" + projectConfigName
	if !d.statFile(name) {
		return nil, nil
	}
	file, err := d.file(name, d.limits.Config)
	if err != nil {
		return nil, err
	}
	c := &projectConfig{file: file, dir: dir}
	doc := jsondoc.ParseTolerant(file.Text)
	if doc.Err != nil {
		c.broken, c.fault = true, Broken{At: placeAt(file, doc.Err.Offset), Why: doc.Err.Why, Project: true}
		return c, nil //nolint:nilerr // a broken file is a finding, not a failure to read
	}
	c.fill(doc.Root)
	if m := doc.Root.Member("libVersion"); m != nil && m.Value.Kind == jsondoc.String {
		c.libVersion = m.Value.Text
		c.libVersionKey = source.Span{File: file, Start: m.KeyStart, End: m.KeyEnd}
	}
	c.override(d)
	for _, root := range []string{c.root, c.sourceRoot, c.pluginRoot} {
		if root != "" {
			_ = d.asked(root) // that nothing is found there is told
		}
	}
	return c, nil
}

// override applies project.private.config.json, which one developer keeps for themselves.
func (c *projectConfig) override(d *disk) {
	name := c.dir + "/" + privateConfigName
	if !d.statFile(name) {
		return
	}
	file, err := d.file(name, d.limits.Config)
	if err != nil {
		return
	}
	if doc := jsondoc.ParseTolerant(file.Text); doc.Err == nil {
		c.fill(doc.Root)
	}
}

func (c *projectConfig) fill(root *jsondoc.Node) {
	folder := func(key string, to *string) {
		v := strings.ReplaceAll(root.StringOf(key), `\`, "/")
		if len(v) > maxPath {
			v = strings.ToValidUTF8(v[:maxPath], "") + "…" // as little there as the whole of it
		}
		if v != "" {
			*to = path.Join(c.dir, v)
		}
	}
	folder("miniprogramRoot", &c.root)
	folder("srcMiniprogramRoot", &c.sourceRoot)
	folder("pluginRoot", &c.pluginRoot)
	if kind := root.StringOf("compileType"); kind != "" {
		c.plugin = kind == "plugin"
		c.game = kind == "game" || kind == "gamePlugin"
	}
	for _, key := range []string{"cloudfunctionRoot", "cloudcontainerRoot"} {
		var dir string
		if folder(key, &dir); dir != "" && dir != c.dir {
			c.cloudRoots = append(c.cloudRoots, dir)
		}
	}
	for _, e := range list(root.Get("packOptions").Get("ignore")) {
		c.packIgnore = append(c.packIgnore, packRule{e.StringOf("type"), e.StringOf("value")})
	}
}

// list returns the elements of an array that may be missing.
func list(n *jsondoc.Node) []*jsondoc.Node {
	if n == nil {
		return nil
	}
	return n.Elements
}

// miniprogramRoot is the folder that holds app.json.
func (c *projectConfig) miniprogramRoot() string {
	if c.root != "" {
		return c.root
	}
	return c.dir
}

// unpacked reports whether packOptions leaves a file, by its path within the mini-program, out of the upload.
func (c *projectConfig) unpacked(name string) bool {
	if c == nil {
		return false
	}
	for _, r := range c.packIgnore {
		value := strings.TrimPrefix(path.Clean("/"+r.value), "/")
		if value == "" {
			continue
		}
		switch r.kind {
		case "folder":
			if within(name, value) {
				return true
			}
		case "file":
			if name == value {
				return true
			}
		case "suffix":
			if strings.HasSuffix(name, r.value) {
				return true
			}
		case "prefix":
			if strings.HasPrefix(path.Base(name), r.value) {
				return true
			}
		}
	}
	return false
}
