// Command conformance writes the answers of the cases in testdata/js: what node makes of each.
//
//	go run ./internal/conformance [folder]
//
// It needs node; the tests do not, since the answers are kept with the cases.
package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const folder = "testdata/js"

func main() {
	dir := filepath.Join("internal/conformance", folder)
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := answerAll(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// answerAll writes the answers of all cases in a folder.
func answerAll(dir string) error {
	topics, err := readTopics(dir)
	if err != nil {
		return err
	}
	var faults []error
	for _, t := range topics {
		answers, err := node(t)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", t.name, err))
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, t.name+topicExt), t.format(answers), 0o644); err != nil {
			return err
		}
	}
	return errors.Join(faults...)
}

//go:embed answers.js
var answers string

// node returns the answers of a topic's cases.
func node(t *topic) ([]string, error) {
	var programs []string
	var faults []error
	for _, c := range t.cases() {
		text, err := c.function()
		if err != nil {
			faults = append(faults, fmt.Errorf("line %d: %w", c.line, err))
		}
		programs = append(programs, text)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	in, err := json.Marshal(programs)
	if err != nil {
		return nil, err
	}
	run := exec.Command("node", "-e", answers)
	var out, told bytes.Buffer
	run.Stdin, run.Stdout, run.Stderr = bytes.NewReader(in), &out, &told
	if err := run.Run(); err != nil {
		return nil, fmt.Errorf("node: %w\n%s", err, told.String())
	}
	var said []struct{ Answer, Fault string }
	if err := json.Unmarshal(out.Bytes(), &said); err != nil {
		return nil, err
	}
	var texts []string
	for i, a := range said {
		if a.Fault != "" {
			faults = append(faults, fmt.Errorf("line %d: %s", t.cases()[i].line, a.Fault))
		}
		texts = append(texts, a.Answer)
	}
	return texts, errors.Join(faults...)
}
