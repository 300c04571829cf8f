//go:build unix

package main

// The trees: what people have, and what nobody tuned the program for.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// kind is a tree and the folders that it is checked from.
type kind struct {
	name string
	from []string
	make func(*tree) error
	// program is the folder that is checked, wherever that is asked for, and that ripgrep searches.
	program string
}

// kinds are the trees for which everything that is needed is there.
func (b *bench) kinds() []kind {
	here := []string{"."}
	kinds := []kind{
		{name: "the page that calls alone", from: here, make: func(t *tree) error { return plain(t, 0, "") }},
		{name: "the same in uni-app", from: here, make: uniApp(0)},
		{name: "the same in Taro", from: here, make: taro(0)},
		{name: "200 mini-programs in one repository", from: here, make: monorepo(200)},
		{name: "700 pages and components, a shared helper calls", from: here, make: shared(700)},
		{name: "re-exports, 300 deep", from: here, make: reexports(300)},
		{name: "a bundle of 1 MB that is imported", from: here, make: bundle(1, true)},
		{name: "a bundle of 1 MB that is not", from: here, make: bundle(1, false)},
		{name: "a bundle of 5 MB that is imported", from: here, make: bundle(5, true)},
		{name: "a bundle of 5 MB that is not", from: here, make: bundle(5, false)},
		{name: "TypeScript of 10,000 lines in one file", from: here, make: typescript(10_000)},
		{name: "symbolic links to 100 folders", from: here, make: links(100)},
		{name: "uni-app, 700 pages and components", from: here, make: uniApp(700)},
		{name: "Taro, 700 pages and components", from: here, make: taro(700)},
	}
	if b.modules != "" {
		kinds = append(kinds,
			kind{name: "libraries, five copies", from: here, make: b.libraries(false)},
			kind{name: "libraries and node_modules in reach", from: []string{".", "mini", "mini/pages/call"}, make: b.libraries(true), program: "mini"})
	}
	for _, app := range []string{"uView2.0", "wechat-app-mall"} {
		dir := filepath.Join(b.apps, app)
		if _, err := os.Stat(dir); b.apps != "" && err == nil {
			kinds = append(kinds, kind{name: app, from: here, make: func(t *tree) error { return t.copy(dir, ".", false) }})
		}
	}
	return kinds
}

// growth is a tree of a size, and the sizes.
type growth struct {
	name, about string
	sizes       []int
	make        func(*tree, int) error
}

func (b *bench) growths() []growth {
	return []growth{
		{"pages that call", "Each is the reference page: both calls, five entry points, a few hundred paths.", []int{10, 100, 1000}, func(t *tree, n int) error {
			var pages []string
			for i := range n {
				pages = append(pages, fmt.Sprintf("pages/call%d/call", i))
				if err := t.page(pages[i]); err != nil {
					return err
				}
			}
			return t.app(".", pages)
		}},
		{"pages", "One calls; the others import a helper that has nothing to do with it.", []int{500, 1000, 2000, 4000}, func(t *tree, n int) error { return plain(t, n, "") }},
		{"users of a shared helper", "Each page imports the helper that calls.", []int{100, 200, 400}, func(t *tree, n int) error { return shared(n)(t) }},
		{"copies of a library", "Each copy is 500 modules that import each other by paths that end in index.", []int{4, 8, 16, 32}, copies},
		{"mini-programs", "In one repository; one calls.", []int{50, 100, 200, 400}, func(t *tree, n int) error { return monorepo(n)(t) }},
	}
}

// plain is a program of so many pages, the first of which calls.
func plain(t *tree, n int, imports string) error {
	pages := []string{"pages/call/call"}
	if err := t.page(pages[0]); err != nil {
		return err
	}
	for i := range n {
		pages = append(pages, fmt.Sprintf("pages/p%d/p%d", i, i))
		if err := t.plainPage(".", i, "const util = require('../../utils/util')\n"+imports); err != nil {
			return err
		}
	}
	return errors.Join(t.app(".", pages), t.write("utils/util.js", "exports.format = (s) => s.trim()\n"))
}

func monorepo(n int) func(*tree) error {
	return func(t *tree) error {
		if err := t.all(map[string]string{"package.json": `{"private":true,"workspaces":["apps/*","packages/*"]}`, ".git/HEAD": ""}); err != nil {
			return err
		}
		for i := range n {
			root := fmt.Sprintf("apps/app%d", i)
			pages := []string{"pages/p0/p0", "pages/p1/p1", "pages/p2/p2"}
			for p := range pages {
				if err := t.plainPage(root, p, fmt.Sprintf("const shared = require('@acme/shared%d')\n", i%10)); err != nil {
					return err
				}
			}
			if i == n/2 {
				pages = append(pages, "pages/call/call")
				if err := t.page(root + "/pages/call/call"); err != nil {
					return err
				}
			}
			if err := errors.Join(t.app(root, pages), t.write(root+"/package.json", fmt.Sprintf(`{"name":"@acme/app%d"}`, i))); err != nil {
				return err
			}
		}
		for i := range 10 {
			root := fmt.Sprintf("packages/shared%d", i)
			if err := t.all(map[string]string{root + "/package.json": fmt.Sprintf(`{"name":"@acme/shared%d","main":"index.js"}`, i), root + "/index.js": "exports.x = 1\n"}); err != nil {
				return err
			}
		}
		return nil
	}
}

// shared is a program in which a helper calls that every page imports through another.
func shared(n int) func(*tree) error {
	return func(t *tree) error {
		err := t.all(map[string]string{
			"utils/call.js": "exports.enable = async () => {\n  if (wx.getDeviceInfo().platform === 'devtools') return\n  await wx.authorize({ scope: 'scope.record' })\n  await wx.authorize({ scope: 'scope.camera' })\n  await wx.setEnable1v1Chat({ enable: true })\n}\n" +
				"exports.call = (caller, listener) => exports.enable().then(() => wx.join1v1Chat({ caller, listener }))\n",
		})
		return errors.Join(err, plain(t, n, "const { enable } = require('../../utils/call')\n"))
	}
}

func reexports(deep int) func(*tree) error {
	return func(t *tree) error {
		for i := range deep {
			if err := t.write(fmt.Sprintf("lib/m%d.js", i), fmt.Sprintf("export * from './m%d'\nexport const v%d = %d\n", i+1, i, i)); err != nil {
				return err
			}
		}
		err := t.write(fmt.Sprintf("lib/m%d.js", deep), "export const ask = () => wx.authorize({ scope: 'scope.record' })\n")
		return errors.Join(err, plain(t, 20, "const { ask } = require('../../lib/m0')\n"))
	}
}

// bundle is a program with a bundle of so many megabytes, as bundlers write them.
func bundle(megabytes int, imported bool) func(*tree) error {
	return func(t *tree) error {
		var text strings.Builder
		text.WriteString("!function(e,t){\"object\"==typeof exports?module.exports=t():e.lib=t()}(this,function(){var e={};")
		for i := 0; text.Len() < megabytes<<20; i++ {
			fmt.Fprintf(&text, "e[%d]=function(t,n,r){\"use strict\";var o=r(%d),a=n&&n.__esModule?function(){return n.default}:function(){return n};for(var s=0;s<o.length;s++){a.d(o[s],\"a\",{get:function(){return t[s]||\"m%d\"}})}return/^[a-z]+$/i.test(o)?o.map(function(e){return e+1}):null};", i, i+1, i)
		}
		text.WriteString("return e});")
		if err := t.write("vendor/lib.js", text.String()); err != nil {
			return err
		}
		if err := plain(t, 50, ""); err != nil || !imported {
			return err
		}
		page, err := os.ReadFile(filepath.Join(t.dir, "pages/call/call.js"))
		if err != nil {
			return err
		}
		return t.write("pages/call/call.js", "const lib = require('../../vendor/lib')\n"+string(page))
	}
}

func typescript(lines int) func(*tree) error {
	return func(t *tree) error {
		var text strings.Builder
		text.WriteString("interface Item { id: number; name?: string }\nexport class Store {\n  private items: Map<number, Item> = new Map()\n")
		for i := 0; i < lines/4; i++ {
			fmt.Fprintf(&text, "  method%d<T extends Item>(list: T[], at: number = %d): T | undefined {\n    const found = list.filter((one): one is T => one.id === at)\n    return found[0] as T\n  }\n", i, i)
		}
		text.WriteString("}\nexport const store = new Store()\n")
		if err := errors.Join(t.write("lib/store.ts", text.String()), plain(t, 50, "")); err != nil {
			return err
		}
		page, err := os.ReadFile("fixtures/reference/native-ts/call.ts")
		if err != nil {
			return err
		}
		return errors.Join(os.Remove(filepath.Join(t.dir, "pages/call/call.js")), t.write("pages/call/call.ts", "import { store } from '../../lib/store'\n"+string(page)+"\nvoid store\n"))
	}
}

// links is a program in which folders have second names.
func links(n int) func(*tree) error {
	return func(t *tree) error {
		if err := copies(t, 8); err != nil {
			return err
		}
		for i := range n {
			if err := os.Symlink("lib0", filepath.Join(t.dir, fmt.Sprintf("link%d", i))); err != nil {
				return err
			}
		}
		return nil
	}
}

// copies is a program with copies of a library whose modules are folders with an index.
func copies(t *tree, n int) error {
	for c := range n {
		for i := range 500 {
			text := fmt.Sprintf("import a from '../m%d/index'\nimport b from '../m%d'\nimport { c } from 'helper'\nexport default () => a() + b() + c\n", (i+1)%500, (i+7)%500)
			if err := t.write(fmt.Sprintf("lib%d/m%d/index.js", c, i), text); err != nil {
				return err
			}
		}
	}
	err := t.all(map[string]string{"package.json": `{"name":"app","dependencies":{"helper":"1"}}`, "node_modules/helper/package.json": `{"name":"helper","main":"index.js"}`, "node_modules/helper/index.js": "exports.c = 1\n"})
	return errors.Join(err, plain(t, 20, ""))
}

// libraries is the guide's sample with five copies of packages, in a folder below the one with their node_modules.
func (b *bench) libraries(reach bool) func(*tree) error {
	return func(t *tree) error {
		root := "mini"
		entries, err := os.ReadDir(b.modules)
		if err != nil {
			return err
		}
		for copied := range 5 {
			for _, e := range entries {
				if t.files > 8_200*(copied+1) {
					break
				}
				if err := t.copy(filepath.Join(b.modules, e.Name()), fmt.Sprintf("%s/vendor%d/%s", root, copied, e.Name()), true); err != nil {
					return err
				}
			}
		}
		if reach {
			for _, e := range entries[:min(len(entries), 40)] {
				if err := t.copy(filepath.Join(b.modules, e.Name()), "node_modules/"+e.Name(), true); err != nil {
					return err
				}
			}
			if err := t.write("package.json", `{"name":"root"}`); err != nil {
				return err
			}
		}
		if err := t.copy("fixtures/guide-sample", root, false); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return t.write(".git/HEAD", "")
	}
}
