package report

// A picture for narrow screens: one box under the other, and what leaves the path set in.

import (
	"fmt"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// Sizes of stacked pictures. The narrowest screens in use leave some 310 pixels.
const (
	stackedWidth   = 252
	stackedColumns = 31
	stackedIndent  = 34
	stackedStem    = 18 // from a box's left side to the line under it
	stackedBeside  = 12 // to the lines that go around boxes
)

// stack lays a picture out in one column.
func stack(p *Picture, links []string, l lang.Lang) svgPicture {
	boxes := make([]svgBox, len(p.Nodes))
	place := make([]int, len(p.Nodes))
	y := pictureEdge
	for i, node := range stackedOrder(p) {
		b := p.box(p.Nodes[node], links[node], l, stackedWidth, stackedColumns)
		b.move(pictureEdge+p.Nodes[node].Column*stackedIndent, y)
		boxes[node], place[node] = b, i
		y += b.Height + rowGap
	}
	out := svgPicture{Width: 2*pictureEdge + stackedIndent + stackedWidth, Height: y - rowGap + pictureEdge, Boxes: boxes}
	right := pictureEdge + stackedIndent + stackedWidth + stackedBeside
	for _, e := range p.Edges {
		from, to := &p.Nodes[e.From], &p.Nodes[e.To]
		a, b := boxes[e.From], boxes[e.To]
		var d string
		switch {
		case to.Column > from.Column, to.Column == from.Column && !e.PassesBy:
			d = stem(a, b)
		case from.Column > to.Column && place[e.To] == place[e.From]+1:
			x, y := b.X+stackedWidth+stackedBeside, b.Y+b.Height/2
			d = fmt.Sprintf("M%d %d V%d %s", x, a.Y+a.Height, y-corner, into(x, y, b.X+stackedWidth))
		default:
			out.Width = max(out.Width, right+pictureEdge)
			ay, by := a.Y+a.Height/2, b.Y+b.Height/2+8
			d = fmt.Sprintf("M%d %d H%d Q%d %d %d %d V%d %s", a.X+stackedWidth, ay, right-corner, right, ay, right, ay+corner, by-corner, into(right, by, b.X+stackedWidth))
		}
		out.Paths = append(out.Paths, p.path(e, d))
	}
	return out
}

// stem goes down from a box near its left side: straight to one below, or around the corner to one that is set in.
func stem(a, b svgBox) string {
	x := a.X + stackedStem
	if a.X == b.X {
		return fmt.Sprintf("M%d %d V%d", x, a.Y+a.Height, b.Y-arrowTip)
	}
	y := b.Y + b.Height/2
	return fmt.Sprintf("M%d %d V%d Q%d %d %d %d H%d", x, a.Y+a.Height, y-corner, x, y, x+corner, y, b.X-arrowTip)
}

// into goes around the corner into a box's right side.
func into(x, y, side int) string {
	return fmt.Sprintf("Q%d %d %d %d H%d", x, y, x-corner, y, side+arrowTip)
}

// stackedOrder is the nodes by their places: each path that leaves follows what it leaves from.
func stackedOrder(p *Picture) []int {
	into := make([][]int, len(p.Nodes))
	for _, e := range p.Edges {
		into[e.To] = append(into[e.To], e.From)
	}
	placed := make([]bool, len(p.Nodes))
	var order []int
	put := func(node int) {
		placed[node] = true
		order = append(order, node)
	}
	left := func(node int) bool { // to be placed now: it begins beside the first one, or comes from one that is there
		if p.Nodes[node].Column == 0 || placed[node] {
			return false
		}
		for _, from := range into[node] {
			if !placed[from] {
				return false
			}
		}
		return true
	}
	for row := range p.rows() {
		for node := range p.Nodes {
			if p.Nodes[node].Column != 0 || p.Nodes[node].Row != row {
				continue
			}
			put(node)
			for again := true; again; {
				again = false
				for side := range p.Nodes {
					if left(side) {
						put(side)
						again = true
					}
				}
			}
		}
	}
	for node := range p.Nodes {
		if !placed[node] {
			put(node)
		}
	}
	return order
}
