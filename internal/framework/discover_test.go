package framework_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestCases reads the projects in testdata. Each case is an archive: first lines such as
// "paths: a, b" and "root: x", the project's files, and under "want" what is to be found.
func TestCases(t *testing.T) {
	trial.Cases(t, "testdata/*.txtar", *update, trial.Only(trial.Want), func(_ *testing.T, c *trial.Case) []txtar.File {
		return c.With(trial.Want, show(c.Files(), c.Comment))
	})
}

// show reads the files as the comment says and tells what was found.
func show(files map[string]string, comment string) string {
	var opts reading.Options
	var paths, resolve []string
	for _, line := range strings.Split(comment, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "paths":
			paths = strings.Split(value, ", ")
		case "root":
			opts.Root = value
		case "ignore":
			opts.Ignore = func(path string, dir bool) bool { return path == value || strings.HasPrefix(path, value+"/") }
		case "resolve":
			resolve = append(resolve, value)
		}
	}
	projects, err := framework.Discover(miniprogram.MemFS(files), paths, opts)
	var nothing *miniprogram.NothingFound
	switch {
	case errors.As(err, &nothing):
		return nothing.Error() + "\n" + lang.Say(err, lang.ZH) + "\n"
	case err != nil:
		return "error: " + err.Error() + "\n"
	}
	var b strings.Builder
	for _, p := range projects {
		dump(&b, p)
		for _, r := range resolve {
			from, spec, _ := strings.Cut(r, " ")
			for _, s := range p.Scripts {
				if s.File.Path == from {
					fmt.Fprintf(&b, "resolve %s %s: %s\n", from, spec, resolved(p.Resolve(s, spec)))
				}
			}
		}
	}
	return b.String()
}

func resolved(r miniprogram.Resolution) string {
	out := "nothing"
	switch {
	case r.Script != nil:
		out = r.Script.File.Path
	case r.JSON != nil:
		out = "json " + r.JSON.Path
	case r.Data:
		out = "data"
	}
	if r.Package != "" {
		out += " of package " + r.Package
	}
	return out
}

func place(s source.Span) string {
	if s.IsZero() {
		return "-"
	}
	p := s.From()
	return fmt.Sprintf("%s:%d:%d %q", s.File.Path, p.Line, p.Column, s.Text())
}

func flags(pairs ...any) string {
	var out strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1].(bool) {
			out.WriteString(" " + pairs[i].(string))
		}
	}
	return out.String()
}

func dump(b *strings.Builder, p *miniprogram.Project) {
	fmt.Fprintf(b, "project %s %s%s", p.Root, p.Framework, flags("plugin", p.Plugin, "trace", p.HasTrace()))
	if p.VueVersion != 0 {
		fmt.Fprintf(b, " vue%d", p.VueVersion)
	}
	b.WriteByte('\n')
	dumpConfig(b, &p.Config)
	if p.App != nil {
		dumpUnit(b, p.App)
	}
	for _, u := range p.Units {
		dumpUnit(b, u)
	}
	for _, s := range p.Scripts {
		fmt.Fprintf(b, "script %s%s%s\n", s.File.Path, namesOf(s.Names), flags("setup", s.Setup, "plugin", s.Plugin))
	}
	for _, u := range p.Unreadable {
		fmt.Fprintf(b, "unreadable %s: %v\n", u.Path, u.Err)
	}
}

func namesOf(n miniprogram.Names) string {
	return flags("enable", n&miniprogram.NameEnable != 0, "join", n&miniprogram.NameJoin != 0, "authorize", n&miniprogram.NameAuthorize != 0,
		"openSetting", n&miniprogram.NameOpenSetting != 0, "getSetting", n&miniprogram.NameGetSetting != 0)
}

func dumpConfig(b *strings.Builder, c *miniprogram.AppConfig) {
	fmt.Fprintf(b, "config %s%s\n", c.File.Path, flags("unreadable", !c.Readable, "open", c.PermissionOpen))
	for _, f := range c.Faults {
		kind := [...]string{"missing", "invalid", "comment", "duplicate-key"}[f.Kind]
		fmt.Fprintf(b, "  fault %s %s %s\n", kind, place(f.At), f.Detail)
	}
	if !c.PermissionKey.IsZero() {
		fmt.Fprintf(b, "  permission %s\n", place(c.PermissionKey))
	}
	for _, p := range c.Permissions {
		fmt.Fprintf(b, "  %s %s%s", p.Scope, place(p.ScopeKey), flags("no-object", !p.IsObject, "unknown", p.DescUnknown))
		if p.HasDesc {
			fmt.Fprintf(b, " desc %s%s = %s", place(p.DescKey), flags("no-string", !p.DescIsString), p.Desc)
		}
		b.WriteByte('\n')
	}
	if c.LibVersion != "" {
		fmt.Fprintf(b, "  libVersion %s %s\n", c.LibVersion, place(c.LibVersionKey))
	}
}

func dumpUnit(b *strings.Builder, u *miniprogram.Unit) {
	kind := [...]string{"app", "page", "component"}[u.Kind]
	fmt.Fprintf(b, "%s %s%s", kind, u.Path, flags("registered", u.Registered, "used", u.Used, "tab", u.Tab, "first", u.First,
		"plugin", u.Plugin, "apart", u.Unrelated))
	if u.Script != nil {
		fmt.Fprintf(b, " %s", u.Script.File.Path)
	}
	b.WriteByte('\n')
	for _, tag := range slices.Sorted(maps.Keys(u.Components)) {
		to := "-"
		if c := u.Components[tag]; c != nil {
			to = c.Path
		}
		fmt.Fprintf(b, "  <%s> %s\n", tag, to)
	}
	if t := u.Template; t != nil {
		dumpTemplate(b, t)
	}
}

func dumpTemplate(b *strings.Builder, t *miniprogram.Template) {
	fmt.Fprintf(b, "  template %s%s", t.File.Path, flags("unread", t.Unread, "openSetting", t.OpenSetting))
	if len(t.Models) > 0 {
		fmt.Fprintf(b, " models %v", t.Models)
	}
	if len(t.Tags) > 0 {
		fmt.Fprintf(b, " tags %v", t.Tags)
	}
	b.WriteByte('\n')
	for _, x := range t.Bindings {
		fmt.Fprintf(b, "    <%s> %s=%s%s %s | %s", x.Tag, x.Event, x.Handler, flags("dynamic", x.Dynamic, "wxs", x.Wxs, "custom", x.Custom),
			place(x.Attr), place(x.Value))
		if x.Component != nil {
			fmt.Fprintf(b, " of %s", x.Component.Path)
		}
		if x.Inline != nil {
			fmt.Fprintf(b, " inline %q", strings.TrimSpace(string(x.Inline.Text)))
		}
		if len(x.Data) > 0 {
			fmt.Fprintf(b, " %v", x.Data)
		}
		b.WriteByte('\n')
	}
	for _, n := range t.Navigations {
		fmt.Fprintf(b, "    navigates to %s%s %s\n", n.Target, flags("dynamic", n.Dynamic), place(n.At))
	}
	for _, a := range t.Attributes {
		fmt.Fprintf(b, "    <%s> %s: %s%s %s\n", a.Tag, a.Name, a.Value, flags("dynamic", a.Dynamic), place(a.At))
	}
}
