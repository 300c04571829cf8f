package wxml

// The scanner: one pass from the first byte to the last, with a stack of open elements.

import "bytes"

type parser struct {
	text []byte
	doc  *Document
	opts Options
	open []int // indices of the open elements
	// count is how many open elements there are of each name, so that an end tag
	// without a start tag costs nothing.
	count map[string]int
	// braceless is the offset from which on there is no "}}", so that looking for
	// it again and again stays cheap.
	braceless int
}

// Parse reads text.
func Parse(text []byte, opts Options) *Document {
	p := &parser{text: text, doc: &Document{}, opts: opts, count: map[string]int{}, braceless: len(text)}
	p.run()
	return p.doc
}

func (p *parser) run() {
	i := 0
	for i < len(p.text) {
		i = p.textEnd(i)
		if i >= len(p.text) {
			break
		}
		switch next := p.peek(i + 1); {
		case bytes.HasPrefix(p.text[i:], []byte("<!--")):
			i = p.comment(i)
		case next == '!' || next == '?':
			i = p.after(i, '>')
		case next == '/':
			i = p.endTag(i)
		case isNameStart(next):
			i = p.startTag(i)
		default:
			i++
		}
	}
	for _, n := range p.open {
		p.fault(p.doc.Elements[n].NameAt.Start, "<"+p.doc.Elements[n].Name+"> has no end")
	}
	for len(p.open) > 0 {
		p.pop(len(p.text))
	}
}

func (p *parser) peek(i int) byte {
	if i < len(p.text) {
		return p.text[i]
	}
	return 0
}

func (p *parser) fault(at int, why string) {
	p.doc.Faults = append(p.doc.Faults, Fault{At: at, Why: why})
}

// textEnd returns where the next '<' outside {{ }} stands.
func (p *parser) textEnd(i int) int {
	for i < len(p.text) {
		n := bytes.IndexAny(p.text[i:], "<{")
		if n < 0 {
			return len(p.text)
		}
		i += n
		if p.text[i] == '<' {
			return i
		}
		if p.peek(i+1) != '{' {
			i++
			continue
		}
		end := p.bracesEnd(i)
		if end < 0 {
			// No }} follows anywhere: these braces are text.
			n := bytes.IndexByte(p.text[i:], '<')
			if n < 0 {
				return len(p.text)
			}
			return i + n
		}
		i = end
	}
	return i
}

// bracesEnd returns the offset after the }} that closes the {{ at i, or -1.
func (p *parser) bracesEnd(i int) int {
	if i+2 >= p.braceless {
		return -1
	}
	n := bytes.Index(p.text[i+2:], []byte("}}"))
	if n < 0 {
		p.braceless = i + 2
		return -1
	}
	return i + 2 + n + 2
}

func (p *parser) comment(i int) int {
	end := bytes.Index(p.text[i+4:], []byte("-->"))
	if end < 0 {
		p.fault(i, "the comment has no end")
		p.doc.Comments = append(p.doc.Comments, Range{i, len(p.text)})
		return len(p.text)
	}
	p.doc.Comments = append(p.doc.Comments, Range{i, i + 4 + end + 3})
	return i + 4 + end + 3
}

// after returns the offset after the next c.
func (p *parser) after(i int, c byte) int {
	n := bytes.IndexByte(p.text[i:], c)
	if n < 0 {
		return len(p.text)
	}
	return i + n + 1
}

func (p *parser) nameEnd(i int) int {
	for i < len(p.text) {
		switch c := p.text[i]; {
		case isSpace(c), c == '>', c == '/', c == '<', c == '=':
			return i
		}
		i++
	}
	return i
}

func (p *parser) endTag(i int) int {
	end := p.nameEnd(i + 2)
	name := string(p.text[i+2 : end])
	next := p.after(end, '>')
	if p.count[name] == 0 {
		if !(p.opts.HTML && void[name]) {
			p.fault(i, "</"+name+"> ends nothing")
		}
		return next
	}
	for {
		top := p.open[len(p.open)-1]
		found := p.doc.Elements[top].Name == name
		if !found {
			p.fault(p.doc.Elements[top].NameAt.Start, "<"+p.doc.Elements[top].Name+"> has no end")
		}
		p.pop(i)
		if found {
			return next
		}
	}
}

// pop closes the innermost element, whose content ends at end.
func (p *parser) pop(end int) {
	top := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	e := &p.doc.Elements[top]
	p.count[e.Name]--
	e.Inner.End = max(end, e.Inner.Start)
	e.Next = len(p.doc.Elements)
}

func (p *parser) startTag(i int) int {
	end := p.nameEnd(i + 1)
	e := Element{Name: string(p.text[i+1 : end]), NameAt: Range{i + 1, end}, Parent: -1}
	if n := len(p.open); n > 0 {
		e.Parent = p.open[n-1]
	}
	i, closed := p.attributes(&e, end)
	e.Inner = Range{i, i}
	e.Next = len(p.doc.Elements) + 1
	p.doc.Elements = append(p.doc.Elements, e)
	if closed || p.opts.HTML && void[e.Name] {
		return i
	}
	if raw[e.Name] {
		return p.rawContent(len(p.doc.Elements)-1, i)
	}
	p.open = append(p.open, len(p.doc.Elements)-1)
	p.count[e.Name]++
	return i
}

// rawContent passes over content that is no markup, and the end tag.
func (p *parser) rawContent(n, i int) int {
	e := &p.doc.Elements[n]
	end := bytes.Index(p.text[i:], []byte("</"+e.Name))
	if end < 0 {
		p.fault(e.NameAt.Start, "<"+e.Name+"> has no end")
		e.Inner.End = len(p.text)
		return len(p.text)
	}
	e.Inner.End = i + end
	return p.after(i+end, '>')
}

// attributes reads up to the end of the start tag, and tells whether that is "/>".
func (p *parser) attributes(e *Element, i int) (next int, closed bool) {
	for i < len(p.text) {
		switch c := p.text[i]; {
		case isSpace(c):
			i++
		case c == '>':
			return i + 1, false
		case c == '/':
			i++
			if p.peek(i) == '>' {
				return i + 1, true
			}
		case c == '<':
			// A tag that was never finished: what follows is a tag of its own.
			p.fault(e.NameAt.Start, "<"+e.Name+" is not finished")
			return i, false
		default:
			i = p.attribute(e, i)
		}
	}
	p.fault(e.NameAt.Start, "<"+e.Name+" is not finished")
	return i, true
}

func (p *parser) attribute(e *Element, i int) int {
	end := i + 1 // whatever stands there is part of a name, so that every step gets on
	for end < len(p.text) {
		c := p.text[end]
		if isSpace(c) || c == '=' || c == '>' || c == '<' || c == '/' && p.peek(end+1) == '>' {
			break
		}
		end++
	}
	a := Attr{Name: string(p.text[i:end]), NameAt: Range{i, end}}
	i = end
	for i < len(p.text) && isSpace(p.text[i]) {
		i++
	}
	if p.peek(i) != '=' {
		e.Attrs = append(e.Attrs, a)
		return end
	}
	for i++; i < len(p.text) && isSpace(p.text[i]); i++ {
	}
	a.HasValue = true
	a.ValueAt, i = p.value(i)
	a.Value = string(p.text[a.ValueAt.Start:a.ValueAt.End])
	e.Attrs = append(e.Attrs, a)
	return i
}

// value returns the place of the value that begins at i, without quotes, and the offset after it.
func (p *parser) value(i int) (Range, int) {
	quote := p.peek(i)
	if quote == '"' || quote == '\'' {
		n := bytes.IndexByte(p.text[i+1:], quote)
		if n < 0 {
			p.fault(i, "the value has no closing quote")
			return Range{i + 1, len(p.text)}, len(p.text)
		}
		return Range{i + 1, i + 1 + n}, i + 1 + n + 1
	}
	end := i
	if bytes.HasPrefix(p.text[i:], []byte("{{")) {
		end = max(end, p.bracesEnd(i))
	}
	for end < len(p.text) && !isSpace(p.text[end]) && p.text[end] != '>' && p.text[end] != '<' {
		if p.text[end] == '/' && p.peek(end+1) == '>' {
			break
		}
		end++
	}
	return Range{i, end}, end
}
