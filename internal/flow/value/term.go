package value

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/source"
)

// Term is what an open value is. Terms are made by a [Table], so that the same is the same pointer: a value that is tested
// twice is found the same both times.
type Term struct {
	// Op says how it came about: "input", "given-up", "get" (property Name of Parent), "call", an operator.
	Op string
	// Name tells where input comes from, what was given up, or the property.
	Name string
	At   source.Span
	// Parent is what it was made from, Args are further values.
	Parent *Term
	Args   []Value
	// Cause is why it was given up; nil for input. What is made from something that was given up has its cause.
	Cause *Cause
	// Type is what typeof says of it, "" where that is open too.
	Type string
	// Prefix is how a string begins; Lacks is a text that does not occur in it, "" for none.
	Prefix, Lacks string
	// Loose tells that it is not one value but stands for any number of them, those that merged paths or earlier turns brought: what a test finds of
	// it says nothing of the next test, and it need not equal itself. What is made from it is loose too.
	Loose bool

	// Guard is what is the case where it is found to be true, or of a number to be the index of something; nil for nothing that it tells.
	Guard *Root

	ctx *Ctx
	id  int
}

// Ctx is where it came about; nil for what is the same wherever it does.
func (t *Term) Ctx() *Ctx { return t.ctx }

// Cause is why something is not known. It is never empty.
type Cause struct {
	// Bound is the row of the table of bounds that was met, "" where it was the code.
	Bound string
	// Kind tells sorts of causes apart that the program which is followed knows, "" for the usual one.
	Kind string
	// Name names what was not followed: a function, a package, a field. At is its place.
	Name string
	At   source.Span
	// Broken is the file that was not followed because it cannot be parsed, nil for none.
	Broken *source.File
	// May are the facts that it could have established: opaque here.
	May uint32
}

// Nothing is the Op of what is found where nothing was put: it counts as false, but its text may be one that somebody else put there.
const Nothing = "nothing"

// Truthy tells whether the value is certainly true or false by its type.
func (t *Term) Truthy() (truth, known bool) {
	if t.Op == Nothing {
		return false, true
	}
	switch t.Type {
	case "object", "function", "symbol":
		return true, true
	case "undefined":
		return false, true
	case "string":
		if t.Prefix != "" {
			return true, true
		}
	}
	return false, false
}

// Root is where merged paths, or other entry points, brought several values. N is how many.
type Root struct {
	N int
	// Implied are the facts that hold where alternative i is the value, opaque here; empty where none do.
	Implied []any
	// Origin says where it came about.
	Origin Origin

	ctx *Ctx
	id  int
}

// Ctx is where it came about.
func (r *Root) Ctx() *Ctx { return r.ctx }

// Origin names the place whose value is a choice: a register of a function, a property of an object.
type Origin struct {
	Key   string
	At    source.Span
	Cause *Cause
}

// ID numbers roots in the order in which they were made.
func (r *Root) ID() int { return r.id }

// Set is the value of a choice: Values[i] where alternative i of the root is the case.
type Set struct {
	Root   *Root
	Values []Value
}

// ChoiceOf is a choice; there must be as many values as the root has alternatives.
func ChoiceOf(root *Root, values []Value) Value {
	return Value{kind: Choice, ref: &Set{root, values}}
}

func (s *Set) equal(o *Set) bool {
	return s.Root == o.Root && slices.EqualFunc(s.Values, o.Values, Same)
}

// Table makes what an analysis names: contexts, objects, terms and roots. What is asked for twice is made once. A table is not for
// use by several goroutines.
type Table struct {
	ctxs  map[ctxKey]*Ctx
	ids   map[allocation]ID
	made  []allocation
	terms map[termKey][]*Term
	count int
	roots map[rootKey]*Root
	// facts are the numbers of what alternatives imply.
	facts map[any]int
	// places are the objects by where they are made, whichever they are there.
	places map[allocation][]ID
	// under are the objects, and open tells that there are terms, of turns of loops that are not counted.
	under map[*Ctx][]ID
	open  map[*Ctx]bool
}

// OpenUnder reports whether there are terms that came about in a turn of a loop whose turns are not counted.
func (t *Table) OpenUnder(ctx *Ctx) bool { return t.open[ctx] }

type termKey struct {
	op, name          string
	parent            *Term
	at                source.Span
	ctx               *Ctx
	cause             *Cause
	typ, start, lacks string
}

type rootKey struct {
	ctx *Ctx
	at  int
	key string
	n   int
}

// NewTable returns an empty table.
func NewTable() *Table {
	return &Table{ctxs: map[ctxKey]*Ctx{}, ids: map[allocation]ID{}, made: make([]allocation, 1), terms: map[termKey][]*Term{}, roots: map[rootKey]*Root{}, facts: map[any]int{}, places: map[allocation][]ID{}, under: map[*Ctx][]ID{}, open: map[*Ctx]bool{}}
}

// Term returns the term that is like t, made at ctx.
func (t *Table) Term(ctx *Ctx, like Term) *Term {
	key := termKey{like.Op, like.Name, like.Parent, like.At, ctx, like.Cause, like.Type, like.Prefix, like.Lacks}
	for _, old := range t.terms[key] {
		if slices.EqualFunc(old.Args, like.Args, Same) {
			return old
		}
	}
	t.count++
	made := like
	made.Loose = like.Loose || like.Op == "any" || like.Op == older || like.Parent != nil && like.Parent.Loose || slices.ContainsFunc(like.Args, func(v Value) bool { return v.kind == Open && v.Term().Loose })
	made.id, made.ctx = t.count, ctx
	for c := ctx; c != nil; c = c.Up {
		if c.Turn == Many {
			t.open[c] = true
		}
	}
	t.terms[key] = append(t.terms[key], &made)
	return &made
}

// Derived is a value that an operation yields of open values: it has the first cause among them. It is the same for the same
// operands, wherever it is computed.
func (t *Table) Derived(op, name, typ string, args ...Value) Value {
	like := Term{Op: op, Name: name, Type: typ, Args: args}
	for _, a := range args {
		if a.kind == Open && a.Term() != nil {
			if like.Parent == nil {
				like.Parent = a.Term()
			}
			if like.Cause == nil {
				like.Cause = a.Term().Cause
			}
		}
	}
	return OpenOf(t.Term(nil, like))
}

// Fact numbers what alternatives imply, equal things alike.
func (t *Table) Fact(implied any) int {
	n, ok := t.facts[implied]
	if !ok {
		n = len(t.facts)
		t.facts[implied] = n
	}
	return n
}

// Root returns the root of a place at ctx that has n alternatives.
func (t *Table) Root(ctx *Ctx, at int, key string, n int, origin Origin) *Root {
	k := rootKey{ctx, at, key, n}
	if r := t.roots[k]; r != nil {
		return r
	}
	r := &Root{N: n, Origin: origin, ctx: ctx, id: len(t.roots) + 1}
	t.roots[k] = r
	return r
}

// ID numbers terms in the order in which they were made.
func (t *Term) ID() int { return t.id }
