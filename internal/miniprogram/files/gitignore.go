package files

// .gitignore files, as git reads them: the last rule that matches decides, and inner
// files overrule outer ones.

import (
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// IgnoreRules are the rules of one .gitignore, and of those in the folders above.
type IgnoreRules struct {
	above *IgnoreRules
	dir   string
	rules []ignoreRule
}

type ignoreRule struct {
	negated, dirsOnly bool
	// anchored rules match the path from the folder of the file, others any name.
	anchored bool
	// Most rules are a plain name or a plain ending; both are tried without the matcher.
	literal, suffix string
	pattern         string
}

// ParseIgnore reads a .gitignore of the folder dir, below the rules of the folders above; these come back where it has none.
func ParseIgnore(above *IgnoreRules, dir string, text []byte) *IgnoreRules {
	r := &IgnoreRules{above: above, dir: dir}
	for _, line := range strings.Split(string(text), "\n") {
		if rule, ok := parseIgnoreLine(line); ok {
			r.rules = append(r.rules, rule)
		}
	}
	if len(r.rules) == 0 {
		return above
	}
	return r
}

func parseIgnoreLine(line string) (ignoreRule, bool) {
	var rule ignoreRule
	line = strings.TrimRight(line, "\r")
	if trimmed := strings.TrimRight(line, " \t"); !strings.HasSuffix(trimmed, `\`) {
		line = trimmed
	}
	if line == "" || line[0] == '#' {
		return rule, false
	}
	if line[0] == '!' {
		rule.negated, line = true, line[1:]
	}
	if strings.HasSuffix(line, "/") {
		rule.dirsOnly, line = true, strings.TrimRight(line, "/")
	}
	rule.anchored = strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return rule, false
	}
	const special = `*?[\{`
	switch {
	case !strings.ContainsAny(line, special):
		rule.literal = line
	case !rule.anchored && len(line) > 1 && line[0] == '*' && !strings.ContainsAny(line[1:], special):
		rule.suffix = line[1:]
	default:
		// Braces are plain characters to git but alternatives to the matcher.
		rule.pattern = strings.NewReplacer("{", `\{`, "}", `\}`).Replace(line)
		if strings.HasSuffix(rule.pattern, "/**") {
			rule.pattern += "/*" // what lies in a folder, and not the folder, as the matcher takes it
		}
		if !doublestar.ValidatePattern(rule.pattern) {
			return rule, false
		}
	}
	return rule, true
}

// Ignored reports whether the rules leave out the name, whose last part is base.
func (r *IgnoreRules) Ignored(name, base string, dir bool) bool {
	for ; r != nil; r = r.above {
		for i := len(r.rules) - 1; i >= 0; i-- {
			rule := &r.rules[i]
			if rule.dirsOnly && !dir {
				continue
			}
			if rule.matches(r.dir, name, base) {
				return !rule.negated
			}
		}
	}
	return false
}

func (rule *ignoreRule) matches(dir, name, base string) bool {
	subject := base
	if rule.anchored {
		subject = strings.TrimPrefix(strings.TrimPrefix(name, dir), "/")
	}
	switch {
	case rule.literal != "":
		return subject == rule.literal
	case rule.suffix != "":
		return strings.HasSuffix(subject, rule.suffix)
	}
	ok, err := doublestar.Match(rule.pattern, subject)
	return err == nil && ok
}

// RulesAbove are the .gitignore rules of the folders above dir, from the repository's root on. Where
// they leave out dir itself, which is to be read all the same, none of them counts.
func RulesAbove(d *Disk, repository, dir string) *IgnoreRules {
	var rules *IgnoreRules
	above := Parents(dir)[1:]
	for i := len(above) - 1; i >= 0; i-- {
		name := above[i] + "/.gitignore"
		if !Within(above[i], repository) || !d.StatFile(name) {
			continue
		}
		if file, err := d.File(name, d.Limits.Config); err == nil {
			rules = ParseIgnore(rules, above[i], file.Text)
		}
	}
	if rules.Ignored(dir+"/app.json", "app.json", false) {
		return nil
	}
	for _, up := range Parents(dir) {
		if Within(up, repository) && rules.Ignored(up, path.Base(up), true) {
			return nil
		}
	}
	return rules
}
