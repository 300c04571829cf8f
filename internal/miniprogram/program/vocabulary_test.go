package program

import (
	"fmt"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
)

// A vocabulary lacks no word of its file, and has few others.
func TestVocabularyHoldsItsWords(t *testing.T) {
	var text strings.Builder
	for i := range 500 {
		fmt.Fprintf(&text, "word%d.call(名字%d) ", i, i)
	}
	d := files.NewDisk(miniprogram.MemFS(map[string]string{"a.js": text.String(), "empty.js": ""}), files.DefaultLimits)
	buffer := make([]byte, 0, 512)
	r := &wordReader{disk: d, buffer: &buffer}
	v := r.vocabularyOf(miniprogram.MemFS(nil).Base() + "/a.js")
	for i := range 500 {
		for _, word := range []string{fmt.Sprintf("word%d", i), fmt.Sprintf("名字%d", i), "call"} {
			if !v.mayHold(hashesOf([]string{word, "call"})) {
				t.Fatalf("%s is not there", word)
			}
		}
	}
	others := 0
	for i := range 10_000 {
		if v.mayHold(hashesOf([]string{fmt.Sprintf("other%d", i)})) {
			others++
		}
	}
	if others > 500 {
		t.Errorf("%d of 10000 words that are not there may be", others)
	}
	if v := r.vocabularyOf(miniprogram.MemFS(nil).Base() + "/empty.js"); v.mayHold(hashesOf([]string{"word1"})) || !v.mayHold(hashesOf([]string{"a-b"})) {
		t.Error("an empty file holds a word, or is not looked into for what is no word")
	}
	if v := r.vocabularyOf(miniprogram.MemFS(nil).Base() + "/none.js"); v.mayHold(nil) {
		t.Error("a file that cannot be read holds something")
	}
}
