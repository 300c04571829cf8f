package pattern

import (
	"strings"
	"unicode"
)

var (
	digits = []span{{'0', '9'}}
	words  = []span{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}
	spaces = []span{{'\t', '\r'}, {' ', ' '}, {0xa0, 0xa0}, {0x1680, 0x1680}, {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}, {0xfeff, 0xfeff}}
)

// except is what a sorted list of ranges leaves out.
func except(ranges []span) []span {
	var out []span
	at := rune(0)
	for _, s := range ranges {
		if s.lo > at {
			out = append(out, span{at, s.lo - 1})
		}
		at = s.hi + 1
	}
	return append(out, span{at, unicode.MaxRune})
}

// escape reads what follows a backslash outside of a class.
func (p *parser) escape() (node, bool) {
	if p.at+1 >= len(p.src) {
		p.fail("\\ at end of pattern")
	}
	switch c := p.src[p.at+1]; {
	case c == 'b' || c == 'B':
		p.at += 2
		return assertion{byte(c)}, false
	case c >= '1' && c <= '9':
		start := p.at
		p.at++
		n := 0
		for p.more() && p.peek() >= '0' && p.peek() <= '9' && n < 10000 {
			n = n*10 + int(p.peek()-'0')
			p.at++
		}
		if n <= p.total {
			return backref{index: n}, true
		}
		if p.unicode {
			p.fail("Invalid escape")
		}
		p.at = start
	case c == 'k' && (p.named || p.unicode):
		p.at += 2
		if !p.eat("<") {
			p.fail("Invalid named reference")
		}
		return backref{name: p.groupName()}, true
	}
	if c := p.classEscape(); c != nil {
		return set{c}, true
	}
	return char{p.charEscape(false)}, true
}

// classEscape reads \d and the like; nil if there is none.
func (p *parser) classEscape() *class {
	c := p.src[p.at+1]
	switch c {
	case 'd', 'w', 's', 'D', 'W', 'S':
		p.at += 2
		ranges := map[rune][]span{'d': digits, 'w': words, 's': spaces}[unicode.ToLower(c)]
		if c == 'w' && p.unicode && p.ignoreCase {
			ranges = append(append([]span(nil), words...), span{0x17f, 0x17f}, span{0x212a, 0x212a})
		}
		if unicode.IsUpper(c) {
			ranges = except(ranges)
		}
		return &class{ranges: ranges}
	case 'p', 'P':
		if p.unicode {
			return p.property()
		}
	}
	return nil
}

// property reads \p{...}.
func (p *parser) property() *class {
	not := p.src[p.at+1] == 'P'
	p.at += 2
	if !p.eat("{") {
		p.fail("Invalid property name")
	}
	start := p.at
	for p.more() && p.peek() != '}' {
		p.at++
	}
	name := string(p.src[start:p.at])
	if !p.eat("}") {
		p.fail("Invalid property name")
	}
	table := propertyTable(name)
	if table == nil {
		if !validProperty(name) {
			p.fail("Invalid property name")
		}
		panic(ErrOpen)
	}
	if not {
		return &class{nots: []*unicode.RangeTable{table}}
	}
	return &class{tables: []*unicode.RangeTable{table}}
}

// otherProperties are those that are not computed.
const otherProperties = " ASCII ASCII_Hex_Digit AHex Alphabetic Alpha Any Assigned Bidi_Control Bidi_C Bidi_Mirrored Bidi_M Case_Ignorable CI Cased " +
	"Changes_When_Casefolded CWCF Changes_When_Casemapped CWCM Changes_When_Lowercased CWL Changes_When_NFKC_Casefolded CWKCF Changes_When_Titlecased CWT " +
	"Changes_When_Uppercased CWU Default_Ignorable_Code_Point DI Deprecated Dep Diacritic Dia Emoji Emoji_Component EComp Emoji_Modifier EMod Emoji_Modifier_Base EBase " +
	"Emoji_Presentation EPres Extended_Pictographic ExtPict Extender Ext Grapheme_Base Gr_Base Grapheme_Extend Gr_Ext Hex ID_Continue IDC ID_Start IDS " +
	"Ideo IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST Join_Control Join_C Logical_Order_Exception LOE Lowercase Lower Math Noncharacter_Code_Point NChar " +
	"Pattern_Syntax Pat_Syn Pattern_White_Space Pat_WS Quotation_Mark QMark Radical Regional_Indicator RI Sentence_Terminal STerm Soft_Dotted SD " +
	"Terminal_Punctuation Term Unified_Ideograph UIdeo Uppercase Upper Variation_Selector VS space XID_Continue XIDC XID_Start XIDS " +
	"Cased_Letter LC Titlecase_Letter Modifier_Letter Other_Letter Nonspacing_Mark Spacing_Mark Enclosing_Mark digit Letter_Number Other_Number Connector_Punctuation " +
	"Dash_Punctuation Open_Punctuation Close_Punctuation Initial_Punctuation Final_Punctuation Other_Punctuation punct Math_Symbol Currency_Symbol Modifier_Symbol " +
	"Other_Symbol Space_Separator Line_Separator Paragraph_Separator Control cntrl Format Surrogate Private_Use Unassigned Cn Combining_Mark "

// validProperty reports whether a property exists that is not computed.
func validProperty(name string) bool {
	key, v, found := strings.Cut(name, "=")
	if !found {
		return strings.Contains(otherProperties, " "+name+" ")
	}
	switch key {
	case "Script_Extensions", "scx", "Script", "sc":
		return unicode.Scripts[v] != nil || len(v) == 4
	case "General_Category", "gc":
		return strings.Contains(otherProperties, " "+v+" ") || propertyTable(v) != nil
	}
	return false
}

func propertyTable(name string) *unicode.RangeTable {
	key, v, found := strings.Cut(name, "=")
	switch {
	case !found:
		if t := unicode.Categories[name]; t != nil {
			return t
		}
		if long := map[string]string{"Letter": "L", "Lowercase_Letter": "Ll", "Uppercase_Letter": "Lu", "Number": "N", "Decimal_Number": "Nd", "Punctuation": "P", "Symbol": "S", "Separator": "Z", "Mark": "M", "Other": "C"}[name]; long != "" {
			return unicode.Categories[long]
		}
		if name == "White_Space" || name == "Ideographic" || name == "Dash" || name == "Hex_Digit" {
			return unicode.Properties[name]
		}
	case key == "Script" || key == "sc":
		return unicode.Scripts[v]
	case key == "General_Category" || key == "gc":
		return unicode.Categories[v]
	}
	return nil
}

// charEscape reads an escaped character.
func (p *parser) charEscape(inClass bool) rune {
	p.at++
	if !p.more() {
		p.fail("\\ at end of pattern")
	}
	c := p.src[p.at]
	p.at++
	if r, ok := map[rune]rune{'t': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r'}[c]; ok {
		return r
	}
	switch {
	case c == 'b' && inClass:
		return '\b'
	case c == 'c':
		if l := p.peek(); l >= 'a' && l <= 'z' || l >= 'A' && l <= 'Z' || inClass && !p.unicode && (l >= '0' && l <= '9' || l == '_') {
			p.at++
			return l & 31
		}
		if p.unicode {
			p.fail("Invalid unicode escape")
		}
		p.at--
		return '\\'
	case c == 'x':
		if n, ok := p.hex(2); ok {
			return n
		}
	case c == 'u':
		if n, ok := p.unicodeEscape(); ok {
			return n
		}
	case c == '0' && (!p.more() || p.peek() < '0' || p.peek() > '9'):
		return 0
	case c >= '0' && c <= '7' && !p.unicode:
		n := c - '0'
		for k := 0; k < 2 && p.peek() >= '0' && p.peek() <= '7' && n*8+p.peek()-'0' <= 0377; k++ {
			n = n*8 + p.peek() - '0'
			p.at++
		}
		return n
	}
	if p.unicode && !strings.ContainsRune("^$\\.*+?()[]{}|/", c) && !(inClass && c == '-') {
		p.fail("Invalid escape")
	}
	return c
}

func (p *parser) hex(n int) (rune, bool) {
	start, out := p.at, rune(0)
	for range n {
		d := strings.IndexRune("0123456789abcdef", unicode.ToLower(p.peek()))
		if d < 0 || !p.more() {
			p.at = start
			return 0, false
		}
		out = out*16 + rune(d)
		p.at++
	}
	return out, true
}

func (p *parser) unicodeEscape() (rune, bool) {
	if p.unicode && p.eat("{") {
		n := rune(0)
		any := false
		for p.more() && p.peek() != '}' {
			d := strings.IndexRune("0123456789abcdef", unicode.ToLower(p.peek()))
			if d < 0 || n > unicode.MaxRune {
				p.fail("Invalid Unicode escape")
			}
			n = n*16 + rune(d)
			any = true
			p.at++
		}
		if !p.eat("}") || !any || n > unicode.MaxRune {
			p.fail("Invalid Unicode escape")
		}
		return n, true
	}
	n, ok := p.hex(4)
	if !ok {
		return 0, false
	}
	if p.unicode && n >= 0xd800 && n < 0xdc00 {
		start := p.at
		if p.eat("\\u") {
			if low, ok := p.hex(4); ok && low >= 0xdc00 && low < 0xe000 {
				return 0x10000 + (n-0xd800)<<10 + low - 0xdc00, true
			}
		}
		p.at = start
	}
	return n, true
}

// class reads a class in brackets.
func (p *parser) class() *class {
	p.at++
	out := &class{not: p.eat("^")}
	for {
		if !p.more() {
			p.fail("Unterminated character class")
		}
		if p.eat("]") {
			return out
		}
		lo, isClass := p.classAtom(out)
		if p.peek() != '-' || p.at+1 >= len(p.src) || p.src[p.at+1] == ']' {
			if !isClass {
				out.ranges = append(out.ranges, span{lo, lo})
			}
			continue
		}
		p.at++
		hi, alsoClass := p.classAtom(out)
		if isClass || alsoClass {
			if p.unicode {
				p.fail("Invalid character class")
			}
			out.ranges = append(out.ranges, span{'-', '-'})
			for n, r := range []rune{lo, hi} {
				if n == 0 && !isClass || n == 1 && !alsoClass {
					out.ranges = append(out.ranges, span{r, r})
				}
			}
			continue
		}
		if hi < lo {
			p.fail("Range out of order in character class")
		}
		out.ranges = append(out.ranges, span{lo, hi})
	}
}

// classAtom reads a character of a class, or adds the class that is written there.
func (p *parser) classAtom(to *class) (r rune, isClass bool) {
	if p.peek() != '\\' {
		r = p.src[p.at]
		p.at++
		return r, false
	}
	if p.at+1 >= len(p.src) {
		p.fail("\\ at end of pattern")
	}
	if c := p.classEscape(); c != nil {
		to.ranges = append(to.ranges, c.ranges...)
		to.tables = append(to.tables, c.tables...)
		to.nots = append(to.nots, c.nots...)
		return 0, true
	}
	return p.charEscape(true), false
}

// has reports whether a character is in the class, before ^ is considered.
func (c *class) has(r rune) bool {
	for _, s := range c.ranges {
		if s.lo <= r && r <= s.hi {
			return true
		}
	}
	for _, t := range c.tables {
		if unicode.Is(t, r) {
			return true
		}
	}
	for _, t := range c.nots {
		if !unicode.Is(t, r) {
			return true
		}
	}
	return false
}
