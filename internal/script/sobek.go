package script

// Parsing plain JavaScript with sobek, and the few things put before it that it does not know.

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/parser"
)

// parseSobek parses the text of x, with c to convert its tree.
func parseSobek(x *lexed, c *converter) (*Program, *failure) {
	text, r := x.forSobek()
	c.rewritten = r
	again := *c
	p, err := convertSobek(x, text, c)
	if err != nil && err.why == refusedDefault {
		if p, err := parseWithoutDefaults(x, text, &again); err == nil {
			return p, nil
		}
	}
	return p, err
}

// convertSobek parses text, which is that of x but for what was taken out, and converts its tree by c.
func convertSobek(x *lexed, text []byte, c *converter) (*Program, *failure) {
	program, shift, err := sobekProgram(x, text)
	c.shift = shift
	if err != nil {
		at := err.offset - shift
		if at >= 0 && at <= len(x.text) {
			err.offset = c.at(at)
		}
		return nil, err
	}
	body := program.Body
	if shift > 0 {
		body = wrapped(program)
	}
	p := &Program{Body: c.directives(body, 0)}
	if c.failed != nil {
		return nil, c.failed
	}
	for _, s := range p.Body {
		switch s.(type) {
		case *Import, *Export:
			p.Module = true
		}
	}
	return p, nil
}

// wrapper goes around a script with return outside of functions.
const wrapper = "function _(){"

// sobekProgram parses text as what its tokens say it is, a module or a script. The tree's places are
// moved by shift.
func sobekProgram(x *lexed, text []byte) (program *ast.Program, shift int, err *failure) {
	if x.isModule() {
		program, err = sobekParse(text, parser.IsModule)
		return program, 0, err
	}
	program, err = sobekParse(text)
	if err == nil {
		return program, 0, nil
	}
	if bytes.Contains(text, []byte("await")) || bytes.Contains(text, []byte("import")) {
		if program, err := sobekParse(text, parser.IsModule); err == nil {
			return program, 0, nil
		}
	}
	if bytes.Contains(text, []byte("return")) {
		inside := append([]byte(wrapper), text...)
		if bytes.HasPrefix(text, []byte("#!")) {
			copy(inside[len(wrapper):], "//")
		}
		inside = append(inside, "\n}"...)
		if program, err := sobekParse(inside); err == nil && wrapped(program) != nil {
			return program, len(wrapper), nil
		}
	}
	return nil, 0, err
}

// wrapped returns the statements inside the wrapper, or nil when the text ended it early.
func wrapped(p *ast.Program) []ast.Statement {
	if len(p.Body) != 1 {
		return nil
	}
	if f, ok := p.Body[0].(*ast.FunctionDeclaration); ok {
		return f.Function.Body.List
	}
	return nil
}

// sobekParse runs the parser; it panics on some broken texts.
func sobekParse(text []byte, options ...parser.Option) (program *ast.Program, failed *failure) {
	defer func() {
		if r := recover(); r != nil {
			program, failed = nil, &failure{why: fmt.Sprintf("The parser failed: %v", r)}
		}
	}()
	options = append(options, parser.WithDisableSourceMaps)
	program, err := parser.ParseFile(nil, "", string(text), parser.IgnoreRegExpErrors, options...)
	if err == nil {
		return program, nil
	}
	failed = &failure{why: err.Error()}
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		failed.why = list[0].Message
		lines := lineStarts(text)
		if at := list[0].Position; at.Line >= 1 && at.Line <= len(lines) {
			failed.offset = min(max(0, lines[at.Line-1]+at.Column-1), len(text))
		}
	}
	return nil, failed
}

// isModule reports whether the text has import or export declarations.
func (x *lexed) isModule() bool {
	for i := 0; i < len(x.tokens); i++ {
		t := x.tokens[i]
		if int(t.match) > i {
			i = int(t.match) // what is in brackets is no declaration
			continue
		}
		if t.kind != tokName || t.end-t.start != 6 || i > 0 && x.textOf(i-1) == "." || i+1 >= len(x.tokens) {
			continue
		}
		next := x.textOf(i + 1)
		switch x.textOf(i) {
		case "import":
			if next != "(" && next != "." && next != ":" && next != "=" {
				return true
			}
		case "export":
			if next == "{" || next == "*" || x.tokens[i+1].kind == tokName {
				return true
			}
		}
	}
	return false
}
