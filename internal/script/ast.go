// Package script turns JavaScript, TypeScript and JSX into one small syntax
// tree whose nodes keep their exact place in the original file. Which parser does
// the work is known inside this package only.
package script

import (
	"math/big"

	"github.com/voipcheck/voipcheck/internal/source"
)

// Loc is the byte range of a node in the original text: [Start, End). A node
// that a compiler step invented has the range of what it was made from.
type Loc struct {
	Start, End int
}

// Range returns the node's place.
func (l Loc) Range() Loc { return l }

// Node is any part of the tree.
type Node interface{ Range() Loc }

// Expr is an expression, or a pattern where something is assigned or bound: Ident,
// Member, Index, ArrayLit, ObjectLit and Assign (a default) serve as patterns.
type Expr interface {
	Node
	expr()
}

// Stmt is a statement.
type Stmt interface {
	Node
	stmt()
}

// Program is one parsed file.
type Program struct {
	File     *source.File
	Module   bool // has import or export declarations
	Body     []Stmt
	Comments []Comment
}

// Span returns the place of n in the program's file.
func (p *Program) Span(n Node) source.Span {
	r := n.Range()
	return source.Span{File: p.File, Start: r.Start, End: r.End}
}

// Comment is a comment with its delimiters cut from Text.
type Comment struct {
	Loc
	Text  string
	Block bool
}

// Expressions.
type (
	// Ident is a name: a variable, or undefined.
	Ident struct {
		Loc
		Name string
	}
	// String is a string literal, or a template without substitutions; Value is cooked.
	String struct {
		Loc
		Value string
	}
	// Number is a numeric literal. That of a BigInt is in BigInt, and Value the nearest number.
	Number struct {
		Loc
		Value  float64
		BigInt *big.Int // may be nil
	}
	// Bool is true or false, or !0 or !1.
	Bool struct {
		Loc
		Value bool
	}
	// Null is null.
	Null struct{ Loc }
	// RegExp is a regular expression literal.
	RegExp struct {
		Loc
		Pattern, Flags string
	}
	// Template is a template with substitutions; len(Quasis) == len(Exprs)+1. Tag may be nil; with a tag Raw are the quasis as
	// they are written.
	Template struct {
		Loc
		Tag    Expr
		Quasis []string
		Raw    []string
		Exprs  []Expr
	}
	// ArrayLit is an array literal or array pattern; a hole is nil, a rest is Spread.
	ArrayLit struct {
		Loc
		Elems []Expr
	}
	// ObjectLit is an object literal or object pattern.
	ObjectLit struct {
		Loc
		Props []*Property
	}
	// Func is any function: declaration, expression, arrow, method. Exactly one of
	// Body and Result is used: Result is the expression of a concise arrow.
	Func struct {
		Loc
		Name      *Ident // may be nil
		Params    []Expr // patterns; the last may be Spread
		Body      []Stmt
		Result    Expr
		Arrow     bool
		Async     bool
		Generator bool
	}
	// Class is a class declaration's or expression's value.
	Class struct {
		Loc
		Name    *Ident // may be nil
		Super   Expr   // may be nil
		Members []*ClassMember
		// Decorators are the expressions after the @ of what stands before the class.
		Decorators []Expr
	}
	// Member is x.name; NameLoc is the place of the name. A private name keeps its "#".
	Member struct {
		Loc
		Object   Expr
		Name     string
		NameLoc  Loc
		Optional bool // x?.name
	}
	// Index is x[i].
	Index struct {
		Loc
		Object, Key Expr
		Optional    bool
	}
	// Call is f(args); Callee may be Super.
	Call struct {
		Loc
		Callee   Expr
		Args     []Expr // may hold Spread
		Optional bool   // f?.()
	}
	// New is new F(args).
	New struct {
		Loc
		Callee Expr
		Args   []Expr
	}
	// Chain is the extent of an optional chain: where a ?. inside finds nothing, the whole is undefined.
	Chain struct {
		Loc
		X Expr
	}
	// Unary is a prefix operator: ! ~ + - typeof void delete.
	Unary struct {
		Loc
		Op string
		X  Expr
	}
	// Update is ++ or --.
	Update struct {
		Loc
		Op     string
		Prefix bool
		X      Expr
	}
	// Binary is every two-sided operator without short circuit, "in" and "instanceof" included.
	Binary struct {
		Loc
		Op   string
		L, R Expr
	}
	// Logical is && || ??.
	Logical struct {
		Loc
		Op   string
		L, R Expr
	}
	// Assign is = and the compound forms (Op "=", "+=", "&&=", ...). In a pattern it is a default.
	Assign struct {
		Loc
		Op     string
		Target Expr
		Value  Expr
	}
	// Cond is test ? then : else.
	Cond struct {
		Loc
		Test, Then, Else Expr
	}
	// Sequence is a, b, c.
	Sequence struct {
		Loc
		Exprs []Expr
	}
	// Spread is ...x, in calls, literals and (as rest) patterns and parameters.
	Spread struct {
		Loc
		X Expr
	}
	// Await is await x.
	Await struct {
		Loc
		X Expr
	}
	// Yield is yield x or yield* x; X may be nil.
	Yield struct {
		Loc
		X        Expr
		Delegate bool
	}
	// This is this.
	This struct{ Loc }
	// Super is super, in super(...) and super.x.
	Super struct{ Loc }
	// MetaProperty is import.meta or new.target.
	MetaProperty struct {
		Loc
		Name string
	}
	// ImportCall is import(x).
	ImportCall struct {
		Loc
		X Expr
	}
	// JSX is an element. A lower-case element's Type is a String, a fragment's nil. Props is nil, an
	// ObjectLit, or what spread attributes make of it.
	JSX struct {
		Loc
		Type     Expr
		Props    Expr
		Children []Expr
	}
)

// PropertyKind tells what a Property does.
type PropertyKind int

// The kinds of properties.
const (
	PropInit   PropertyKind = iota // key: value, shorthand, method
	PropGet                        // get key() {}
	PropSet                        // set key(v) {}
	PropSpread                     // ...value
)

// Property is one entry of an object literal or pattern. In a pattern Value is the
// target pattern (Ident, Assign for a default, ...), for shorthands too.
type Property struct {
	Loc
	Kind      PropertyKind
	Name      string // the key when it is static: identifier, string or number
	KeyLoc    Loc    // the place of the key as written (of the quotes too)
	Computed  Expr   // [key], when the key is not static
	Value     Expr
	Method    bool
	Shorthand bool
}

// ClassMember is a method, accessor, field or static block of a class.
type ClassMember struct {
	Loc
	Kind     PropertyKind // PropInit for methods and fields
	Static   bool
	Field    bool
	Name     string
	KeyLoc   Loc
	Computed Expr
	Value    Expr // Func for methods and static blocks; may be nil for fields
	Block    bool // static { }
	// Decorators are those of the member and of its parameters.
	Decorators []Expr
}

func (*Ident) expr()        {}
func (*String) expr()       {}
func (*Number) expr()       {}
func (*Bool) expr()         {}
func (*Null) expr()         {}
func (*RegExp) expr()       {}
func (*Template) expr()     {}
func (*ArrayLit) expr()     {}
func (*ObjectLit) expr()    {}
func (*Func) expr()         {}
func (*Class) expr()        {}
func (*Member) expr()       {}
func (*Index) expr()        {}
func (*Call) expr()         {}
func (*New) expr()          {}
func (*Chain) expr()        {}
func (*Unary) expr()        {}
func (*Update) expr()       {}
func (*Binary) expr()       {}
func (*Logical) expr()      {}
func (*Assign) expr()       {}
func (*Cond) expr()         {}
func (*Sequence) expr()     {}
func (*Spread) expr()       {}
func (*Await) expr()        {}
func (*Yield) expr()        {}
func (*This) expr()         {}
func (*Super) expr()        {}
func (*MetaProperty) expr() {}
func (*ImportCall) expr()   {}
func (*JSX) expr()          {}
