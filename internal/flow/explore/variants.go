package explore

// Objects that are kept as a whole, each one of several that an object may be.

import (
	"fmt"
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// made takes an object that the entry point made, under its other name.
func (c *contribution) made(id value.ID) {
	o := c.s.Heap.Get(id)
	if o == nil {
		return
	}
	for _, v := range c.variants(o) {
		c.madeAs(id, v)
	}
}

// variants are the objects that an object may be.
func (c *contribution) variants(o *value.Obj) []*value.Obj {
	if o.Variants == nil {
		return []*value.Obj{o}
	}
	var out []*value.Obj
	left := c.s.Left(o.Variants.Root)
	for n, v := range o.Variants.Objs {
		if left&(1<<n) != 0 {
			out = append(out, c.variants(v)...)
		}
	}
	return out
}

func (c *contribution) madeAs(id value.ID, o *value.Obj) {
	name := c.t.nameOf(id)
	k := c.t.objects[name]
	if k == nil {
		k = &kept{id: name, like: c.rename(o), cells: map[value.Key]*cell{}, whole: whole(o)}
		c.t.objects[name] = k
		c.t.order = append(c.t.order, name)
		slices.Sort(c.t.order)
		if o.Class == value.FunctionObject {
			k.since = c.implied
			k.since.Facts = c.p.Lasting(c.implied.Facts)
		}
		c.t.change(k)
	}
	if k.whole {
		c.variant(k, o, false)
		return
	}
	if k.since.Facts != nil {
		less := c.p.Lasting(c.implied.Facts)
		if less != nil {
			less = c.p.Meet(k.since.Facts, less)
		}
		if less != k.since.Facts {
			k.since.Facts = less
			c.t.change(k)
		}
	}
	for _, p := range o.Props.All() {
		c.prop(name, k, p, k.cells[p.Key] == nil && len(k.keys) > 0 && k.like.Props.Get(p.Key) == nil)
	}
	for n, v := range o.Elems {
		for n >= len(k.slots) {
			k.slots = append(k.slots, &cell{place: slotOf(name, len(k.slots))})
		}
		c.cell(k, k.slots[n], v)
	}
}

// mostVariants is how many objects as a whole, mostLengths lists of how many lengths, mostKept how many values within one are kept of a place.
const (
	mostVariants = 24
	mostLengths  = 4
	mostKept     = 48
)

// variant adds an object as a whole; handed tells that it was there when the entry point began.
func (c *contribution) variant(k *kept, o *value.Obj, handed bool) {
	renamed := c.rename(o)
	if k.rest != nil || lists(renamed) && (k.lengths(renamed) > mostLengths || len(k.variants) >= mostVariants && k.isList() || repeats(renamed)) {
		c.fill(k, renamed)
		return
	}
	what := text(renamed)
	for n := range k.variants {
		v := &k.variants[n]
		if v.text != what || v.implied.Entry != "" && c.p.Apart(v.implied.Facts, c.implied.Facts) {
			continue
		}
		if handed && !v.handed {
			v.handed = true
			c.t.change(k)
		}
		if v.implied.Entry != "" && v.implied.Entry != c.implied.Entry && !v.shared {
			v.shared = true
			c.t.change(k)
		}
		if v.implied.Entry == "" {
			return
		}
		if less := c.p.Meet(v.implied.Facts, c.implied.Facts); less != v.implied.Facts {
			v.implied.Facts, v.implied.Trail = less, c.implied.Trail
			c.t.change(k)
		}
		return
	}
	if len(k.variants) >= mostVariants {
		c.t.meet("variants", c.implied.Entry)
		return
	}
	k.variants = append(k.variants, variant{o: renamed, text: what, implied: c.implied, handed: handed})
	c.t.change(k)
}

// lists reports whether an object is a list, of which it may be enough to know what is in it.
func lists(o *value.Obj) bool { return o.Class == value.ArrayObject && o.Props.Len() == 0 }

// isList reports whether an object has only been lists.
func (k *kept) isList() bool {
	return !slices.ContainsFunc(k.variants, func(v variant) bool { return !lists(v.o) })
}

// lengths is how many elements there may be, counting the lists that are kept and one more.
func (k *kept) lengths(o *value.Obj) int {
	seen := []int{len(o.Elems)}
	for _, v := range k.variants {
		if !slices.Contains(seen, len(v.o.Elems)) {
			seen = append(seen, len(v.o.Elems))
		}
	}
	return len(seen)
}

// repeats reports whether a list has an object twice: it has been filled by the same code again, and would be once more.
func repeats(o *value.Obj) bool {
	for n, v := range o.Elems {
		if v.IsObject() && slices.Contains(o.Elems[:n], v) {
			return true
		}
	}
	return false
}

// item is a text that a list may have, with what holds where it has.
type item struct {
	text    string
	implied Implied
}

// fill makes one list of all that a list was, which may have what any of them had. Of texts it is known what holds where they are among it.
func (c *contribution) fill(k *kept, o *value.Obj) {
	before := k.rest
	if before == nil {
		for _, v := range k.variants {
			c.pour(k, v.o, v.implied)
		}
	}
	c.pour(k, o, c.implied)
	k.rest = k.others
	for _, x := range k.items {
		v := value.Text(x.text)
		if x.implied.Facts != nil {
			v = c.t.table.Guard(x.text, fmt.Sprint(x.implied.Facts), x.implied)
		}
		k.rest = c.t.table.Absorb(k.rest, v)
	}
	if k.others == nil && k.unsure == nil {
		for _, x := range k.items {
			if k.unsure = c.p.Unsure(k.id, x.implied.Facts); k.unsure != nil {
				break
			}
		}
	}
	if k.rest = c.t.table.Doubted(k.rest, k.unsure); k.rest == before {
		return
	}
	k.variants = []variant{{o: &value.Obj{Class: o.Class, Proto: o.Proto, Rest: k.rest}}}
	c.t.change(k)
}

// pour takes what a list has.
func (c *contribution) pour(k *kept, o *value.Obj, implied Implied) {
	var add func(v value.Value, implied Implied)
	add = func(v value.Value, implied Implied) {
		switch {
		case v.Kind() == value.String:
			k.item(c.p, v.Text(), implied)
		case v.Kind() == value.Choice:
			set := v.Set()
			for n, x := range set.Values {
				of := implied
				if n < len(set.Root.Implied) && factsOf(set.Root.Implied[n]) != nil {
					of.Facts = factsOf(set.Root.Implied[n])
				}
				add(x, of)
			}
		default:
			k.others = c.t.table.Absorb(k.others, v)
		}
	}
	for _, v := range o.Elems {
		add(v, implied)
	}
	if o.Rest == nil {
		return
	}
	texts, guards, _ := o.Rest.Among()
	for n, text := range texts {
		of := implied
		if guards[n] != nil {
			of.Facts = factsOf(guards[n].Implied[0])
		}
		k.item(c.p, text, of)
	}
	if others := c.t.table.Textless(o.Rest); others != nil {
		k.others = c.t.table.Both(k.others, others)
	}
}

// item notes that a list may have a text.
func (k *kept) item(p Program, text string, implied Implied) {
	n := slices.IndexFunc(k.items, func(x item) bool { return x.text == text })
	if n < 0 {
		k.items = append(k.items, item{text, implied})
		return
	}
	if x := &k.items[n]; x.implied.Facts == nil || implied.Facts == nil {
		x.implied.Facts = nil
	} else {
		x.implied.Facts = p.Meet(x.implied.Facts, implied.Facts)
	}
}
