package value

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// Class is what an object is, besides its properties.
type Class uint8

// The classes of objects. Data holds what is special of them.
const (
	PlainObject    Class = iota
	ArrayObject          // Elems
	FunctionObject       // Fn
	PromiseObject        // *Promise
	MapObject            // Elems: keys and values in turn; Hole keys were deleted
	SetObject            // Elems: Hole elements were deleted
	WeakMapObject        // as Map
	WeakSetObject        // as Set
	DateObject           // Data is a Value: the time value
	RegExpObject         // *RegExp
	ErrorObject
	BoxedObject     // Data is a Value: the primitive
	GeneratorObject // *Generator
	IteratorObject  // *Iterator
	ArgumentsObject // Elems
	ProxyObject     // *Proxy
	NamespaceObject // *Namespace: a module's
	EnvObject       // Elems: the slots; Proto: the parent
	HostObject      // Data belongs to the platform
)

// Obj is an object. One that is in a heap is not changed but by the heap that owns it.
type Obj struct {
	Class Class
	// Proto is an object, null, or open.
	Proto Value
	// Props are the own properties, in order of definition. Array elements and environments' slots are Elems.
	Props Props
	Elems []Value
	Fn    *Closure
	Data  any
	// Rest is what it may have besides: reading an own property that is not there then yields something open. nil for none.
	Rest *Term
	// Many tells that it stands for several objects that were made at the same place.
	Many bool
	// Fixed tells that no properties can be added; Frozen that none can be written.
	Fixed, Frozen bool
	// Variants are what it may be as a whole; nothing else of it counts then. nil of a usual object.
	Variants *Variants
	// Since is of a function that another entry point has made: its only alternative implies what has held ever since. nil of any other.
	Since *Root

	owner *Owner
}

// Variants are whole objects between which a choice decides: arrays of different lengths, a promise that is pending or settled.
type Variants struct {
	Root *Root
	Objs []*Obj
}

// Closure is a function's code with what it closes over.
type Closure struct {
	Code *ir.Func
	Env  ID
	// This, Func and NewTarget are those of the function around an arrow.
	This, Func, NewTarget Value
	// Home is the object that super looks up from.
	Home Value
	// Fields is the function that initialises the fields of a class's instances, undefined if it has none.
	Fields Value
	// Native is a function of the language or the platform; Code is nil then.
	Native *Native
	// Bound is a function that bind made, of Target with This and Args.
	Bound *Bound
}

// Bound is what bind binds.
type Bound struct {
	Target, This Value
	Args         []Value
}

// Native is a function that is not written in JavaScript. Run is what executes it: its type belongs to package exec.
type Native struct {
	Name   string
	Length int
	// Constructs tells that it can be called with new.
	Constructs bool
	Run        any
}

// Key names a property: a string, or a symbol.
type Key struct {
	Name string
	Sym  *Sym
}

// Named is the key of a string.
func Named(name string) Key { return Key{Name: name} }

// IsPrivate reports whether it is a private name, which the lowering marks with an @: other texts may begin with a #.
func (k Key) IsPrivate() bool {
	return k.Sym == nil && strings.HasPrefix(k.Name, "#") && strings.Contains(k.Name, "@")
}

// Flags are a property's attributes.
type Flags uint8

// The attributes. The usual property has none of them.
const (
	Hidden   Flags = 1 << iota // not enumerable
	ReadOnly                   // not writable
	Pinned                     // not configurable
	Accessor                   // Get and Set are used
	Maybe                      // it may be missing
)

// Prop is a property.
type Prop struct {
	Key   Key
	Value Value
	// Get and Set are an accessor's functions, undefined if there is none.
	Get, Set Value
	Flags    Flags
}

// Props are properties in order. The zero value has none.
type Props struct {
	list  []Prop
	index map[Key]int32 // of more than a few
}

const fewProps = 8

func (p *Props) find(k Key) int {
	if p.index != nil {
		if i, ok := p.index[k]; ok {
			return int(i)
		}
		return -1
	}
	for i := range p.list {
		if p.list[i].Key == k {
			return i
		}
	}
	return -1
}

// Get returns the property of that key, or nil.
func (p *Props) Get(k Key) *Prop {
	if i := p.find(k); i >= 0 {
		return &p.list[i]
	}
	return nil
}

// All are the properties in order of definition, not to be changed.
func (p *Props) All() []Prop { return p.list }

// Len counts the properties.
func (p *Props) Len() int { return len(p.list) }

// put defines a property, in the place of one with the same key if there is one.
func (p *Props) put(x Prop) {
	if i := p.find(x.Key); i >= 0 {
		p.list[i] = x
		return
	}
	p.list = append(p.list, x)
	if p.index != nil {
		p.index[x.Key] = int32(len(p.list) - 1)
	} else if len(p.list) > fewProps {
		p.reindex()
	}
}

func (p *Props) reindex() {
	p.index = make(map[Key]int32, 2*len(p.list))
	for i := range p.list {
		p.index[p.list[i].Key] = int32(i)
	}
}

// remove deletes a property.
func (p *Props) remove(k Key) {
	i := p.find(k)
	if i < 0 {
		return
	}
	p.list = append(p.list[:i:i], p.list[i+1:]...)
	if p.index != nil {
		p.reindex()
	}
}

// clone copies them, to be changed apart.
func (p *Props) clone() Props {
	out := Props{list: append(make([]Prop, 0, len(p.list)+1), p.list...)}
	if p.index != nil {
		out.reindex()
	}
	return out
}

// With are the properties and one more.
func (p *Props) With(x Prop) Props {
	out := p.clone()
	out.put(x)
	return out
}
