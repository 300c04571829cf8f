package ir

import (
	"github.com/voipcheck/voipcheck/internal/script"
)

// Reg is a register of a frame; None stands for no register.
type Reg = int32

// None is no register.
const None Reg = -1

// Module is the code of one file.
type Module struct {
	Program *script.Program
	// Top is the code of the top level. Its first instruction makes the module's environment, whose slots are Names.
	Top *Func
	// Funcs are all functions of the module, Top first; Func.ID is the index.
	Funcs []*Func
	// Names are the variables of the module's environment by slot. The first are always SlotRequire, SlotModule and SlotExports,
	// which whoever loads a module fills in before Top runs.
	Names []string
	// Imports are the import declarations' names in order; LoadImport has the index.
	Imports []Import
	// Requests are the specifiers that are imported or re-exported, in order, each once.
	Requests []Request
	// Exports tells what the module exports.
	Exports []Export
	// ESM tells that it has import or export declarations.
	ESM bool
	// Prelude tells that it is no code of the project: calls of names that begin with "$$" are intrinsics there.
	Prelude bool
	// Index numbers the module among those of its program.
	Index int
	// Loops counts the loops of the module: their numbers are below it.
	Loops int
	// Retries are the loops whose form counts nothing: they go on until something turns out as it should.
	Retries map[int]bool
}

// The first slots of a module's environment.
const (
	SlotRequire = iota
	SlotModule
	SlotExports
	SlotsOfModule
)

// Request is a specifier of an import or export declaration.
type Request struct {
	From string
	At   script.Node
}

// Import is an imported name: Imported is "default", "*" for the namespace, or a name.
type Import struct {
	From, Imported, Local string
	At                    script.Node
}

// Export is an exported name. Of `export * from` Name is "" and From set; of `export * as ns from` Imported is "*". Otherwise it is
// the slot of the module's environment, or with From the name Imported of another module.
type Export struct {
	Name           string
	Slot           int
	From, Imported string
	// Import is 1 + the index of the import that is exported again, 0 for none.
	Import int
}

// Func is a function's code.
type Func struct {
	// ID is its index in Module.Funcs.
	ID     int
	Module *Module
	// Node is the function as it is written; nil for a module's top level and for what lowering makes up: field initialisers, static
	// blocks, the constructor of a class that has none.
	Node *script.Func
	// Class is the class whose constructor it is; nil for others.
	Class *script.Class
	// Name is its own name, or what it is called after where that is known without running.
	Name string
	// Outer is the function around it; nil for Top.
	Outer *Func

	Arrow, Async, Generator, Strict bool
	// Method tells that it cannot be constructed: a method, getter, setter, arrow, async function or generator.
	Method bool
	// Ctor tells that it is the constructor of a class, Derived that the class extends another.
	Ctor, Derived bool
	// Length is the "length" of the function: the parameters before the first with a default or a rest.
	Length int

	// Regs is how many registers a frame has.
	Regs int
	Code []Instr
	// Handlers are searched in order: the first whose range holds the instruction that threw takes the exception.
	Handlers []Handler
	// Joins tells of each instruction whether several others lead to it.
	Joins []bool
	// Live are, for each instruction where Joins is set, the registers whose values may still be read from there on, ascending; nil
	// elsewhere.
	Live [][]Reg
}

// Handler takes the exceptions of the instructions From to To (exclusive): Target is where it goes on.
type Handler struct {
	From, To, Target int
	// Value receives what was thrown. For a finally block Kind receives 1 for an exception, and 2 when a generator is told to
	// return; it is None for a catch clause, which takes exceptions only.
	Value, Kind Reg
	// Loops is how many loops of the function the handler stands in.
	Loops int
}

// Instr is one instruction. Which fields mean what is said at each Op.
type Instr struct {
	Op           Op
	Dst, A, B, C Reg
	// N is a target, a slot or a number; M is a second.
	N, M    int
	Name    string
	Const   any // float64, string, bool, nil for null, *big.Int, Undefined
	Args    []Reg
	Targets []int
	Fn      *Func
	// Node is what it was made of: its place, and that of a call.
	Node script.Node
}

// Undefined is the constant undefined.
type Undefined struct{}

// TemplateStrings are the strings of a tagged template.
type TemplateStrings struct{ Cooked, Raw []string }

// Op is what an instruction does.
type Op uint8

// The instructions. Registers A, B and C are read, Dst is written where it is not None.
const (
	Nop Op = iota

	// Const: Dst = Const.
	Const
	// RegExp: Dst = a new regular expression of pattern Name and flags Const.
	RegExp
	// Move: Dst = A.
	Move
	// Arg: Dst = argument N, or undefined.
	Arg
	// RestArgs: Dst = an array of the arguments from N on.
	RestArgs
	// Arguments: Dst = the arguments object.
	Arguments
	// This: Dst = this. In the constructor of a derived class, and in arrows in it, this is a variable that SuperCall's result is
	// stored to, and This does not occur.
	This
	// NewTarget: Dst = new.target. Callee: Dst = the function that is running (for the name of a function expression).
	NewTarget
	Callee

	// PushEnv: a new environment of N uninitialised slots (M: is a loop's, copied at each turn), whose parent is the current one,
	// becomes current. Const may hold the []string names of its slots.
	PushEnv
	// PopEnv: the parent of the current environment becomes current.
	PopEnv
	// CopyEnv: a copy of the current environment becomes current in its place: each turn of a loop has its own variables.
	CopyEnv
	// SaveEnv: Dst = the current environment, as a value that nothing else can see. RestoreEnv: A becomes current again.
	SaveEnv
	RestoreEnv
	// LoadEnv: Dst = slot M of the environment N up; an error if it is not initialised. StoreEnv: that slot = A, likewise. InitEnv:
	// that slot = A, whatever it was. Name is the variable's.
	LoadEnv
	StoreEnv
	InitEnv
	// CheckInit: throws a ReferenceError for Name if A is not initialised. Uninit: Dst = uninitialised.
	CheckInit
	Uninit
	// LoadGlobal: Dst = the global Name; a ReferenceError if there is none, or with N = 1 undefined (typeof). StoreGlobal: Name = A; N = 1:
	// strict, an error if there is none.
	LoadGlobal
	StoreGlobal
	// LoadImport: Dst = what import N is bound to now.
	LoadImport
	// ImportCall: Dst = the promise of import(A). ImportMeta: Dst = import.meta.
	ImportCall
	ImportMeta

	// NewObject: Dst = {}. NewArray: Dst = []. Template: Dst = the strings of a tagged template, the same object each time; Const is
	// the TemplateStrings.
	NewObject
	NewArray
	Template
	// Append: B is added at the end of array A (B None: a hole). AppendAll: all that iterable B yields, or with N = 1 all that is left
	// of iterator B.
	Append
	AppendAll
	// Define: an own property of object A, named Name, or if Name is "" by the key B (a result of ToKey), becomes C; M says what it is. For
	// DefineMethod and accessors of a class N is 1: not enumerable. It names no function: Closure, Class and SetName do.
	Define
	// SetProto: what `__proto__: B` in the object literal A does.
	SetProto
	// CopyProps: the own enumerable properties of B are defined on A. RestProps: Dst = a new object with those of A whose keys are not among Args.
	CopyProps
	RestProps
	// Closure: Dst = a new function of Fn over the current environment; B is the object that super looks up from (None: that of the
	// running function, for arrows), Name its name if it has none.
	Closure
	// Class: Dst = a new class whose constructor's code is Fn, C (written too) = its prototype object; A is what it extends (None:
	// nothing).
	Class
	// SetFields: B, a function, initialises the fields of each new instance of class A.
	SetFields
	// SetName: function A that has no name is called Name from now on, or if Name is "" as key B says; M is what Define makes of it:
	// the names of accessors begin with "get " and "set ".
	SetName

	// Get: Dst = A.Name. GetElem: Dst = A[B]. Set: A.Name = B. SetElem: A[B] = C. Delete: Dst = delete A.Name. DeleteElem: Dst = delete A[B].
	// A name that begins with "#" is private (other texts that do are keys in registers, here and in Define); lowering gives each
	// declaration of one a name of its own in the whole program. Private methods and accessors stand on the prototype (static ones on
	// the class), and are found through it. N = 1: sloppy code, where failing to write or delete is no error.
	Get
	GetElem
	Set
	SetElem
	Delete
	DeleteElem
	// GetSuper: Dst = super.Name, or super[B] if Name is "", with A as this. SetSuper: likewise, = C.
	GetSuper
	SetSuper
	// HasPrivate: Dst = whether object A has the private name Name.
	HasPrivate

	// Unary: Dst = Name A, of - + ~ ! typeof. Binary: Dst = A Name B, in and instanceof too.
	Unary
	Binary
	// ToNumeric: Dst = A as a number or BigInt. ToKey: Dst = A as a property key. ToString: Dst = A as a string, as templates do. Add one:
	// Dst = A + N, of a number or BigInt.
	ToNumeric
	ToKey
	ToString
	Increment

	// Jump: go to N. JumpIf, JumpIfNot: if A is true, is not. JumpNullish: if A is null or undefined. JumpUndefined: if A is not
	// undefined fall through, else go to N.
	Jump
	JumpIf
	JumpIfNot
	JumpNullish
	JumpUndefined
	// Return: of A, or undefined. Throw: A. ThrowError: a new error of class Name with the text Const.
	Return
	Throw
	ThrowError
	// EndFinally: A is the kind of completion, B its value: 0 falls through, 1 throws B, 2 returns B, or if N is not 0 goes to N, where
	// the return goes on through what is around it; 3 + k goes to Targets[k].
	EndFinally

	// Call: Dst = A(Args...) with this B (None: undefined). CallSpread: the arguments are those of array C. New, NewSpread: new A(...).
	// SuperCall, SuperCallSpread: super(...); Dst is this then, with its fields.
	Call
	CallSpread
	New
	NewSpread
	SuperCall
	SuperCallSpread
	// Intrinsic: Dst = $$Name(Args...), in preludes.
	Intrinsic
	// JSX: Dst = the element of type A (None: a fragment), properties B (None: none) and children Args.
	JSX

	// Iter: Dst = an iterator over A; N = 1: an asynchronous one. IterNext: Dst = its next value, or at its end Dst = undefined and go to
	// N. IterClose: A is told that no more is wanted; N = 1: after an exception, so that its own are dropped. B, where it is not None,
	// is a kind of completion as EndFinally has it: if it is 1, as if N were 1. An iterator knows that it is at its end, or that next()
	// threw: then IterNext goes to N again, and IterClose does nothing.
	Iter
	IterNext
	IterClose
	// IterCall: Dst = what A.next(B) returns, or with a Name that method of the iterator; if it has none (null or undefined), go to N.
	// IterResult: A is a result, a TypeError if it is no object: Dst = its value, or if it says done go to N (Dst is its value then too).
	IterCall
	IterResult
	// ForIn: Dst = an iterator over the names that for (in A) goes over.
	ForIn

	// Await: the function waits for A, Dst = its value. Yield: the generator yields A, Dst = what it is resumed with; in an asynchronous
	// generator A was awaited, as is A of Return, and a value that it is told to return is before a handler takes it.
	Await
	Yield
	// Start: where a generator waits for its first next(), after its parameters were bound.
	Start

	// LoopEnter, LoopHead, LoopExit: see the package. N is the loop's number in the module.
	LoopEnter
	LoopHead
	LoopExit

	// GiveUp: Dst = something that is not known, because Name is not supported. Args are what it was given.
	GiveUp
)

// What LoadGlobal loads in the expressions of templates: a property of this, or something that nobody knows.
const (
	OfThis = 2 + iota
	OfInput
)

// What Define makes.
const (
	DefineField = iota
	DefineMethod
	DefineGetter
	DefineSetter
)

// At returns the place of instruction pc.
func (f *Func) At(pc int) script.Loc {
	if n := f.Code[pc].Node; n != nil {
		return n.Range()
	}
	if f.Node != nil {
		return f.Node.Range()
	}
	return script.Loc{}
}
