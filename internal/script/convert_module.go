package script

// Imports and exports: from the parser's tree to this package's. The parser tells
// the names but not their places, which are read from the tokens.

import (
	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/file"
)

// clause is what the tokens of an import or export say about places, as
// indexes of the parsed text's tokens.
type clause struct {
	first      int      // the word import or export
	head       int      // the name of a default import
	star       [2]int   // * as ns
	specifiers [][2]int // a as b
	from       int      // the module's string; -1 when there is none
}

// clauseAt reads the tokens of the import or export that starts at offset in the parsed text.
func (c *converter) clauseAt(offset int) clause {
	x := c.parsed
	k := clause{first: x.tokenAt(offset), head: -1, star: [2]int{-1, -1}, from: -1}
	i := k.first + 1
	for i < len(x.tokens) {
		t := x.tokens[i]
		switch text := x.textOf(i); {
		case t.kind == tokString:
			k.from = i
			return k
		case text == "*":
			k.star = [2]int{i, i}
			if i+2 < len(x.tokens) && x.textOf(i+1) == "as" {
				k.star[1] = i + 2
				i += 2
			}
		case text == "{":
			i = c.specifiers(&k, i)
			if i+1 >= len(x.tokens) || x.textOf(i+1) != "from" {
				return k
			}
		case text == "from" && k.head >= 0, text == ",", text == "from" && (k.star[0] >= 0 || k.specifiers != nil):
		case t.kind == tokName && k.head < 0 && k.star[0] < 0:
			k.head = i
		default:
			return k
		}
		i++
	}
	return k
}

// specifiers reads { a, b as c } and returns the index of its closing brace.
func (c *converter) specifiers(k *clause, open int) int {
	x := c.parsed
	start := -1
	for i := open + 1; i < len(x.tokens); i++ {
		switch x.textOf(i) {
		case ",", "}":
			if start >= 0 {
				k.specifiers = append(k.specifiers, [2]int{start, i - 1})
				start = -1
			}
			if x.textOf(i) == "}" {
				return i
			}
		default:
			if start < 0 {
				start = i
			}
		}
	}
	return len(x.tokens) - 1
}

// range returns the original place of the parsed text's tokens from first to last.
func (c *converter) tokensLoc(between [2]int) Loc {
	if between[0] < 0 || between[1] >= len(c.parsed.tokens) {
		return Loc{}
	}
	first := c.tokenLoc(int(c.parsed.tokens[between[0]].start))
	last := c.tokenLoc(int(c.parsed.tokens[between[1]].start))
	return Loc{first.Start, last.End}.forwards()
}

// specifierLoc returns the place of the n-th specifier.
func (c *converter) specifierLoc(k clause, n int) Loc {
	if n >= len(k.specifiers) {
		return c.tokensLoc([2]int{k.first, k.first})
	}
	return c.tokensLoc(k.specifiers[n])
}

func (c *converter) importDecl(d *ast.ImportDeclaration) Stmt {
	k := c.clauseAt(c.offset(d.Idx))
	n := &Import{From: c.word(d.ModuleSpecifier)}
	if d.FromClause != nil {
		n.From = c.word(d.FromClause.ModuleSpecifier)
	}
	if k.from < 0 {
		c.fail(c.at(c.offset(d.Idx)), "An import without a module")
		return n
	}
	n.FromLoc = c.tokensLoc([2]int{k.from, k.from})
	n.Loc = Loc{c.at(c.offset(d.Idx)), c.semicolon(n.FromLoc.End)}.forwards()
	if d.ImportClause == nil {
		return n
	}
	if b := d.ImportClause.ImportedDefaultBinding; b != nil {
		id := c.ident(b.Idx, b.Name)
		n.Names = append(n.Names, ImportName{id.Loc, "default", id.Name})
	}
	if s := d.ImportClause.NameSpaceImport; s != nil {
		n.Names = append(n.Names, ImportName{c.tokensLoc(k.star), "*", c.base(c.word(s.ImportedBinding))})
	}
	if list := d.ImportClause.NamedImports; list != nil {
		for i, s := range list.ImportsList {
			local := s.Alias
			if local == "" {
				local = s.IdentifierName
			}
			n.Names = append(n.Names, ImportName{c.specifierLoc(k, i), c.word(s.IdentifierName), c.base(c.word(local))})
		}
	}
	return n
}

func (c *converter) exportDecl(d *ast.ExportDeclaration) Stmt {
	offset := c.offset(d.Idx)
	at := c.exportWord(d)
	n := &Export{}
	switch {
	case d.Variable != nil:
		n.Decl = c.stmt(d.Variable)
	case d.LexicalDeclaration != nil:
		n.Decl = c.stmt(d.LexicalDeclaration)
	case d.ClassDeclaration != nil:
		class := c.class(d.ClassDeclaration.Class)
		if d.IsDefault {
			n.Default = class
		} else {
			n.Decl = &ClassDecl{class.Loc, class}
		}
	case d.HoistableDeclaration != nil:
		c.exportFunction(n, d)
	case d.AssignExpression != nil:
		n.Default = c.expr(d.AssignExpression)
	default:
		c.exportNames(n, d, at)
		return n
	}
	end := at.End
	if n.Decl != nil {
		end = n.Decl.Range().End
	} else if n.Default != nil {
		end = c.outer(n.Default.Range()).End
		if d.AssignExpression != nil {
			end = c.semicolon(end)
		}
	}
	if n.Decl == nil && n.Default == nil {
		c.fail(c.at(offset), "An export that is not understood")
	}
	n.Loc = Loc{at.Start, end}.forwards()
	return n
}

// exportWord returns the place of export. The compiler tells that of what is declared.
func (c *converter) exportWord(d *ast.ExportDeclaration) Loc {
	at := c.literal(d.Idx, "export")
	if c.m == nil {
		return at
	}
	x := c.original
	for i := x.tokenAt(at.Start); i >= 0 && i < len(x.tokens); i-- {
		switch x.textOf(i) {
		case "export":
			return Loc{int(x.tokens[i].start), int(x.tokens[i].end)}
		case "default", "async", "abstract", "function", "class", "const", "let", "var", "enum", "namespace", "module", "declare":
			continue
		}
		break
	}
	return at
}

// exportFunction converts an exported function, whose text the parser lets begin at export.
func (c *converter) exportFunction(n *Export, d *ast.ExportDeclaration) {
	decl := d.HoistableDeclaration.FunctionDeclaration
	if decl == nil || decl.Function == nil {
		return
	}
	x := c.parsed
	i := x.tokenAt(c.offset(d.Idx)) + 1
	if d.IsDefault {
		i++
	}
	f := decl.Function
	idx := f.Function
	if i < len(x.tokens) {
		idx = file.Idx(int(x.tokens[i].start) + c.shift + 1)
	}
	unnamed := d.IsDefault && f.Name != nil && f.Name.Name.String() == "default"
	name := f.Name
	if unnamed {
		f.Name = nil
	}
	fn := c.function(f, idx)
	f.Name = name
	if d.IsDefault {
		n.Default = fn
	} else {
		n.Decl = &FuncDecl{fn.Loc, fn}
	}
}

// exportNames converts export { } and export *.
func (c *converter) exportNames(n *Export, d *ast.ExportDeclaration, at Loc) {
	k := c.clauseAt(c.offset(d.Idx))
	if d.FromClause != nil {
		n.From = c.word(d.FromClause.ModuleSpecifier)
		if k.from >= 0 {
			n.FromLoc = c.tokensLoc([2]int{k.from, k.from})
		}
	}
	names := d.NamedExports
	if f := d.ExportFromClause; f != nil {
		if f.IsWildcard {
			n.Star = true
			if f.Alias != "" {
				n.Names = append(n.Names, ExportName{c.tokensLoc(k.star), "*", c.word(f.Alias)})
			}
		} else {
			names = f.NamedExports
		}
	}
	end := at.End
	if names != nil {
		for i, s := range names.ExportsList {
			local, exported := c.word(s.IdentifierName), c.word(s.Alias)
			if exported == "" {
				exported = local
			}
			if d.FromClause == nil {
				local = c.base(local)
			}
			n.Names = append(n.Names, ExportName{c.specifierLoc(k, i), local, exported})
		}
		if open := c.original.after(at.End); open < len(c.original.text) && c.original.text[open] == '{' {
			if i := c.original.tokenAt(open); i < len(c.original.tokens) && c.original.tokens[i].match >= 0 {
				end = int(c.original.tokens[c.original.tokens[i].match].end)
			}
		}
	}
	if n.FromLoc.End > end {
		end = n.FromLoc.End
	}
	n.Loc = Loc{at.Start, c.semicolon(end)}.forwards()
}
