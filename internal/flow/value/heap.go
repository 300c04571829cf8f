package value

// Owner is who may change a node, object or frame in place: the state that made or copied it last, until it is forked.
type Owner struct{ _ byte }

const (
	heapBits = 5
	heapFan  = 1 << heapBits
)

// Heap maps object names to objects. It is persistent: copying the struct is cheap, and what two heaps share is stored once. A heap
// that was copied must be given a new owner on both sides.
type Heap struct {
	root  *node
	depth int
}

// node is a level of the tree: kids of the upper levels, leaf of the lowest.
type node struct {
	owner *Owner
	kids  *[heapFan]*node
	leaf  *[heapFan]*Obj
}

func newNode(owner *Owner, level int) *node {
	if level == 0 {
		return &node{owner: owner, leaf: new([heapFan]*Obj)}
	}
	return &node{owner: owner, kids: new([heapFan]*node)}
}

// Get returns an object, nil if there is none. It must not be changed.
func (h *Heap) Get(id ID) *Obj {
	if id>>(uint(h.depth)*heapBits) >= heapFan && h.depth >= 0 && h.root != nil {
		return nil
	}
	n := h.root
	for level := h.depth; n != nil; level-- {
		i := id >> (uint(level) * heapBits) & (heapFan - 1)
		if level == 0 {
			return n.leaf[i]
		}
		n = n.kids[i]
	}
	return nil
}

// Put stores an object, which the owner may change from now on.
func (h *Heap) Put(owner *Owner, id ID, o *Obj) {
	o.owner = owner
	h.set(owner, id, o)
}

func (h *Heap) set(owner *Owner, id ID, o *Obj) {
	if h.root == nil {
		h.root = newNode(owner, h.depth)
	}
	for id>>(uint(h.depth)*heapBits) >= heapFan {
		h.depth++
		up := newNode(owner, h.depth)
		up.kids[0] = h.root
		h.root = up
	}
	h.root = own(owner, h.root)
	n := h.root
	for level := h.depth; ; level-- {
		i := id >> (uint(level) * heapBits) & (heapFan - 1)
		if level == 0 {
			n.leaf[i] = o
			return
		}
		if n.kids[i] == nil {
			n.kids[i] = newNode(owner, level-1)
		} else {
			n.kids[i] = own(owner, n.kids[i])
		}
		n = n.kids[i]
	}
}

func own(owner *Owner, n *node) *node {
	if n.owner == owner {
		return n
	}
	c := &node{owner: owner}
	if n.leaf != nil {
		leaf := *n.leaf
		c.leaf = &leaf
	} else {
		kids := *n.kids
		c.kids = &kids
	}
	return c
}

// Edit returns an object to be changed: the one in the heap if the owner has it already, else a copy that takes its place.
func (h *Heap) Edit(owner *Owner, id ID) *Obj {
	o := h.Get(id)
	if o == nil || o.owner == owner {
		return o
	}
	c := *o
	c.owner = owner
	c.Props = o.Props.clone()
	c.Elems = append(make([]Value, 0, len(o.Elems)+len(o.Elems)/4+1), o.Elems...)
	h.set(owner, id, &c)
	return &c
}

// Share stores an object that nobody changes in place any more: whoever edits it takes a copy.
func (h *Heap) Share(owner *Owner, id ID, o *Obj) { h.set(owner, id, o) }

// PutCopy stores a copy of an object.
func (h *Heap) PutCopy(owner *Owner, id ID, o *Obj) {
	c := *o
	c.Props = o.Props.clone()
	c.Elems = append([]Value(nil), o.Elems...)
	h.Put(owner, id, &c)
}

// Define puts an own property on an object that Edit returned.
func (o *Obj) Define(p Prop) { o.Props.put(p) }

// Remove deletes an own property of an object that Edit returned.
func (o *Obj) Remove(k Key) { o.Props.remove(k) }

// Diff calls visit for every object that is not the same in both heaps, in order of names; an object that is missing is nil.
func Diff(a, b *Heap, visit func(id ID, x, y *Obj) bool) bool {
	depth := max(a.depth, b.depth)
	return diff(lift(a, depth), lift(b, depth), depth, 0, visit)
}

func lift(h *Heap, depth int) *node {
	n := h.root
	for d := h.depth; d < depth && n != nil; d++ {
		up := newNode(nil, d+1)
		up.kids[0] = n
		n = up
	}
	return n
}

func diff(a, b *node, level int, base ID, visit func(ID, *Obj, *Obj) bool) bool {
	if a == b {
		return true
	}
	for i := range heapFan {
		id := base | ID(i)<<(uint(level)*heapBits)
		if level == 0 {
			var x, y *Obj
			if a != nil {
				x = a.leaf[i]
			}
			if b != nil {
				y = b.leaf[i]
			}
			if x != y && !visit(id, x, y) {
				return false
			}
			continue
		}
		var x, y *node
		if a != nil {
			x = a.kids[i]
		}
		if b != nil {
			y = b.kids[i]
		}
		if !diff(x, y, level-1, id, visit) {
			return false
		}
	}
	return true
}

// EditFrame returns a frame to be changed: itself if the owner has it, else a copy.
func EditFrame(owner *Owner, f *Frame) *Frame {
	if f.owner == owner {
		return f
	}
	c := *f
	c.owner = owner
	c.Regs = append([]Value(nil), f.Regs...)
	return &c
}

// NewFrame makes a frame that the owner may change.
func NewFrame(owner *Owner, f Frame) *Frame {
	f.owner = owner
	return &f
}

// Shared is a frame that nobody may change in place.
func Shared(f *Frame) *Frame {
	f.owner = nil
	return f
}
