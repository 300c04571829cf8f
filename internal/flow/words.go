package flow

// words are the names in all code that is followed, each once: pages that are written alike have the same ones, and there are as many
// pieces of code to remember the names of as statements and functions.
type words struct {
	list    []string
	numbers map[string]int32
}

func newWords() *words { return &words{numbers: map[string]int32{}} }

// number is what a name goes by.
func (w *words) number(name string) int32 {
	n, known := w.numbers[name]
	if !known {
		n = int32(len(w.list))
		w.list, w.numbers[name] = append(w.list, name), n
	}
	return n
}
