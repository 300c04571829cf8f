package scan

// What files have in common: texts of which one copy is kept, and the specifiers that several import.

// Lexicon is what one worker has come by.
type Lexicon map[string]*Specifier

// Specifier is a text that files name, with those that import by it.
type Specifier struct {
	Text  string
	Files []*Summary
}

func (l Lexicon) of(b []byte) *Specifier {
	s := l[string(b)]
	if s == nil {
		s = &Specifier{Text: string(b)}
		l[s.Text] = s
	}
	return s
}

// Intern returns the one copy of a text.
func (l Lexicon) Intern(b []byte) string { return l.of(b).Text }

// Imports notes that a file imports by a specifier.
func (l Lexicon) Imports(w *Summary, b []byte) {
	s := l.of(b)
	if n := len(s.Files); n > 0 && s.Files[n-1] == w {
		return
	}
	s.Files = append(s.Files, w)
	w.Imports = append(w.Imports, s.Text)
}
