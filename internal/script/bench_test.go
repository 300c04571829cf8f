package script

import (
	"os"
	"testing"

	"github.com/voipcheck/voipcheck/internal/source"
)

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"call-page.js", "built/call-page.es5.commonjs.js", "built/call-page.min.js", "script.ts", "hooks.tsx"} {
		b.Run(name, func(b *testing.B) {
			text, err := os.ReadFile("testdata/code/" + name)
			if err != nil {
				b.Fatal(err)
			}
			dialect, _ := dialectOf(name)
			file := source.NewFile(name, name, text)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(file, text, dialect); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
