package report

// Where the parts of a picture stand on the page. Text cannot be measured without a browser, so that its width
// is taken from its columns, with room to spare.

import (
	"fmt"
	"path"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// Sizes in pixels, and of text in columns.
const (
	boxWidth    = 300
	boxColumns  = 37
	boxLines    = 3
	boxPadding  = 10
	lineHeight  = 18
	columnGap   = 64
	rowGap      = 26
	pictureEdge = 6  // around everything
	corner      = 10 // the radius of a line's corner
	arrowTip    = 4  // room for an arrow's head
)

// svgPicture is a picture with everything placed.
type svgPicture struct {
	Width, Height int
	Boxes         []svgBox
	Paths         []svgPath
}

type svgBox struct {
	Class, Link         string
	X, Y, Width, Height int
	Lines               []svgLine
	// Mark is put where the path goes wrong, or cannot be followed.
	Mark         string
	MarkX, MarkY int
}

type svgLine struct {
	Class, Text string
	X, Y        int
}

type svgPath struct{ Class, D, Marker string }

// layout lays a picture out. links are where each node leads to, "" for nowhere.
func layout(p *Picture, links []string, l lang.Lang) svgPicture {
	boxes := make([]svgBox, len(p.Nodes))
	rows := make([]int, p.rows())
	for i, n := range p.Nodes {
		boxes[i] = p.box(n, links[i], l, boxWidth, boxColumns)
		rows[n.Row] = max(rows[n.Row], boxes[i].Height)
	}
	tops, y := make([]int, len(rows)), pictureEdge
	for i, height := range rows {
		tops[i] = y
		y += height + rowGap
	}
	// A path that passes boxes by needs room beside them, even with nothing else there.
	out := svgPicture{Width: boxWidth + 2*pictureEdge, Height: y - rowGap + pictureEdge}
	for i, n := range p.Nodes {
		b := &boxes[i]
		b.move(pictureEdge+n.Column*(boxWidth+columnGap), tops[n.Row])
		out.Width = max(out.Width, b.X+boxWidth+pictureEdge)
	}
	for _, e := range p.Edges {
		if e.PassesBy {
			out.Width = max(out.Width, boxWidth+columnGap)
		}
		out.Paths = append(out.Paths, p.path(e, edge(&p.Nodes[e.From], &p.Nodes[e.To], boxes[e.From], boxes[e.To], e.PassesBy)))
	}
	out.Boxes = boxes
	return out
}

// rows counts the rows of the grid.
func (p *Picture) rows() int {
	n := 0
	for _, node := range p.Nodes {
		n = max(n, node.Row+1)
	}
	return n
}

// path is an edge along a line.
func (p *Picture) path(e PictureEdge, d string) svgPath {
	switch {
	case e.Lit && p.Verdict == PictureSound:
		return svgPath{"good", d, "good"}
	case e.Lit && p.Verdict == PictureUnknown:
		return svgPath{"unsure", d, "unsure"}
	case e.Lit:
		return svgPath{"bad", d, "bad"}
	}
	return svgPath{"", d, "dim"}
}

// move puts a box with its text in another place.
func (b *svgBox) move(x, y int) {
	b.X, b.Y = b.X+x, b.Y+y
	b.MarkX, b.MarkY = b.MarkX+x, b.MarkY+y
	for k := range b.Lines {
		b.Lines[k].X += x
		b.Lines[k].Y += y
	}
}

// mark is what stands where a path goes wrong.
func (p *Picture) mark() string {
	if p.Verdict == PictureUnknown {
		return "?"
	}
	return "✗"
}

// box is a node with its text, at the origin: so wide, and with so many columns of text.
func (p *Picture) box(n PictureNode, link string, l lang.Lang, width, columns int) svgBox {
	b := svgBox{Link: link, Width: width, Height: 2 * boxPadding, MarkX: width - 22, MarkY: 22}
	if n.Wrong {
		b.Mark = p.mark()
	}
	for _, c := range []struct {
		is   bool
		name string
	}{{n.Lit, "lit"}, {n.Wrong, "wrong"}, {n.Absent, "absent"}} {
		if c.is {
			b.Class += " " + c.name
		}
	}
	lines := terminal.Wrap(terminal.Visible(n.Message.In(l)), columns)
	if len(lines) > boxLines {
		lines = lines[:boxLines]
		lines[boxLines-1] += "…"
	}
	for i, line := range lines {
		if terminal.Width(line) > columns+1 {
			line = clip(line, columns)
		}
		b.Lines = append(b.Lines, svgLine{Text: line, X: boxPadding + 4, Y: boxPadding + i*lineHeight + 13})
		b.Height += lineHeight
	}
	if !n.At.IsZero() {
		at := n.At.From()
		where := clip(terminal.Visible(fmt.Sprintf("%s:%d", path.Base(ValidPath(n.At.File.Path)), at.Line)), columns+6)
		b.Lines = append(b.Lines, svgLine{Class: "at", Text: where, X: boxPadding + 4, Y: b.Height - boxPadding + 12})
		b.Height += lineHeight - 2
	}
	return b
}

// clip cuts text to a width.
func clip(text string, width int) string {
	used := 0
	for _, c := range terminal.Cells(text) {
		if used += c.Width; used > width-1 && c.At+len(c.Text) < len(text) {
			return text[:c.At] + "…"
		}
	}
	return text
}

// edge is the line from one box to another: straight down, across, or around a corner.
func edge(from, to *PictureNode, a, b svgBox, passesBy bool) string {
	const r = corner
	middle := func(x svgBox) (int, int) { return x.X + x.Width/2, x.Y + x.Height/2 }
	ax, ay := middle(a)
	bx, by := middle(b)
	const tip = arrowTip
	switch {
	case passesBy && from.Column > to.Column:
		// Above the middle, where paths may leave.
		x, y := a.X-columnGap/2, by-8
		return fmt.Sprintf("M%d %d H%d Q%d %d %d %d V%d Q%d %d %d %d H%d", a.X, ay, x+r, x, ay, x, ay+r, y-r, x, y, x-r, y, b.X+boxWidth+tip)
	case passesBy:
		x := a.X + boxWidth + columnGap/2
		return fmt.Sprintf("M%d %d H%d Q%d %d %d %d V%d Q%d %d %d %d H%d", a.X+boxWidth, ay, x-r, x, ay, x, ay+r, by-r, x, by, x-r, by, b.X+boxWidth+tip)
	case from.Column == to.Column:
		return fmt.Sprintf("M%d %d V%d", ax, a.Y+a.Height, b.Y-tip)
	case from.Row == to.Row && to.Column > from.Column:
		return fmt.Sprintf("M%d %d H%d", a.X+boxWidth, ay, b.X-tip)
	case to.Column > from.Column:
		return fmt.Sprintf("M%d %d H%d Q%d %d %d %d V%d", a.X+boxWidth, ay, bx-r, bx, ay, bx, ay+r, b.Y-tip)
	}
	return fmt.Sprintf("M%d %d V%d Q%d %d %d %d H%d", ax, a.Y+a.Height, by-r, ax, by, ax-r, by, b.X+boxWidth+tip)
}
