package scan

// Whether code calls a function by which pages and components register themselves.

import "bytes"

// Registers reports whether the code calls the function: Page( as a word of its own.
func Registers(text, function []byte) bool {
	found := false
	each(text, function, func(at int) {
		end := at + len(function)
		if found || !isWord(text, at, end) || at > 0 && text[at-1] == '.' {
			return
		}
		i := skipSpace(text, typeArgumentsEnd(text, skipSpace(text, end)))
		if i < len(text) && text[i] == '(' {
			found = !bytes.HasSuffix(bytes.TrimRight(text[:at], " \t"), []byte("function"))
		}
	})
	return found
}

// typeArgumentsEnd returns the offset after the type arguments that begin at: Page<Fields, Methods>(
func typeArgumentsEnd(text []byte, at int) int {
	if at >= len(text) || text[at] != '<' {
		return at
	}
	depth := 0
	for i := at; i < min(len(text), at+2000); i++ {
		switch text[i] {
		case '<':
			depth++
		case '>':
			if text[i-1] == '=' { // of a function's type
				continue
			}
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return at
}
