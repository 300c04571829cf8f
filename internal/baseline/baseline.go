// Package baseline keeps the findings that a team knows of, so that only new ones fail.
package baseline

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"sort"

	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// schema names the format of the file.
const schema = "voipcheck/baseline/1"

// maxSize bounds what is read: far above 100,000 findings.
const maxSize = 64 << 20

type file struct {
	Schema   string  `json:"schema"`
	Findings []entry `json:"findings"`
}

// entry is a known finding. Only the fingerprint counts; the others are for people who read the file.
type entry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	Reason      string `json:"reason,omitempty"`
	File        string `json:"file"`
}

// Known are the fingerprints of known findings.
type Known map[string]bool

// Load reads the baseline called name, which errors call shown.
func Load(name, shown string) (Known, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, lang.Errorf(lang.T(
			"%s: no such baseline; `--write-baseline %s` records today's findings",
			"%s：没有这个基线文件；可用 `--write-baseline %s` 记录当前的问题"), shown, shown)
	}
	if err != nil {
		return nil, lang.Errorf(lang.T("the baseline %s could not be read: %s", "无法读取基线文件 %s：%s"), shown, err)
	}
	var f file
	if len(text) > maxSize || json.Unmarshal(bytes.TrimPrefix(text, []byte("\uFEFF")), &f) != nil || f.Schema != schema {
		return nil, lang.Errorf(lang.T(
			"%s is no baseline: a file that `--write-baseline` wrote was expected",
			"%s 不是基线文件：应为 `--write-baseline` 生成的文件"), shown)
	}
	known := Known{}
	for _, e := range f.Findings {
		known[e.Fingerprint] = true
	}
	return known, nil
}

// Write records findings in the file called name, which errors call shown.
func Write(name, shown string, findings []report.Finding) error {
	f := file{Schema: schema, Findings: []entry{}}
	for i := range findings {
		g := &findings[i]
		f.Findings = append(f.Findings, entry{g.Fingerprint, g.Rule.ID, g.Reason, g.File})
	}
	sort.Slice(f.Findings, func(i, j int) bool {
		a, b := f.Findings[i], f.Findings[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Rule != b.Rule {
			return a.Rule < b.Rule
		}
		return a.Fingerprint < b.Fingerprint
	})
	var out bytes.Buffer
	if err := report.EncodeJSON(&out, f); err != nil {
		return err
	}
	return edit.Output(name, shown, out.Bytes())
}
