package builtin

// The intrinsics about lists and iterators.

import (
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// restOf is the rest of an object, nil if all of it is known. Of a list that has become open where paths met nothing else is known.
func restOf(c *exec.Call, v value.Value) *value.Term {
	switch {
	case v.Kind() == value.Open:
		return v.Term()
	case !v.IsObject():
		return nil
	}
	return c.S.Obj(v.ID()).Rest
}

// listed are about arrays and what of them is not known.
func (l *library) listed() {
	l.intrinsic("known", func(c *exec.Call) exec.Result {
		if !c.Arg(0).IsObject() {
			return num(0)
		}
		return num(float64(len(c.S.Obj(c.Arg(0).ID()).Elems)))
	})
	l.test("hasRest", func(c *exec.Call, v value.Value) bool { return restOf(c, v) != nil })
	l.intrinsic("more", func(c *exec.Call) exec.Result {
		if restOf(c, c.Arg(0)) == nil {
			return boolean(false)
		}
		return c.Either(value.True, value.False)
	})
	l.intrinsic("item", func(c *exec.Call) exec.Result {
		if rest := restOf(c, c.Arg(0)); rest != nil {
			return done(c.M.Item(c.S, rest, ""))
		}
		return done(value.Undef)
	})
	l.intrinsic("index", func(c *exec.Call) exec.Result {
		return exec.Done(value.OpenOf(c.M.Table.Term(c.Ctx, value.Term{Op: "index", Type: "number", Parent: restOf(c, c.Arg(0))})))
	})
	l.rawIntrinsic("add", func(c *exec.Call) exec.Result {
		l.fillList(c, c.Args[1], func(id value.ID) { l.mayHave(c, id, c.Args[1]) })
		return done(c.Args[0])
	})
	l.rawIntrinsic("put", func(c *exec.Call) exec.Result {
		l.fillList(c, c.Args[1], func(id value.ID) { l.append(c, value.Ref(id), c.Args[1]) })
		return done(c.Args[0])
	})
	l.rawIntrinsic("insert", func(c *exec.Call) exec.Result {
		l.fillList(c, c.Args[2], func(id value.ID) {
			e := c.S.Edit(id)
			e.Elems = slices.Insert(e.Elems, int(c.Args[1].Num()), c.Args[2])
		})
		return done(value.Undef)
	})
	l.intrinsic("flatten", func(c *exec.Call) exec.Result {
		v := c.Arg(1)
		if classIs(c, v, value.ArrayObject) {
			o := c.S.Obj(v.ID())
			for _, x := range o.Elems {
				if x.Kind() != value.Absent {
					l.append(c, c.Arg(0), x)
				}
			}
			l.takeRest(c, c.Arg(0), o.Rest)
			return done(value.Undef)
		}
		if v.Kind() == value.Open && (v.Term().Type == "" || v.Term().Type == "object") {
			l.takeRest(c, c.Arg(0), c.M.Table.Derived("item", "", "", v).Term())
			return done(value.Undef)
		}
		l.append(c, c.Arg(0), v)
		return done(value.Undef)
	})
	l.intrinsic("copyRest", func(c *exec.Call) exec.Result {
		l.takeRest(c, c.Arg(0), restOf(c, c.Arg(1)))
		return done(value.Undef)
	})
	l.intrinsic("replace", func(c *exec.Call) exec.Result {
		o, from := c.S.Obj(c.Arg(0).ID()), c.S.Obj(c.Arg(1).ID())
		if o.Fixed || o.Frozen {
			return boolean(false)
		}
		e := c.S.Edit(c.Arg(0).ID())
		e.Elems = append([]value.Value(nil), from.Elems...)
		for range int(c.Arg(2).Num()) {
			e.Elems = append(e.Elems, value.Hole)
		}
		e.Rest = from.Rest
		return boolean(true)
	})
	l.intrinsic("unordered", func(c *exec.Call) exec.Result { return l.unsorted(c, c.S.Obj(c.Arg(0).ID())) })
	l.intrinsic("sortTexts", func(c *exec.Call) exec.Result {
		elems := c.S.Obj(c.Arg(0).ID()).Elems
		places := make([]int, len(elems))
		for n := range places {
			places[n] = n
			if c.S.Resolve(elems[n]).Kind() != value.String {
				return done(value.Undef)
			}
		}
		sort.SliceStable(places, func(i, j int) bool {
			return ecma.Less(c.S.Resolve(elems[places[i]]).Text(), c.S.Resolve(elems[places[j]]).Text())
		})
		out := make([]value.Value, len(places))
		for n, p := range places {
			out[n] = value.Num(float64(p))
		}
		return done(c.M.Array(c.S, out))
	})
	from := func(op string) exec.Run {
		return func(c *exec.Call) exec.Result {
			typ := ""
			if v := c.Arg(0); v.Kind() == value.Open && v.Term().Type == "string" {
				typ = "string"
			}
			return done(l.unknownList(c, nil, c.M.Table.Derived(op, "", typ, c.Arg(0)).Term()))
		}
	}
	l.intrinsic("fromOpen", from("item"))
	l.intrinsic("fromOpenAll", from("settled"))
}

// fillList puts a value into the list that is the first argument. Of one that paths which met have made one of several, each may have it then; one of
// which nothing is known stays so.
func (l *library) fillList(c *exec.Call, v value.Value, put func(list value.ID)) {
	list := c.S.Resolve(c.Args[0])
	if set := list.Set(); set != nil {
		left := c.S.Left(set.Root)
		for n, x := range set.Values {
			if x = c.S.Resolve(x); left&(1<<n) != 0 && x.IsObject() {
				l.mayHave(c, x.ID(), v)
			}
		}
		return
	}
	if !list.IsObject() {
		return
	}
	if c.S.Obj(list.ID()).Variants != nil {
		l.mayHave(c, list.ID(), v)
		return
	}
	put(list.ID())
}

// mayHave lets a list have a value, nobody knows where.
func (l *library) mayHave(c *exec.Call, list value.ID, v value.Value) {
	e := c.S.Edit(list)
	if e.Variants != nil {
		made := *e.Variants
		made.Objs = slices.Clone(made.Objs)
		for n, o := range made.Objs {
			o := *o
			o.Rest = l.withElement(c, o.Rest, v)
			made.Objs[n] = &o
		}
		e.Variants = &made
		return
	}
	e.Rest = l.withElement(c, e.Rest, v)
}

// withElement is the rest of a list, with one more that may be in it.
func (l *library) withElement(c *exec.Call, rest *value.Term, v value.Value) *value.Term {
	if rest == nil {
		rest = c.M.Table.Term(nil, value.Term{Op: "any", Name: "element"})
	}
	return c.M.Absorb(rest, v)
}

// append adds a value at the end of an array.
func (l *library) append(c *exec.Call, to, v value.Value) {
	e := c.S.Edit(to.ID())
	switch {
	case e.Rest != nil:
		e.Rest = c.M.Absorb(e.Rest, v)
	case len(e.Elems) >= c.M.Most.Elements:
		e.Rest = c.M.GivenUp(c.S, "elements", "").Term()
	default:
		e.Elems = append(e.Elems, v)
	}
}

// takeRest makes what an object may have besides, possible for another too.
func (l *library) takeRest(c *exec.Call, to value.Value, rest *value.Term) {
	if rest == nil || !to.IsObject() {
		return
	}
	e := c.S.Edit(to.ID())
	if e.Rest == nil {
		e.Rest = rest
		return
	}
	e.Rest = c.M.Absorb(e.Rest, value.OpenOf(rest))
	if rest.Op == "rest" {
		for _, v := range rest.Args {
			e.Rest = c.M.Absorb(e.Rest, v)
		}
	}
}

// recordSize is how many elements the record of an iterator has: the iterator, its next, and whether it is at its end.
const recordSize = 3

// iterations are about iterators: a record keeps one with its next.
func (l *library) iterations() {
	l.intrinsic("absent", func(*exec.Call) exec.Result { return done(value.Hole) })
	l.intrinsic("maybeItem", func(c *exec.Call) exec.Result {
		return c.Either(c.M.Item(c.S, c.Arg(0).Term(), ""), value.Hole)
	})
	l.intrinsic("record", func(c *exec.Call) exec.Result {
		return done(c.M.Alloc(c.S, &value.Obj{Proto: value.Nil, Elems: []value.Value{c.Arg(0), c.Arg(1), value.False}}))
	})
	l.test("isOver", func(c *exec.Call, v value.Value) bool {
		return v.IsObject() && len(c.S.Obj(v.ID()).Elems) == recordSize && c.S.Obj(v.ID()).Elems[2] == value.True
	})
	l.intrinsic("over", func(c *exec.Call) exec.Result {
		if v := c.Arg(0); v.IsObject() && len(c.S.Obj(v.ID()).Elems) == recordSize {
			c.S.Edit(v.ID()).Elems[2] = c.Arg(1)
		}
		return done(value.Undef)
	})
	part := func(n int, otherwise func(c *exec.Call, v value.Value) value.Value) exec.Run {
		return func(c *exec.Call) exec.Result {
			if v := c.Arg(0); v.IsObject() && !classIs(c, v, value.IteratorObject) {
				if o := c.S.Obj(v.ID()); len(o.Elems) == recordSize {
					return done(o.Elems[n])
				}
			}
			return done(otherwise(c, c.Arg(0)))
		}
	}
	l.intrinsic("recordOf", part(0, func(_ *exec.Call, v value.Value) value.Value { return v }))
	l.intrinsic("recordNext", part(1, func(c *exec.Call, v value.Value) value.Value {
		if v.Kind() == value.Open {
			return c.M.Table.Derived("get", "next", "", v)
		}
		return l.named["iteratorNext"]
	}))
	l.intrinsic("iteratorOf", func(c *exec.Call) exec.Result {
		it := c.M.NewIterator(c.S, c.Arg(0), "values")
		c.S.Edit(it.ID()).Proto = l.named[c.Arg(1).Text()]
		return done(it)
	})
}
