package flow

// Errors, and the exceptions that the library throws where all that it is given is known.

// errorKinds are the constructors of errors.
var errorKinds = []string{"Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "URIError", "EvalError"}

// kindMark is the property that holds which of them made an error.
const kindMark = symbolMark + "error"

// newErrorOf makes the constructor of errors of a kind.
func newErrorOf(kind string) nativeFunc {
	return func(m *machine, _ value, args []value, fr *frame) value {
		v := m.newError(kind, arg(args, 0))
		if fr != nil && !fr.prog.prelude {
			v.obj.at = fr.prog.span(fr.call)
		}
		return v
	}
}

func (m *machine) newError(kind string, message value) value {
	o := m.object(cPlain)
	o.isOpen, o.name = true, "Error"
	m.define(o, kindMark, text(kind))
	if message.kind == kUndefined {
		message = text("")
	}
	m.define(o, "message", message)
	if m.ctx.failing != nil {
		o.put().failOf = m.ctx.failing
	}
	return ref(o)
}

// errorKind is which constructor made an error, "" where that is not known.
func errorKind(o *object) string {
	if c := o.props[kindMark]; c != nil && o.class == cPlain {
		return c.val.str
	}
	return ""
}

// errorText is toString of an error.
func (m *machine) errorText(v value) value {
	name, message := m.known(m.get(v, "name")), m.known(m.get(v, "message"))
	if message.kind == kString && message.str == "" {
		return name
	}
	return m.concat(m.concat(name, text(": ")), message)
}

// fails throws an error of the language. Where it is not certain that the code runs, it may have been thrown.
func (m *machine) fails(kind string) value {
	if m.serial == 0 || m.weak != 0 {
		return m.unknown(nil)
	}
	m.throw(m.newError(kind, m.unknown(nil)))
	return undefined
}
