package config

// From text to a Config: every key and value is looked at, and the first one that is wrong is
// told with its place, what was expected, and the name that was probably meant.

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/spelling"
)

// Severities are the names that a severity has in configurations and flags.
var Severities = []string{"error", "warning", "info", "off"}

var severities = map[string]checks.Severity{
	"error": checks.Error, "warning": checks.Warning, "info": checks.Info, "off": checks.Off,
}

// SeverityOf returns the severity called name.
func SeverityOf(name string) (checks.Severity, bool) {
	s, ok := severities[name]
	return s, ok
}

// Parse reads the text of a configuration that messages call shown.
func Parse(text []byte, shown string) (*Config, error) {
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	p := &parser{file: source.NewFile(shown, shown, text), config: &Config{File: shown}}
	if !utf8.Valid(text) {
		return nil, p.errorAt(0, lang.T("the file is not UTF-8", "文件不是 UTF-8 编码"))
	}
	document := jsondoc.ParseTolerant(text)
	if document.Err != nil {
		return nil, p.errorAt(document.Err.Offset, lang.T("not valid JSON: %s", "不是合法的 JSON：%s"), unexpected(text, document.Err.Offset))
	}
	if err := p.object(document.Root, "voipcheck.json", fields); err != nil {
		return nil, err
	}
	return p.config, nil
}

// unexpected says what keeps text from being JSON at an offset.
func unexpected(text []byte, offset int) lang.Text {
	rest := text[max(0, min(offset, len(text))):]
	if len(bytes.TrimSpace(rest)) == 0 {
		return lang.T("unexpected end of file", "文件没有写完整")
	}
	r, _ := utf8.DecodeRune(rest)
	return lang.F(lang.T("unexpected %q", "此处不应出现 %q"), string(r))
}

type parser struct {
	file   *source.File
	config *Config
	// alternatives is how many patterns without braces the globs stand for that were read so far.
	alternatives int
}

// field is a key of an object with what reads its value.
type field struct {
	name string
	read func(p *parser, value *jsondoc.Node) error
}

// fields are the keys of the configuration, in the order in which they are documented.
var fields = []field{
	{"$schema", func(p *parser, v *jsondoc.Node) error { _, err := p.text(v, "$schema"); return err }},
	{"root", (*parser).root},
	{"rules", (*parser).rules},
	{"ignore", (*parser).ignore},
	{"grants", func(p *parser, v *jsondoc.Node) (err error) {
		p.config.Grants, err = p.functions(v, "grants", "utils/perm.ts#ensureMedia")
		return err
	}},
	{"enables", func(p *parser, v *jsondoc.Node) (err error) {
		p.config.Enables, err = p.functions(v, "enables", "utils/voip.ts#goOnline")
		return err
	}},
	{"limits", (*parser).limits},
	{"confirmed", (*parser).confirmed},
}

// InvalidError says what is wrong at a place of a configuration.
type InvalidError struct {
	At source.Span
	// Problem is what is wrong, and Err the same with the place.
	Problem lang.Text
	Err     error
}

func (e *InvalidError) Error() string { return e.Err.Error() }

// Unwrap returns the error in both languages.
func (e *InvalidError) Unwrap() error { return e.Err }

func (p *parser) errorAt(offset int, t lang.Text, args ...any) error {
	at := p.file.Position(offset)
	problem := lang.Errorf(t, args...)
	return &InvalidError{
		At: source.Span{File: p.file, Start: offset, End: offset}, Problem: problem.Text,
		Err: lang.Errorf(lang.T("%s:%d:%d: %s", "%s:%d:%d: %s"), p.file.Path, at.Line, at.Column, problem),
	}
}

// span is the place of a value.
func (p *parser) span(v *jsondoc.Node) source.Span {
	return source.Span{File: p.file, Start: v.Start, End: v.End}
}

// object reads every member of v by its field.
func (p *parser) object(v *jsondoc.Node, what string, fields []field) error {
	if v.Kind != jsondoc.Object {
		return p.wrongType(v, what, jsondoc.Object)
	}
	names := make([]string, len(fields))
	read := map[string]func(*parser, *jsondoc.Node) error{}
	for i, f := range fields {
		names[i], read[f.name] = f.name, f.read
	}
	for _, m := range v.Members {
		if read[m.Key] == nil {
			return p.unknown(m, lang.T("key", "键"), names)
		}
		if err := read[m.Key](p, m.Value); err != nil {
			return err
		}
	}
	return p.unrepeated(v)
}

// unrepeated tells of a key that an object has twice: which of the two was meant nobody knows.
func (p *parser) unrepeated(v *jsondoc.Node) error {
	seen := map[string]bool{}
	for _, m := range v.Members {
		if seen[m.Key] {
			return p.errorAt(m.KeyStart, lang.T("the key %q is repeated", "键 %q 重复出现"), m.Key)
		}
		seen[m.Key] = true
	}
	return nil
}

// unknown tells of a name that means nothing, with the one that was probably meant or all there are.
func (p *parser) unknown(m jsondoc.Member, what lang.Text, names []string) error {
	return p.errorAt(m.KeyStart, lang.T("unknown %s %q; %s", "未知的%s %q；%s"), what, m.Key, spelling.Suggest(m.Key, names))
}

var kindNames = map[jsondoc.Kind]lang.Text{
	jsondoc.Null: lang.T("null", "null"), jsondoc.Bool: lang.T("a boolean", "布尔值"),
	jsondoc.Number: lang.T("a number", "数字"), jsondoc.String: lang.T("a string", "字符串"),
	jsondoc.Array: lang.T("an array", "数组"), jsondoc.Object: lang.T("an object", "对象"),
}

func (p *parser) wrongType(v *jsondoc.Node, what string, want jsondoc.Kind) error {
	return p.errorAt(v.Start, lang.T("%s must be %s, not %s", "%s 必须是%s，而不是%s"), what, kindNames[want], kindNames[v.Kind])
}

// text reads a string that is not blank.
func (p *parser) text(v *jsondoc.Node, what string) (string, error) {
	if v.Kind != jsondoc.String {
		return "", p.wrongType(v, what, jsondoc.String)
	}
	if strings.TrimSpace(v.Text) == "" {
		return "", p.errorAt(v.Start, lang.T("%s is blank", "%s 是空的"), what)
	}
	return v.Text, nil
}

func (p *parser) root(v *jsondoc.Node) error {
	root, err := p.text(v, "root")
	if err == nil && (path.IsAbs(root) || strings.Contains(root, "\\")) {
		err = p.errorAt(v.Start, lang.T(
			"root must be a path relative to the folder of this file, with \"/\" between names: %q",
			"root 必须是相对于本文件所在文件夹、用 \"/\" 分隔的路径：%q"), root)
	}
	p.config.Root, p.config.RootAt = root, p.span(v)
	return err
}

func (p *parser) rules(v *jsondoc.Node) error {
	if v.Kind != jsondoc.Object {
		return p.wrongType(v, "rules", jsondoc.Object)
	}
	p.config.Rules = map[string]Severity{}
	for _, m := range v.Members {
		if checks.Lookup(m.Key) == nil {
			return p.unknown(m, lang.T("rule", "规则"), ruleIDs())
		}
		name, err := p.text(m.Value, "rules."+m.Key)
		if err != nil {
			return err
		}
		severity, ok := SeverityOf(name)
		if !ok {
			return p.errorAt(m.Value.Start, lang.T("unknown severity %q; %s", "未知的级别 %q；%s"), name, spelling.Suggest(name, Severities))
		}
		p.config.Rules[m.Key] = Severity{severity, source.Span{File: p.file, Start: m.KeyStart, End: m.Value.End}}
	}
	return p.unrepeated(v)
}

func ruleIDs() []string {
	var ids []string
	for _, r := range checks.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

func (p *parser) ruleID(v *jsondoc.Node, what string) (string, error) {
	id, err := p.text(v, what)
	if err == nil && checks.Lookup(id) == nil {
		err = p.errorAt(v.Start, lang.T("unknown rule %q; %s", "未知的规则 %q；%s"), id, spelling.Suggest(id, ruleIDs()))
	}
	return id, err
}

// functions reads a list of functions, each named with its file as in the example.
func (p *parser) functions(v *jsondoc.Node, what, example string) ([]Function, error) {
	if v.Kind != jsondoc.Array {
		return nil, p.wrongType(v, what, jsondoc.Array)
	}
	var out []Function
	for i, e := range v.Elements {
		entry, err := p.text(e, fmt.Sprintf("%s[%d]", what, i))
		if err != nil {
			return nil, err
		}
		file, name, found := strings.Cut(entry, "#")
		if !found || strings.TrimSpace(file) == "" || strings.TrimSpace(name) == "" {
			return nil, p.errorAt(e.Start, lang.T(
				"%s[%d] must name a file and a function, as in %q: %q",
				"%s[%d] 必须写成「文件#函数」，例如 %q：%q"), what, i, example, entry)
		}
		out = append(out, Function{
			File: path.Clean(file), Func: name,
			At: source.Span{File: p.file, Start: e.Start, End: e.End},
		})
	}
	return out, nil
}

func (p *parser) confirmed(v *jsondoc.Node) error {
	if v.Kind != jsondoc.Object {
		return p.wrongType(v, "confirmed", jsondoc.Object)
	}
	p.config.Confirmed = map[checks.Step]Confirmation{}
	for _, m := range v.Members {
		info := checks.LookupStep(checks.Step(m.Key))
		if info == nil {
			return p.unknown(m, lang.T("console step", "后台步骤"), ConsoleSteps())
		}
		if !info.Console {
			return p.errorAt(m.KeyStart, lang.T(
				"%q is decided by rules and cannot be confirmed; the console steps are %s",
				"%q 由规则判断，不能人工确认；后台步骤有 %s"), m.Key, lang.List(ConsoleSteps()))
		}
		c, err := p.confirmation(m.Value, "confirmed."+m.Key)
		if err != nil {
			return err
		}
		c.At = source.Span{File: p.file, Start: m.KeyStart, End: m.Value.End}
		p.config.Confirmed[info.Step] = c
	}
	return p.unrepeated(v)
}

// ConsoleSteps are the names of the steps that nothing in a repository shows.
func ConsoleSteps() []string {
	var names []string
	for _, s := range checks.Steps() {
		if s.Console {
			names = append(names, string(s.Step))
		}
	}
	return names
}

func (p *parser) confirmation(v *jsondoc.Node, what string) (c Confirmation, err error) {
	err = p.object(v, what, []field{
		{"by", func(p *parser, v *jsondoc.Node) (err error) { c.By, err = p.text(v, what+".by"); return err }},
		{"on", func(p *parser, v *jsondoc.Node) (err error) { c.On, err = p.date(v, what+".on"); return err }},
		{"note", func(p *parser, v *jsondoc.Node) error {
			if v.Kind != jsondoc.String {
				return p.wrongType(v, what+".note", jsondoc.String)
			}
			c.Note = v.Text
			return nil
		}},
		{"until", func(p *parser, v *jsondoc.Node) (err error) { c.Until, err = p.date(v, what+".until"); return err }},
	})
	switch {
	case err != nil:
	case c.By == "":
		err = p.missing(v, what, "by")
	case !lang.Readable(c.By):
		err = p.errorAt(v.Start, lang.T("%s must name a person", "%s 必须写明是谁"), what+".by")
	case c.On.IsZero():
		err = p.missing(v, what, "on")
	}
	return c, err
}

func (p *parser) date(v *jsondoc.Node, what string) (time.Time, error) {
	text, err := p.text(v, what)
	if err != nil {
		return time.Time{}, err
	}
	date, err := ParseDate(text)
	if err != nil {
		return date, p.errorAt(v.Start, lang.T("%s: %s", "%s：%s"), what, err)
	}
	return date, nil
}

// ParseDate reads a date as configurations and flags write it: 2026-11-22.
func ParseDate(text string) (time.Time, error) {
	date, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, &lang.Error{Text: lang.F(lang.T(
			"%q is not a date; dates are written like 2026-11-22",
			"%q 不是有效日期；日期的写法如 2026-11-22"), text)}
	}
	return date, nil
}
