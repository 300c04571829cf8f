package flow

import (
	"github.com/voipcheck/voipcheck/internal/source"
)

// snapshot makes the lasting picture of a value that a call gets.
func (m *machine) snapshot(v value, depth int, seen map[*object]bool) *Value {
	if v.kind == kSymbol && v.sym.root != nil {
		mask := m.mask(v.sym.root)
		var out *Value
		same, others := 0, false
		for i, alt := range v.sym.vals {
			if mask&(1<<i) == 0 {
				continue
			}
			switch {
			case alt.kind == kSymbol && alt.sym.root == nil && same == 0:
				same = alt.sym.id
			case !alt.isBlank():
				others = true
			}
			s := m.snapshot(alt, depth+1, seen)
			if out == nil {
				out = s
			} else {
				out = merge(out, s)
			}
		}
		if out != nil && out.Kind == UnknownValue {
			out.Same = v.sym.id
			if same != 0 && !others {
				// A blank at first, and then always the same.
				out.Same = same
			}
		}
		if out != nil {
			return out
		}
	}
	switch v.kind {
	case kUndefined, kNull, kBool, kNumber, kString:
		out := &Value{Kind: map[kind]ValueKind{kUndefined: UndefinedValue, kNull: NullValue, kBool: BoolValue, kNumber: NumberValue, kString: StringValue}[v.kind], Str: v.str, Num: v.num, Bool: v.bool}
		if v.blank() != nil && v.isBlank() {
			out.NeverAssigned, out.Field = true, v.blank().name
		}
		return out
	case kObject:
		return m.snapshotObject(v, depth, seen)
	}
	return &Value{Kind: UnknownValue, Same: v.sym.id}
}

func (m *machine) snapshotObject(v value, depth int, seen map[*object]bool) *Value {
	o := v.obj
	out := &Value{Kind: ObjectValue, At: o.at, Open: o.isOpen}
	switch {
	case v.isFunction():
		out.Kind = FuncValue
		return out
	case o.class == cArray:
		out.Kind = ArrayValue
		return out
	case o.promise != nil:
		out.Open = true
		return out
	case o.class != cPlain && o.class != cBoxed || seen[o] || depth > m.most(boundInner):
		return &Value{Kind: UnknownValue, At: o.at}
	case o.class == cBoxed:
		out.Open = true
	}
	for p, n := o.proto, 0; p != nil && n < m.most(boundPrototypes); p, n = p.proto, n+1 {
		// Methods of a class are no options; what it computes may be.
		for _, c := range p.props {
			out.Open = out.Open || c.getter() != nil
		}
		out.Open = out.Open || p.isOpen || p.class != cPlain
	}
	seen[o] = true
	defer delete(seen, o)
	m.a.slice.demandAll(m, o)
	for _, k := range o.keys {
		c := o.props[k]
		if c == nil || m.lacks(c) {
			continue
		}
		if c.getter() != nil {
			out.Props = append(out.Props, Prop{Name: k, Key: c.key, Value: &Value{Kind: UnknownValue}})
			continue
		}
		value := m.snapshot(m.read(c), depth+1, seen)
		if value.At.IsZero() {
			value.At = c.key
		}
		key := c.key
		if key.IsZero() {
			key = o.at
		}
		out.Props = append(out.Props, Prop{Name: k, Key: key, Value: value})
	}
	return out
}

// merge is what is known of a value that is a in one run and b in another.
func merge(a, b *Value) *Value {
	if a.Kind != b.Kind {
		return unsure(a, b)
	}
	switch a.Kind {
	case BoolValue:
		if a.Bool != b.Bool {
			return unsure(a, b)
		}
	case NumberValue:
		if a.Num != b.Num && (a.Num == a.Num || b.Num == b.Num) {
			return unsure(a, b)
		}
	case StringValue:
		if a.Str != b.Str {
			return unsure(a, b)
		}
	case ObjectValue:
		return mergeObjects(a, b)
	case UnknownValue:
		if a.Same != b.Same {
			return unsure(a, b)
		}
	}
	out := *a
	out.NeverAssigned = a.NeverAssigned && b.NeverAssigned
	return &out
}

func unsure(a, b *Value) *Value {
	out := &Value{Kind: UnknownValue, At: a.At}
	for _, v := range []*Value{a, b} {
		alts := v.Alts
		if v.Kind != UnknownValue && v.Kind != ObjectValue {
			alts = []*Value{v}
		}
		for _, alt := range alts {
			known := false
			for _, old := range out.Alts {
				known = known || old.Kind == alt.Kind && old.Str == alt.Str && old.Num == alt.Num && old.Bool == alt.Bool
			}
			if !known && len(out.Alts) < boundOptions.usual() {
				out.Alts = append(out.Alts, alt)
			}
		}
	}
	return out
}

func mergeObjects(a, b *Value) *Value {
	out := &Value{Kind: ObjectValue, At: a.At, Open: a.Open || b.Open || a.At != b.At}
	for _, p := range a.Props {
		if q := b.Prop(p.Name); q != nil {
			v := merge(p.Value, q.Value)
			out.Props = append(out.Props, Prop{Name: p.Name, Key: p.Key, Value: v})
			continue
		}
		// There in one run only: whether it is missing depends on the way.
		out.Open = true
		out.Props = append(out.Props, Prop{Name: p.Name, Key: p.Key, Value: unsure(p.Value, p.Value)})
	}
	for _, q := range b.Props {
		if a.Prop(q.Name) == nil {
			out.Open = true
			out.Props = append(out.Props, Prop{Name: q.Name, Key: q.Key, Value: unsure(q.Value, q.Value)})
		}
	}
	return out
}

// see adds options to what a call was seen to get: one value for each place where such an object is written.
func (o *observed) see(v *Value, call source.Span) {
	if v.At.IsZero() {
		v.At = call
	}
	for i, old := range o.shapes {
		if old.At == v.At {
			o.shapes[i] = reconcile(old, v)
			return
		}
	}
	if len(o.shapes) < boundShapes.usual() {
		o.shapes = append(o.shapes, v)
	}
}

// reconcile is merge, except that unknown values of different runs are the same only if they are within each of them.
func reconcile(a, b *Value) *Value {
	out := merge(a, b)
	keepSame(out, a, b)
	return out
}

// keepSame keeps the identities of two unknown values where they are the same in both runs.
func keepSame(out, a, b *Value) {
	pairs := map[int]int{}
	var walk func(o, x, y *Value)
	walk = func(o, x, y *Value) {
		if o == nil || x == nil || y == nil {
			return
		}
		if o.Kind == UnknownValue && x.Kind == UnknownValue && y.Kind == UnknownValue && x.Same != 0 && y.Same != 0 {
			if first, ok := pairs[x.Same]; !ok {
				pairs[x.Same] = y.Same
				o.Same = x.Same
			} else if first == y.Same {
				o.Same = x.Same
			}
			return
		}
		for i := range o.Props {
			p, q := x.Prop(o.Props[i].Name), y.Prop(o.Props[i].Name)
			if p != nil && q != nil {
				walk(o.Props[i].Value, p.Value, q.Value)
			}
		}
	}
	walk(out, a, b)
}
