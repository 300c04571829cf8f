package scan

import (
	"strings"
	"testing"
)

func BenchmarkScan(b *testing.B) {
	text := []byte(strings.Repeat("import { format } from '../../lib/m'\nconst value = this.data.list.map(item => ({ ...item, title: format(item.title) }))\n", 400))
	pages := NewPageNames([]string{"pages/a/a", "pages/b/b"})
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		l, w := Lexicon{}, &Summary{}
		NamesAndUses(text)
		NamesMedia(text)
		EachImport(text, func(specifier []byte) { l.Imports(w, specifier) })
		pages.In(text, "lib")
		if len(w.Imports) != 1 {
			b.Fatal("the import is missing")
		}
	}
}
