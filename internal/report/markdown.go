package report

// Markdown, for a comment on a change.

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type markdownWriter struct{}

var statusMarks = map[Status]string{
	Pass: "✅", Confirmed: "✅", Fail: "❌", Warn: "⚠️", Unproven: "❓", Unconfirmed: "❔", Skipped: "➖",
}

var severityMarks = map[checks.Severity]string{checks.Error: "❌", checks.Warning: "⚠️", checks.Info: "ℹ️"}

func (markdownWriter) Write(w io.Writer, r *Report, o Options) error {
	var b strings.Builder
	mark := "❌"
	switch {
	case r.Partly():
		mark = "⚠️"
	case r.Ready:
		mark = "✅"
	}
	fmt.Fprintf(&b, "## %s voipcheck: %s\n", mark, Verdict(r, o.Lang))
	for _, u := range r.Unreadable {
		fmt.Fprintf(&b, "\n- %s: %s\n", markdownCode(u.File), markdownText(u.Why.In(o.Lang)))
	}
	for _, g := range r.GivenUp {
		fmt.Fprintf(&b, "\n- %s\n", markdownText(givenUpLine(g, o.Lang)))
	}
	if lines := weakenings(r.Weakened, len(r.Weakened), o.Lang); len(lines) > 0 {
		fmt.Fprintf(&b, "\n%s\n\n", weakenedTitle.In(o.Lang)+strings.TrimSpace(colon.In(o.Lang)))
		for _, said := range lines {
			fmt.Fprintf(&b, "- %s\n", markdownText(said))
		}
	}
	for _, project := range r.Projects {
		fmt.Fprintf(&b, "\n### %s · %s\n\n| | %s | |\n|---|---|---|\n", markdownCode(project.Root), project.Framework, stepWord.In(o.Lang))
		for _, s := range r.Checklist {
			if s.Project == project.Root {
				fmt.Fprintf(&b, "| %s | **%s** %s | %s |\n", statusMarks[s.Status], s.Step, s.Title.In(o.Lang), markdownText(stepNote(s, o.Lang)))
			}
		}
	}
	written, omitted := utf8.RuneCountInString(b.String()), 0
	for _, f := range bySeverity(r.Findings) {
		if f.Severity == checks.Info && isConsole(f.Step) {
			continue // the checklist says so
		}
		var one strings.Builder
		markdownFinding(&one, f, o.Lang)
		size := utf8.RuneCountInString(one.String())
		if omitted > 0 || written+size > maxMarkdown {
			omitted++
			continue
		}
		written += size
		b.WriteString(one.String())
	}
	if omitted > 0 {
		fmt.Fprintf(&b, "\n%s\n", lang.F(omittedWord, omitted).In(o.Lang))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// maxMarkdown is how many characters are written at most: GitHub refuses a comment of more than 65,536.
const maxMarkdown = 65_000

var omittedWord = lang.T("%d more findings are not shown here; run `voipcheck` for all of them.", "另有 %d 个问题没有列在这里；运行 `voipcheck` 查看全部。")

var stepWord = lang.T("step", "步骤")

func markdownFinding(b *strings.Builder, f *Finding, l lang.Lang) {
	place := fmt.Sprintf("%s:%d:%d", f.File, f.From.Line, f.From.Column)
	fmt.Fprintf(b, "\n#### %s [%s](%s)\n\n%s\n\n%s\n", severityMarks[f.Severity], f.Rule.ID,
		DocumentationURL(f.Rule.ID, l), markdownCode(place), markdownText(f.Message.In(l)))
	if f.Severity > checks.Info && f.At.End > f.At.Start && f.At.Start > 0 {
		var lines []string
		for _, line := range frame(f.At, 100) {
			lines = append(lines, line.text)
			if line.to > line.from {
				lines = append(lines, strings.Repeat(" ", line.from)+strings.Repeat("^", line.to-line.from))
			}
		}
		code := strings.Join(lines, "\n")
		fence := fenceFor(code, 3)
		fmt.Fprintf(b, "\n%s\n%s\n%s\n", fence, code, fence)
	}
	if len(f.Trace) > 0 {
		fmt.Fprintf(b, "\n%s\n\n", howWord.In(l)+strings.TrimSpace(colon.In(l)))
		for i, n := range f.Trace {
			fmt.Fprintf(b, "%d. %s (%s)\n", i+1, markdownText(n.Message.In(l)), markdownCode(traceplace(n)))
		}
	}
	for _, part := range []struct{ label, text lang.Text }{{runTimeWord, f.Rule.RunTime}, {toDoWord, f.Todo()}} {
		if said := part.text.In(l); said != "" {
			fmt.Fprintf(b, "\n**%s** %s\n", part.label.In(l)+strings.TrimSpace(colon.In(l)), markdownText(said))
		}
	}
}

// traceplace is where a step of a witness stands.
func traceplace(n checks.Note) string { return fmt.Sprintf("%s:%d", pathOf(n.At), place(n.At).Line) }

// markdownText escapes what Markdown, and the HTML in it, would take for itself. An at sign would call somebody, even as an
// entity, and an address would become a link, to wherever who wrote the repository likes: what cannot be seen parts them.
func markdownText(text string) string {
	var b strings.Builder
	for _, r := range unlinked(terminal.Visible(text)) {
		switch {
		case r == invisible:
			b.WriteString("&#8203;")
		case r == '@':
			b.WriteString("@&#8203;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_{}[]()#+!|~>", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// invisible is a space without width.
const invisible = '\u200B'

// linked is what readers of Markdown make links of by themselves: where a link begins, up to where it has to be parted.
var linked = regexp.MustCompile(`:/|(?i:\bwww)`)

// unlinked is text without links.

func unlinked(text string) string { return linked.ReplaceAllString(text, "${0}"+string(invisible)) }

// markdownCode is text as a piece of code within a line; it may hold backticks.
func markdownCode(text string) string {
	text = terminal.Visible(text)
	fence := fenceFor(text, 1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

// fenceFor is a run of backticks longer than any in the text.
func fenceFor(text string, least int) string {
	longest, run := 0, 0
	for _, r := range text {
		if run++; r != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	return strings.Repeat("`", max(least, longest+1))
}
