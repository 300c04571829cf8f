package ir

import "github.com/voipcheck/voipcheck/internal/script"

// Scopes and the variables in them, as the binder finds them and lowering uses them.

// kind is how a variable was declared.
type kind uint8

const (
	kindVar      kind = iota // var, a parameter that needs no check, an argument object
	kindFunction             // a function declaration
	kindParam
	kindLet
	kindConst
	kindClass
	kindImport
	kindSelf    // the name of a function expression within itself
	kindPrivate // a private name of a class
	kindThis    // this in the constructor of a derived class
)

// lexical tells that a variable exists before it is initialised.
func (k kind) lexical() bool {
	switch k {
	case kindParam, kindLet, kindConst, kindClass, kindThis:
		return true
	}
	return false
}

// variable is a declared name. Where it lives is known once the binder is done: a register, or if it is captured a slot.
type variable struct {
	name  string
	kind  kind
	scope *scope
	// implicit tells that it was not declared for itself: it gets no place unless it is used.
	implicit bool
	// captured tells that it lives in an environment, used that something refers to it.
	captured, used bool
	// early tells that something in its own function refers to it where it may not be initialised yet.
	early bool
	// ready tells, at the place where the binder or lowering is, that it is initialised.
	ready bool
	// shadows is what its name meant outside of its scope.
	shadows *variable

	reg   Reg
	slot  int
	index int    // of an import
	brand string // what a private name is called in the whole program
}

// scope is a part of a function with variables of its own.
type scope struct {
	vars []*variable
	fn   *function
	// functions are the declarations that are initialised where it is entered.
	functions []*script.FuncDecl
	// slots are the names of the captured variables; without any there is no environment.
	slots []string
	// depth is how many environments are around that of the scope.
	depth int
	// mark is the first register after those that were in use where lowering entered the scope.
	mark Reg
}

// function is what the binder knows of a function, or of what lowering makes one of.
type function struct {
	outer  *function
	node   *script.Func
	strict bool
	arrow  bool
	// params holds the parameters, body the variables of the body: the same scope unless parameters have expressions.
	params, body *scope
	// this is the variable that this is in the constructor of a derived class and in arrows in it.
	this *variable
	// self and arguments are the implicit variables; nil if there can be none.
	self, arguments *variable
	// derived tells that it is the constructor of a class that extends another.
	derived bool
	awaits  bool
}

// part names a scope or function that the tree has no node of its own for.
type part struct {
	node script.Node
	of   int
}

const (
	partSelf    = iota // what the node itself is
	partHead           // the variables of a for-in or for-of while what it goes over is computed
	partFields         // the function that initialises the fields of a class
	partDefault        // the constructor of a class that has none
)

// names is what each name means at one place of the program.
type names struct {
	table map[string]*variable
}

// push lets the variable be what its name means.
func (n *names) push(v *variable) {
	v.shadows = n.table[v.name]
	n.table[v.name] = v
}

// enter lets the variables of a scope be what their names mean, as they are at its start.
func (n *names) enter(s *scope) {
	for _, v := range s.vars {
		n.push(v)
		v.ready = !v.kind.lexical()
	}
}

// leave ends the scope entered last.
func (n *names) leave(s *scope) {
	for i := len(s.vars) - 1; i >= 0; i-- {
		v := s.vars[i]
		if v.shadows == nil {
			delete(n.table, v.name)
		} else {
			n.table[v.name] = v.shadows
		}
		v.shadows = nil
	}
}

// unready forgets which variables of a switch are initialised: another case may be entered directly.
func (s *scope) unready() {
	if s == nil {
		return
	}
	for _, v := range s.vars {
		if v.kind.lexical() {
			v.ready = false
		}
	}
}

// anonymous reports whether x is a function or class that takes the name of what it is assigned to.
func anonymous(x script.Expr) bool {
	switch x := x.(type) {
	case *script.Func:
		return x.Name == nil
	case *script.Class:
		return x.Name == nil
	}
	return false
}

// constructor returns the member that is the constructor of a class, or nil.
func constructor(k *script.Class) *script.ClassMember {
	for _, m := range k.Members {
		if isConstructor(m) {
			return m
		}
	}
	return nil
}

func isConstructor(m *script.ClassMember) bool {
	const quoted = len(`"constructor"`) // longer is ["constructor"], which is a method
	return m.Name == "constructor" && m.KeyLoc.End-m.KeyLoc.Start <= quoted && m.Kind == script.PropInit && !m.Static && !m.Field &&
		!m.Block && m.Computed == nil && m.Value != nil
}

// plain reports whether the value of a static field needs no function of its own: it uses neither this nor what is inside a function.
func plain(x script.Expr) bool {
	switch x.(type) {
	case nil, *script.String, *script.Number, *script.Bool, *script.Null:
		return true
	}
	return false
}

// simple reports whether parameters are only names: neither defaults nor patterns nor a rest.
func simple(params []script.Expr) bool {
	for _, p := range params {
		if _, ok := p.(*script.Ident); !ok {
			return false
		}
	}
	return true
}

// expressions reports whether a parameter has a default or a computed key, so that the body has a scope of its own.
func expressions(x script.Expr) bool {
	switch x := x.(type) {
	case *script.Assign:
		return true
	case *script.Spread:
		return expressions(x.X)
	case *script.ArrayLit:
		for _, e := range x.Elems {
			if e != nil && expressions(e) {
				return true
			}
		}
	case *script.ObjectLit:
		for _, p := range x.Props {
			if p.Computed != nil || expressions(p.Value) {
				return true
			}
		}
	}
	return false
}

// bound calls each for the names that a pattern binds, in order.
func bound(x script.Expr, each func(*script.Ident)) {
	switch x := x.(type) {
	case *script.Ident:
		each(x)
	case *script.Assign:
		bound(x.Target, each)
	case *script.Spread:
		bound(x.X, each)
	case *script.ArrayLit:
		for _, e := range x.Elems {
			if e != nil {
				bound(e, each)
			}
		}
	case *script.ObjectLit:
		for _, p := range x.Props {
			bound(p.Value, each)
		}
	}
}
