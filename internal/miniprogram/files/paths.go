package files

// Absolute names of files, clean and "/" separated, and what they tell.

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Absolute returns the absolute clean name of a path as a user writes it.
func Absolute(f miniprogram.FS, name string) string {
	slashed := filepath.ToSlash(name)
	if !path.IsAbs(slashed) && !filepath.IsAbs(name) {
		slashed = f.Base() + "/" + slashed
	}
	return path.Clean(slashed)
}

// Relative returns how reports call the absolute name: relative to base.
func Relative(base, name string) string {
	if name == base {
		return "."
	}
	if strings.HasPrefix(name, strings.TrimSuffix(base, "/")+"/") {
		return strings.TrimPrefix(name[len(strings.TrimSuffix(base, "/")):], "/")
	}
	rel, err := filepath.Rel(filepath.FromSlash(base), filepath.FromSlash(name))
	if err != nil {
		return name // another volume: there is no relative name
	}
	return filepath.ToSlash(rel)
}

// Within reports whether name is dir or lies below it.
func Within(name, dir string) bool {
	return name == dir || dir == "/" || len(name) > len(dir) && name[len(dir)] == '/' && name[:len(dir)] == dir
}

// Parents returns the folder and those above it, innermost first.
func Parents(dir string) []string {
	var out []string
	for {
		out = append(out, dir)
		up := path.Dir(dir)
		if up == dir {
			return out
		}
		dir = up
	}
}

// HasExt reports whether a name has one of the endings, which begin with a dot.
func HasExt(base string, exts ...string) bool {
	e := path.Ext(base)
	for _, x := range exts {
		if e == x {
			return true
		}
	}
	return false
}

// IsForeignFolder tells of folders that hold no code of the program, whatever is in them.
func IsForeignFolder(base string) bool {
	if base[0] == '.' {
		return true
	}
	switch base {
	case "node_modules", "miniprogram_npm", "__tests__", "__test__", "__mocks__", "__snapshots__", "tests", "test", "mock", "mocks",
		"e2e", "cypress", "coverage", "typings", "docs", "doc", "cloudfunctions", "cloudfunction", "unpackage", "bower_components":
		return true
	}
	return false
}

// IsForeignFile tells of scripts that are tests, typings and the like.
func IsForeignFile(base string) bool {
	for _, mark := range []string{".d.ts", ".d.mts", ".d.cts"} {
		if strings.HasSuffix(base, mark) {
			return true
		}
	}
	stem := strings.TrimSuffix(base, path.Ext(base))
	switch path.Ext(stem) {
	case ".test", ".spec", ".mock", ".stories", ".e2e", ".bak":
		return true
	}
	return false
}

// InPackages tells of files of packages that are not the repository's own.
func InPackages(name string) bool {
	return strings.Contains(name, "/node_modules/") || strings.Contains(name, "/miniprogram_npm/")
}

// IsOutputName tells of the names that build output has.
func IsOutputName(base string) bool {
	switch base {
	case "dist", "build", "output", "out", "unpackage", "release", "miniprogram_dist", "mp-weixin", "weapp":
		return true
	}
	return false
}
