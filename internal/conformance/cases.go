package main

// A topic's file: lines that begin with "#" say what follows; a case is an expression, or statements that end in one, in one line
// or several, then an arrow and the answer. The answer is a value as JavaScript writes it; "throws NAME" where the case throws an
// error of that name; and either after "await" where the value is a promise.

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

const (
	topicExt = ".txt"
	arrow    = " ==>"
)

// topic is a file of cases.
type topic struct {
	name  string
	parts []part
}

// part is a line that is no case, or a case.
type part struct {
	line string
	is   *testCase
}

// testCase is a program that ends in an expression.
type testCase struct {
	line         int
	code, answer string
}

func (t *topic) cases() []*testCase {
	var out []*testCase
	for _, p := range t.parts {
		if p.is != nil {
			out = append(out, p.is)
		}
	}
	return out
}

// readTopics reads the files of a folder, in order of their names.
func readTopics(dir string) ([]*topic, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*"+topicExt))
	if err != nil {
		return nil, err
	}
	var out []*topic
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		t, err := parseTopic(strings.TrimSuffix(filepath.Base(file), topicExt), string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, t)
	}
	return out, nil
}

func parseTopic(name, text string) (*topic, error) {
	t := &topic{name: name}
	var code []string
	seen := map[string]bool{}
	for n, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		at := strings.LastIndex(line, arrow)
		switch {
		case len(code) == 0 && (line == "" || strings.HasPrefix(line, "#")):
			t.parts = append(t.parts, part{line: line})
		case at < 0:
			code = append(code, line)
		default:
			c := &testCase{line: n + 1 - len(code), code: strings.Join(append(code, line[:at]), "\n"), answer: strings.TrimSpace(line[at+len(arrow):])}
			if seen[c.code] {
				return nil, fmt.Errorf("line %d: the same case a second time", n+1)
			}
			seen[c.code] = true
			t.parts = append(t.parts, part{is: c})
			code = nil
		}
	}
	if len(code) > 0 {
		return nil, fmt.Errorf("the last case has no arrow")
	}
	return t, nil
}

// format is the topic's file with other answers.
func (t *topic) format(answers []string) []byte {
	var b bytes.Buffer
	for _, p := range t.parts {
		if p.is == nil {
			b.WriteString(p.line + "\n")
			continue
		}
		b.WriteString(p.is.code + arrow + " " + answers[0] + "\n")
		answers = answers[1:]
	}
	return b.Bytes()
}

// function is the case as a function that returns its value.
func (c *testCase) function() (string, error) {
	// In a function, where a case may stand: await belongs to functions within it.
	file := source.NewFile("case.js", "case.js", []byte(c.code))
	syntax, fault := script.Parse(file, file.Text, script.JavaScript)
	if fault != nil {
		return "", fault
	}
	if len(syntax.Body) == 0 {
		return "", fmt.Errorf("nothing is written there")
	}
	last, ok := syntax.Body[len(syntax.Body)-1].(*script.ExprStmt)
	if !ok {
		return "", fmt.Errorf("the last statement is no expression")
	}
	at := last.Range().Start
	return "function compute() {\n" + c.code[:at] + "return " + c.code[at:] + "\n}", nil
}
