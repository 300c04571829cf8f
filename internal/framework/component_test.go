package framework_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

func FuzzComponent(f *testing.F) {
	var seeds trial.Seeds
	for _, s := range []string{
		"<template><view @tap=\"go(1)\" :a='b'/></template>\n<script setup lang=\"ts\">\nimport A from './a.vue'\nwx.join1v1Chat({})\n</script>",
		"<script>\n// #ifdef H5\nx\n// #endif\n</script><template lang=pug></template>",
		"<template><component :is=\"x\" v-on=\"y\" @[z]=\"q\" v-model:a.trim=\"b &amp;&amp; c\"/></template><script src=\"x.js\"/>",
		"<script>export default { components: { 'a': B, C } }</script>",
	} {
		seeds.Add(s)
	}
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, text string) {
		read := func() string {
			projects, err := framework.Discover(miniprogram.MemFS(map[string]string{
				"manifest.json": `{ "mp-weixin": {} }`, "pages.json": `{ "pages": [{ "path": "a" }], "easycom": { "custom": { "(.*)": "@/$1.vue" } } }`,
				"a.vue": text, "b.vue": "<template><a/></template><script>wx.join1v1Chat()</script>", "main.js": text,
			}), nil, reading.Options{})
			if err != nil {
				t.Fatal(err)
			}
			p := projects[0]
			for _, s := range p.Scripts {
				samePlaces(t, s.File, s.Text, true)
			}
			for _, u := range p.Units {
				if u.Template != nil {
					checkTemplate(t, u.Template)
				}
			}
			var b strings.Builder
			dump(&b, p)
			return b.String()
		}
		first, second := read(), read()
		if first != second {
			t.Fatal("two readings differ")
		}
	})
}

// samePlaces tells of a text whose bytes are not at the places of the file's.
func samePlaces(t *testing.T, f *source.File, text []byte, whole bool) {
	t.Helper()
	if whole && len(text) != len(f.Text) || len(text) > len(f.Text) {
		t.Fatalf("%d bytes of %d", len(text), len(f.Text))
	}
	for i, c := range text {
		if c != f.Text[i] && c != ' ' {
			t.Fatalf("byte %d is %q, not %q", i, c, f.Text[i])
		}
	}
}

func checkTemplate(t *testing.T, m *miniprogram.Template) {
	t.Helper()
	for _, b := range m.Bindings {
		for _, s := range []source.Span{b.Attr, b.Value} {
			if s.Start < 0 || s.End > len(s.File.Text) || s.Start > s.End {
				t.Fatalf("a binding at %d-%d", s.Start, s.End)
			}
		}
		if b.Inline != nil && (len(b.Inline.Text) != b.Value.End || len(bytes.TrimLeft(b.Inline.Text[:b.Value.Start], " \r\n")) > 0) {
			t.Fatalf("inline code is not at its place")
		}
	}
}

// TestMuchCode reads code of that kind.
func TestMuchCode(t *testing.T) {
	const n = 300_000
	for name, text := range map[string]string{
		"paths":        strings.Repeat("pages/", n),
		"directives":   strings.Repeat("//#ifdef H5", n) + "endif",
		"nested":       strings.Repeat("// #ifdef H5\n", n/4) + strings.Repeat("// #endif\n", n/4),
		"imports":      strings.Repeat("import ", n),
		"registration": strings.Repeat("import a from 'a';", n/20) + strings.Repeat("components:{a:a,b:a}", n/20),
		"quotes":       strings.Repeat("require('", n),
		"colons":       "endif" + strings.Repeat("/*#", n),
	} {
		t.Run(name, func(t *testing.T) {
			projects, err := framework.Discover(miniprogram.MemFS(map[string]string{
				"manifest.json": `{ "mp-weixin": {} }`, "pages.json": `{ "pages": [{ "path": "pages/a" }] }`,
				"pages/a.vue": "<template><view @tap=\"x\"/></template><script>wx.join1v1Chat()\n" + text + "\n</script>",
			}), nil, reading.Options{})
			if err != nil || len(projects[0].Scripts) != 1 {
				t.Errorf("not read: %v", err)
			}
		})
	}
}

// TestMuch reads markup that is large in the ways that make reading slow when done carelessly.
func TestMuch(t *testing.T) {
	const n = 100_000
	for name, text := range map[string]string{
		"attributes": "<view " + strings.Repeat("bindtap=a ", n) + "/>",
		"templates":  strings.Repeat("<template is=\"{{a}}\"/><template is=\"b\"/><template name=\"c\"><view bindtap=\"x\"/></template>", n/4),
		"depth":      strings.Repeat("<view>", n),
		"includes":   strings.Repeat("<include src=\"a.wxml\"/>", n),
	} {
		projects, err := framework.Discover(miniprogram.MemFS(map[string]string{"app.json": `{ "pages": ["a"] }`, "a.js": "wx.join1v1Chat({})", "a.wxml": text}), nil, reading.Options{})
		if err != nil || projects[0].Units[0].Template == nil {
			t.Errorf("%s: not read: %v", name, err)
		}
	}
}
