package growth

// README.md, made of what was found.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const head = `# What grows, and what a check of it costs

Programs of one kind at growing sizes, each in three forms: right, with one path on which the call is reached without a grant,
and with a misspelt ` + "`openid`" + `. Every program is made anew by ` + "`go test ./internal/growth`" + `; ` + "`-update`" + ` writes these tables. The test fails on a false error, on
a fault of which nothing is said, and on a misspelt openid that is not found.

- ✓: proved, or the fault is found.
- open: neither proved nor refuted, with the bounds that were met (rows of the table of bounds, ` + "`internal/flow/bounds.go`" + `). The program is not called ready.
- steps: expressions and statements that were evaluated for the right program. No time: it would differ from machine to machine.

`

// readme makes the file.
func readme(table map[string]string) string {
	var b strings.Builder
	b.WriteString(head)
	for _, f := range families {
		b.WriteString(f.heading())
		for _, n := range f.sizes() {
			b.WriteString(f.row(n, table))
		}
		b.WriteString("\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// heading begins the section of a family.
func (f family) heading() string {
	about := strings.ToUpper(f.about[:1]) + f.about[1:] + "."
	if f.work != 1 {
		about += fmt.Sprintf(" With %v of the usual work.", f.work)
	}
	return fmt.Sprintf("## %s\n\n%s\n\n| n | right | with a fault | misspelt openid | steps |\n|---:|---|---|---|---:|\n", f.name, about)
}

// row is what was found at a size.
func (f family) row(n int, table map[string]string) string {
	return fmt.Sprintf("| %d | %s | %s | %s | %s |\n", n, table[cell(f.name, n, right)], table[cell(f.name, n, flowFault)], table[cell(f.name, n, nameFault)], table[cell(f.name, n, -1)])
}

// writeFiles writes a program to a folder.
func writeFiles(dir string, files map[string]string) error {
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}
