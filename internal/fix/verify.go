package fix

// A fix is believed when the check after it bears it out, and is taken back otherwise.

import (
	"path/filepath"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// kind is what a finding says of a file, wherever in it: a fix moves what comes after it.
type kind struct{ file, rule, reason, message string }

func kindOf(f *report.Finding) kind {
	return kind{f.File, f.Rule.ID, f.Reason, f.Message.EN}
}

func count(findings []report.Finding) map[kind]int {
	n := map[kind]int{}
	for i := range findings {
		n[kindOf(&findings[i])]++
	}
	return n
}

// takeBack undoes the changes after which a file cannot be parsed any more, or a finding is still there, and
// remembers their fixes so that they are not tried again. It tells whether there were such.
func (f *fixer) takeBack(changes []change, before, after []report.Finding) bool {
	was, is := count(before), count(after)
	broken := brokenFiles(before, after)
	some := false
	for _, c := range changes {
		why := map[*report.Finding]lang.Text{}
		fixed := map[kind]int{}
		for _, found := range c.fixed {
			fixed[kindOf(found)]++
		}
		for _, found := range c.fixed {
			switch k := kindOf(found); {
			case broken[report.ValidPath(c.file.Path)] && len(c.fixed) > 1:
				why[found] = lang.Text{} // one of them: they are tried singly
			case broken[report.ValidPath(c.file.Path)]:
				why[found] = lang.F(lang.T("%s could not be parsed afterwards", "修复后 %s 无法解析"), report.ValidPath(c.file.Path))
			case is[k] > was[k]-fixed[k]:
				why[found] = lang.T("it does not remove the finding", "修复后问题仍然存在")
			}
		}
		if len(why) > 0 {
			some = true
			f.undo(c, why)
		}
	}
	return some
}

// brokenFiles are the files that only the check before could parse.
func brokenFiles(before, after []report.Finding) map[string]bool {
	unparsed := func(found *report.Finding) bool {
		return found.Rule.ID == "parse-error" || found.Rule.ID == "app-json"
	}
	out := map[string]bool{}
	for i := range after {
		if unparsed(&after[i]) {
			out[after[i].File] = true
		}
	}
	for i := range before {
		if unparsed(&before[i]) {
			delete(out, before[i].File)
		}
	}
	return out
}

// undo puts a file back to what it was before the round. Fixes that are not to blame come again in the next one.
func (f *fixer) undo(c change, why map[*report.Finding]lang.Text) {
	name := filepath.ToSlash(c.file.Name)
	if c.previous != nil {
		f.files[name] = c.previous
		f.changed.Set(name, c.previous.new)
	} else {
		delete(f.files, name)
		f.changed.Unset(name)
	}
	f.result.Fixed -= len(c.fixed)
	for _, found := range c.fixed {
		text, blamed := why[found]
		switch {
		case !blamed:
			continue
		case text == lang.Text{}:
			f.singly[name] = true
			continue
		}
		f.refused[kindOf(found)] = true
		f.result.Refused = append(f.result.Refused, Refused{Path: found.File, Line: found.From.Line, Rule: found.Rule.ID, Why: text})
	}
}
