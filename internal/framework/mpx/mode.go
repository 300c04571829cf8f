package mpx

// What of an mpx project is for WeChat: of files (call.wx.mpx), blocks (<script mode="wx">),
// elements (<view @wx>) and attributes (bindtap@wx="call"). Source: mpxjs.cn, guide/platform/cross.html.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/framework/sfc"
	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
)

// wechat is the platform for which mpx is asked to build.
const wechat = "wx"

// modes are the platforms that mpx builds for.
var modes = map[string]bool{
	"wx": true, "ali": true, "swan": true, "qq": true, "tt": true, "web": true, "dd": true, "qa": true, "jd": true, "ks": true,
	"ios": true, "android": true, "harmony": true,
}

// ofOtherMode tells of a file for another platform: call.ali.mpx.
func ofOtherMode(base string) bool {
	mode := strings.TrimPrefix(path.Ext(strings.TrimSuffix(base, path.Ext(base))), ".")
	return modes[mode] && mode != wechat
}

// Choose keeps of each kind of block the one that is built for WeChat: one for it wins over one for
// all platforms, and a later one over an earlier.
func (*reader) Choose(c *sfc.Component) {
	template, code, config := choice{at: -1}, choice{at: -1}, choice{at: -1}
	taken := make(map[int]bool, len(c.Scripts))
	for _, i := range c.Scripts {
		taken[i] = true
	}
	for i := 0; i < len(c.Doc.Elements); i = max(i+1, c.Doc.Elements[i].Next) {
		switch e := &c.Doc.Elements[i]; {
		case e.Name == "template":
			template.offer(i, e)
		case taken[i]:
			code.offer(i, e)
		case e.Name == "json" || e.Name == "config" || e.Name == "script" && sfc.IsConfigBlock(e):
			config.offer(i, e)
		}
	}
	c.Template, c.Config, c.Scripts = template.at, config.at, nil
	if code.at >= 0 {
		c.Scripts = []int{code.at}
	}
}

// choice is the best block of a kind so far.
type choice struct{ at, priority int }

func (c *choice) offer(i int, e *wxml.Element) {
	priority := 1
	switch mode := e.Value("mode"); {
	case e.Value("env") != "": // a name that only the build is given
		return
	case mode == wechat:
		priority = 2
	case mode != "":
		return
	}
	if priority >= c.priority {
		c.at, c.priority = i, priority
	}
}

// plainName is an attribute's name without the platforms that it is for, and whether WeChat is among them.
// Of a name that begins with "@" the element itself is meant: then nothing is left.
func plainName(name string) (plain string, meant bool) {
	at := strings.LastIndexByte(name, '@')
	if at < 0 {
		return name, true
	}
	for _, target := range strings.Split(strings.Trim(name[at+1:], "()"), "|") {
		mode, env, named := strings.Cut(strings.TrimPrefix(target, "_"), ":")
		if mode != "" && !modes[mode] || mode == "" && !named {
			return name, true // an event's name: @tap
		}
		meant = meant || env == "" && (mode == wechat || mode == "")
	}
	return name[:at], meant
}

// Prune takes off a document what is for other platforms only.
func (*reader) Prune(d *wxml.Document) {
	gone := make([]bool, len(d.Elements))
	marked := false
	for i := range d.Elements {
		e := &d.Elements[i]
		gone[i] = e.Parent >= 0 && gone[e.Parent]
		for n := range e.Attrs {
			marked = marked || strings.Contains(e.Attrs[n].Name, "@")
		}
		if marked {
			gone[i] = !attributesForWeChat(e) || gone[i]
		}
	}
	if marked {
		remove(d, gone)
	}
}

// attributesForWeChat keeps an element's attributes for WeChat, by their plain names; it reports whether the
// element itself is for WeChat.
func attributesForWeChat(e *wxml.Element) bool {
	kept := make([]wxml.Attr, 0, len(e.Attrs))
	for _, a := range e.Attrs {
		plain, meant := plainName(a.Name)
		if plain == "" && !meant {
			return false
		}
		if plain != "" && meant {
			a.Name = plain
			kept = append(kept, a)
		}
	}
	e.Attrs = kept
	return true
}

// remove takes elements out of a document: those that are gone with all that is in them.
func remove(d *wxml.Document, gone []bool) {
	number := make([]int, len(gone)+1) // of the elements that stay, by their numbers before
	kept := d.Elements[:0]
	for i, e := range d.Elements {
		number[i] = len(kept)
		if !gone[i] {
			kept = append(kept, e)
		}
	}
	number[len(gone)] = len(kept)
	for i := range kept {
		e := &kept[i]
		if e.Parent >= 0 {
			e.Parent = number[e.Parent]
		}
		e.Next = number[e.Next]
	}
	d.Elements = kept
}
