// Package confirm records in a configuration that a step in WeChat's console is done.
package confirm

import (
	"bytes"
	"os/exec"
	"strings"

	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// Entry is what is recorded of a step. Dates are written as 2027-11-22.
type Entry struct {
	By, On string
	// Note and Until may be empty.
	Note, Until string
}

// json is the entry as the configuration holds it.
func (e Entry) json() string {
	value := "{\n\t\"by\": " + jsonedit.Quote(e.By) + ",\n\t\"on\": " + jsonedit.Quote(e.On)
	if e.Note != "" {
		value += ",\n\t\"note\": " + jsonedit.Quote(e.Note)
	}
	if e.Until != "" {
		value += ",\n\t\"until\": " + jsonedit.Quote(e.Until)
	}
	return value + "\n}"
}

// New is the configuration that is taken where there is none.
const New = "{\n}\n"

// Record returns the text of a configuration, which messages call shown, with the steps recorded.
func Record(text []byte, shown string, steps []string, e Entry) ([]byte, error) {
	if _, err := config.Parse(text, shown); err != nil {
		return nil, err
	}
	mark := []byte("\uFEFF")
	bare, marked := bytes.CutPrefix(text, mark)
	d, err := jsonedit.Open(bare)
	if err != nil {
		return nil, err
	}
	for _, step := range steps {
		if !d.Set([]string{"confirmed"}, step, e.json()) {
			return nil, lang.Errorf(lang.T("%s: \"confirmed\" is not an object", "%s：\"confirmed\" 不是对象"), shown)
		}
	}
	if marked {
		return append(mark, d.Text...), nil
	}
	return d.Text, nil
}

// GitUser is the name that git signs with in a folder, "" when there is none.
func GitUser(dir string) string {
	git := exec.Command("git", "config", "user.name")
	git.Dir = dir
	name, err := git.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(name))
}
