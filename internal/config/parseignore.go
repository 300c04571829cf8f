package config

// What is ignored: files by patterns, and rules in some files.

import (
	"fmt"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/lang"
)

func (p *parser) ignore(v *jsondoc.Node) error {
	if v.Kind != jsondoc.Array {
		return p.wrongType(v, "ignore", jsondoc.Array)
	}
	for i, e := range v.Elements {
		what := fmt.Sprintf("ignore[%d]", i)
		if e.Kind == jsondoc.Object {
			if err := p.silence(e, what); err != nil {
				return err
			}
			continue
		}
		if e.Kind != jsondoc.String {
			return p.errorAt(e.Start, lang.T("%s must be a string or an object, not %s", "%s 必须是字符串或对象，而不是%s"), what, kindNames[e.Kind])
		}
		glob, err := p.glob(e, what)
		if err != nil {
			return err
		}
		p.config.Ignore = append(p.config.Ignore, Glob{glob, p.span(e)})
	}
	return nil
}

func (p *parser) glob(v *jsondoc.Node, what string) (string, error) {
	glob, err := p.text(v, what)
	if err == nil && len(glob) > maxGlob {
		err = p.errorAt(v.Start, lang.T("%s: the pattern is longer than %d bytes", "%s：通配模式超过 %d 字节"), what, maxGlob)
	}
	if err == nil && !doublestar.ValidatePattern(glob) {
		err = p.errorAt(v.Start, lang.T("%s is not a glob pattern: %q", "%s 不是合法的通配模式：%q"), what, glob)
	}
	if err == nil && strings.HasPrefix(glob, "!") {
		err = p.errorAt(v.Start, lang.T(
			"%s: %q is a negation, which is not supported; list only what is to be ignored",
			"%s：%q 是取反的写法，不支持；请只写要忽略的内容"), what, glob)
	}
	if err == nil {
		err = p.counted(v, what, glob)
	}
	return path.Clean(strings.TrimPrefix(glob, "/")), err
}

// maxGlob is how long a pattern may be: as long as the path of a file.
const maxGlob = 4096

// maxAlternatives is how many patterns without braces all globs of a configuration may stand for: matching tries each, for every
// file of a tree, and their number doubles with every further {a,b}.
const maxAlternatives = 500

// counted adds what a glob stands for to what the configuration's globs stand for.
func (p *parser) counted(v *jsondoc.Node, what, glob string) error {
	p.alternatives += alternatives(glob)
	if p.alternatives <= maxAlternatives {
		return nil
	}
	return p.errorAt(v.Start, lang.T(
		"%s: with %q, the patterns in this file expand to more than %d; use fewer {a,b}",
		"%s：加上 %q 之后，本文件中的通配模式展开后超过 %d 个；请减少 {a,b} 的使用"), what, glob, maxAlternatives)
}

// alternatives is how many patterns a glob stands for when its braces are written out, at most more than are allowed.
func alternatives(glob string) int {
	// Of each group that is open: how many its finished alternatives stand for, and the present one.
	type group struct{ sum, product int }
	open := []group{{0, 1}}
	for i := 0; i < len(glob); i++ {
		top := &open[len(open)-1]
		switch glob[i] {
		case '\\':
			i++
		case '{':
			open = append(open, group{0, 1})
		case ',':
			if len(open) > 1 {
				top.sum, top.product = top.sum+top.product, 1
			}
		case '}':
			if len(open) > 1 {
				n := top.sum + top.product
				open = open[:len(open)-1]
				top = &open[len(open)-1]
				top.product = min(top.product*n, maxAlternatives+1)
			}
		}
	}
	return open[0].product
}

// list reads a string, or an array of them.
func (p *parser) list(v *jsondoc.Node, what string, read func(*jsondoc.Node, string) (string, error)) ([]string, error) {
	if v.Kind != jsondoc.Array {
		one, err := read(v, what)
		return []string{one}, err
	}
	var all []string
	for i, e := range v.Elements {
		one, err := read(e, fmt.Sprintf("%s[%d]", what, i))
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func (p *parser) silence(v *jsondoc.Node, what string) error {
	s := Silence{At: p.span(v)}
	err := p.object(v, what, []field{
		{"files", func(p *parser, v *jsondoc.Node) (err error) {
			s.Files, err = p.list(v, what+".files", p.glob)
			return err
		}},
		{"rules", func(p *parser, v *jsondoc.Node) (err error) {
			if v.Kind != jsondoc.Array {
				return p.wrongType(v, what+".rules", jsondoc.Array)
			}
			s.Rules, err = p.list(v, what+".rules", p.ruleID)
			return err
		}},
	})
	if err != nil {
		return err
	}
	switch {
	case len(s.Files) == 0:
		return p.missing(v, what, "files")
	case len(s.Rules) == 0:
		return p.missing(v, what, "rules")
	}
	p.config.Silence = append(p.config.Silence, s)
	return nil
}

func (p *parser) missing(v *jsondoc.Node, what, key string) error {
	return p.errorAt(v.Start, lang.T("%s has no %q", "%s 缺少 %q"), what, key)
}
