// Package suppress reads the comments that silence a rule in one place, applies them, and tells
// which of them do nothing.
//
//	// voipcheck-ignore RULE[, RULE] -- reason
//
// The comment concerns the lines that it stands on and the next one; in markup also the whole
// of the tag that follows. Without a reason it silences nothing.
package suppress

import (
	"bytes"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/spelling"
)

// word begins a comment that suppresses.
const word = "voipcheck-ignore"

// RuleID is the rule whose findings this package makes.
const RuleID = "unused-suppression"

// Set are the suppressions of the files of a run.
type Set struct {
	comments []*comment
	// byLine are the comments that concern a line, by path and 1-based line.
	byLine map[string]map[int][]*comment
	seen   map[seen]bool
}

// seen is a part of a file that has been looked through: projects share files.
type seen struct {
	path   string
	markup bool
}

// comment is one suppression.
type comment struct {
	at     source.Span
	rules  []named
	reason bool
}

// named is a rule's name in a comment, and whether it silenced anything.
type named struct {
	id   string
	used bool
}

// New returns an empty set.
func New() *Set {
	return &Set{byLine: map[string]map[int][]*comment{}, seen: map[seen]bool{}}
}

// Add collects the suppressions in a project's code and markup.
func (s *Set) Add(p *miniprogram.Project) {
	for _, code := range p.Scripts {
		s.script(code)
	}
	units := p.Units
	if p.App != nil {
		units = append([]*miniprogram.Unit{p.App}, units...)
	}
	for _, u := range units {
		s.script(u.Script)
		if u.Template == nil {
			continue
		}
		s.markup(u.Template.File)
		for _, b := range u.Template.Bindings {
			s.markup(b.Attr.File) // included files
		}
	}
}

func (s *Set) first(f *source.File, markup bool) bool {
	key := seen{f.Path, markup}
	if s.seen[key] {
		return false
	}
	s.seen[key] = true
	return bytes.Contains(f.Text, []byte(word))
}

func (s *Set) script(code *miniprogram.Script) {
	if code == nil || code.File == nil || !s.first(code.File, false) || !bytes.Contains(code.Text, []byte(word)) {
		return
	}
	for _, c := range script.Comments(code.Text, code.Dialect) {
		span := source.Span{File: code.File, Start: c.Start, End: c.End}
		s.read(span, strings.TrimLeft(c.Text, "* \t\r\n"), false)
	}
}

// markup looks through a template: what stands between <!-- and -->.
func (s *Set) markup(f *source.File) {
	if f == nil || !s.first(f, true) {
		return
	}
	for from := 0; ; {
		open := bytes.Index(f.Text[from:], []byte("<!--"))
		if open < 0 {
			return
		}
		start := from + open
		inside := f.Text[start+4:]
		length := bytes.Index(inside, []byte("-->"))
		end := len(f.Text)
		if length >= 0 {
			inside, end = inside[:length], start+4+length+3
		}
		s.read(source.Span{File: f, Start: start, End: end}, strings.TrimLeft(string(inside), " \t\r\n"), true)
		from = end
	}
}

// read takes in a comment whose text begins with the word.
func (s *Set) read(at source.Span, text string, markup bool) {
	rest, ok := strings.CutPrefix(text, word)
	if !ok {
		return
	}
	list, reason, _ := strings.Cut(rest, "--")
	c := &comment{at: at, reason: lang.Readable(reason)}
	for _, id := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(", \t\r\n，、*:", r) }) {
		c.rules = append(c.rules, named{id: id})
	}
	s.comments = append(s.comments, c)
	lines := s.byLine[at.File.Path]
	if lines == nil {
		lines = map[int][]*comment{}
		s.byLine[at.File.Path] = lines
	}
	for line, last := at.From().Line, reach(at, markup); line <= last; line++ {
		lines[line] = append(lines[line], c)
	}
}

// stackedReach is how far into a line a suppression is looked for that stands on another, in bytes.
const stackedReach = 2000

// reach is the last line that a comment concerns.
func reach(at source.Span, markup bool) int {
	line := at.To().Line + 1
	for last := line + 20; line < last; line++ { // suppressions stacked on each other concern the same line
		start, end := at.File.Extent(line)
		if end = min(end, start+stackedReach); !bytes.Contains(at.File.Text[start:end], []byte(word)) {
			break
		}
	}
	if !markup {
		return line
	}
	text := at.File.Text
	start := at.End
	for start < len(text) && strings.IndexByte(" \t\r\n", text[start]) >= 0 {
		start++
	}
	if start >= len(text) || text[start] != '<' || at.File.Position(start).Line > line {
		return line
	}
	return max(line, at.File.Position(tagEnd(text, start)).Line)
}

// tagEnd is where the tag that begins at start ends.
func tagEnd(text []byte, start int) int {
	quote := byte(0)
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return start
}

// Silences tells whether a comment silences the finding, and remembers that the comment was of use.
func (s *Set) Silences(f *checks.Finding) bool {
	if f.At.IsZero() {
		return false
	}
	silenced := false
	for _, c := range s.byLine[f.At.File.Path][f.At.From().Line] {
		for i := range c.rules {
			if c.reason && c.rules[i].id == f.Rule.ID {
				c.rules[i].used = true
				silenced = true
			}
		}
	}
	return silenced
}

var (
	noRule   = lang.T("This suppression names no rule.", "这条忽略注释没有写规则。")
	noReason = lang.T("This suppression gives no reason in words, so it suppresses nothing.", "这条忽略注释没有用文字写明原因，因此不起作用。")
	noSuch   = lang.T("This suppression names the rule %q, which does not exist; %s.", "这条忽略注释写的规则 %q 不存在；%s。")
	nothing  = lang.T("This suppression is not needed: nothing on this line or the next breaks %s.", "这条忽略注释没有作用：本行和下一行都没有违反 %s。")
)

// What is to be done about each.
var (
	writeBoth   = lang.T("Write `voipcheck-ignore RULE -- reason`.", "请写成 `voipcheck-ignore 规则 -- 原因`。")
	writeReason = lang.T("Add ` -- ` and the reason.", "请在后面写上 ` -- ` 和原因。")
	remove      = lang.T("Remove it.", "请将其删除。")
)

// Used is a suppression that silenced something: a rule, at a place.
type Used struct {
	Rule string
	At   source.Span
}

// Used returns the suppressions that silenced something, in order of place.
func (s *Set) Used() []Used {
	var out []Used
	for _, c := range s.comments {
		for _, r := range c.rules {
			if r.used {
				out = append(out, Used{r.id, c.at})
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].At.Before(out[j].At) })
	return out
}

// Unused returns a finding for every suppression that does nothing. Rules for which on is false
// were not asked, so nothing is known of their suppressions.
func (s *Set) Unused(on func(rule string) bool) []*checks.Finding {
	var found []*checks.Finding
	report := func(at source.Span, message, advice lang.Text) {
		rule := checks.Lookup(RuleID)
		found = append(found, &checks.Finding{Rule: rule, Severity: rule.Severity, Step: rule.Step, Message: message, Advice: advice, At: at})
	}
	var ids []string
	for _, r := range checks.Rules() {
		ids = append(ids, r.ID)
	}
	for _, c := range s.comments {
		switch {
		case len(c.rules) == 0:
			report(c.at, noRule, writeBoth)
			continue
		case !c.reason:
			report(c.at, noReason, writeReason)
			continue
		}
		for _, r := range c.rules {
			switch {
			case checks.Lookup(r.id) == nil:
				report(c.at, lang.F(noSuch, r.id, spelling.Suggest(r.id, ids)), lang.T("Correct the name, or remove it.", "请改正规则名，或将其删除。"))
			case !r.used && on(r.id):
				report(c.at, lang.F(nothing, r.id), remove)
			}
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].At.Before(found[j].At) })
	return found
}
