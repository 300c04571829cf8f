package terminal

// How wide text is on a screen, and where its lines may break. Chinese takes two columns a
// character and breaks almost anywhere; other text breaks at spaces.

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/mattn/go-runewidth"
)

// widths measures the same way whatever the locale is, so that output is the same everywhere.
var widths = &runewidth.Condition{StrictEmojiNeutral: true}

// tabWidth is how many columns a tab takes at most.
const tabWidth = 4

// Cell is one grapheme as it is shown.
type Cell struct {
	Text  string
	Width int
	// At is the byte offset in the text that was split.
	At int
}

// Cells splits a line into what a terminal shows, tabs as spaces and controls as escapes.
func Cells(line string) []Cell {
	var out []Cell
	column := 0
	for g := graphemes.FromString(line); g.Next(); {
		text := g.Value()
		c := Cell{Text: text, At: g.Start()}
		switch {
		case text == "\t":
			c.Width = tabWidth - column%tabWidth
			c.Text = strings.Repeat(" ", c.Width)
		default:
			c.Text = Visible(text)
			c.Width = widths.StringWidth(c.Text)
		}
		column += c.Width
		out = append(out, c)
	}
	return out
}

// Punctuation that Chinese typesetting keeps at the end, or the beginning, of what it belongs to.
const (
	noLineStart = "，。、；：？！）〕」』】》”’…—～％·)]},.;:?!%"
	noLineEnd   = "（〔「『【《“‘([{"
)

// Wrap breaks text into lines of at most width columns; words that are longer stand out.
func Wrap(text string, width int) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		lines = append(lines, wrapParagraph(paragraph, width)...)
	}
	return lines
}

func wrapParagraph(text string, width int) []string {
	var lines []string
	var line strings.Builder
	used, gap := 0, 0
	for _, c := range chunks(text) {
		if c.text == " " {
			gap = 1
			continue
		}
		if used > 0 && used+gap+c.width > width {
			lines = append(lines, line.String())
			line.Reset()
			used, gap = 0, 0
		}
		if used > 0 && gap > 0 {
			line.WriteByte(' ')
			used++
		}
		gap = 0
		line.WriteString(c.text)
		used += c.width
	}
	return append(lines, line.String())
}

// chunk is a piece of text that may not be broken, or a single space.
type chunk struct {
	text  string
	start int // where it begins in the text that is broken
	width int
	// word tells that the chunk ends in a character of a word, which goes on in the next one.
	word bool
}

func chunks(text string) []chunk {
	var out []chunk
	open := false // whether the last chunk takes whatever comes next
	closing := -1 // the backtick that ends the piece of code
	code := -1    // the same, for code that must stay on one line
	for g := graphemes.FromString(text); g.Next(); {
		t := g.Value()
		width := Width(t)
		last := len(out) - 1
		// A long word grows by many characters: it stays a part of the text, and is not copied for each of them.
		grow := func(by int) {
			out[last].text = text[out[last].start:g.End()]
			out[last].width += by
		}
		if t == "`" && g.Start() > closing {
			closing = codeEnd(text, g.Start())
			if closing-g.Start() <= maxCode {
				code = closing
			}
		}
		switch {
		case t == " " && g.Start() < code && last >= 0:
			grow(1)
			continue
		case t == " ":
			if last >= 0 && out[last].text != " " {
				out = append(out, chunk{text: " "})
			}
			open = false
			continue
		case last >= 0 && out[last].text != " " && (open || strings.Contains(noLineStart, t) || width < 2 && out[last].word):
			grow(width)
			out[last].word = width < 2
		default:
			out = append(out, chunk{text: t, start: g.Start(), width: width, word: width < 2})
		}
		open = strings.Contains(noLineEnd, t)
	}
	return out
}

// maxCode is how long a piece of code may be that is kept on one line.
const maxCode = 48

// codeEnd is the offset of the backtick that closes the one at start, or start when none does.
func codeEnd(text string, start int) int {
	return start + 1 + strings.IndexByte(text[start+1:], '`')
}

// Pad fills text with spaces up to width columns.
func Pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-Width(text)))
}

// Width is how many columns text takes.
func Width(text string) int { return widths.StringWidth(text) }
