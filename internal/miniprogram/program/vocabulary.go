package program

// What the scripts that take no part say all the same: they may fill fields that the feature reads.

import (
	"hash/maphash"
	"runtime"
	"sync"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

// NamedInOtherScripts answers for the project.
func (p *program) NamedInOtherScripts(followed func(*miniprogram.Script) bool, words ...string) bool {
	var needed scan.Uses
	for _, w := range words {
		switch w {
		case "getApp":
			needed |= scan.UsesApp
		case "getCurrentPages":
			needed |= scan.UsesPages
		}
	}
	asked := hashesOf(words)
	for _, name := range p.withVocabulary(needed) {
		if !p.vocabularies[name].mayHold(asked) {
			continue
		}
		if s := p.scripts[name]; s != nil && followed(s) {
			continue
		}
		file, err := p.Disk.Peek(name, p.Disk.Limits.Script)
		if err != nil {
			continue // it was reported when it was read first
		}
		all := true
		for _, w := range words {
			all = all && scan.ContainsWord(file.Text, []byte(w))
		}
		if all {
			return true
		}
	}
	return false
}

// vocabulary is the set of a script's words, as a Bloom filter. It may hold more, but no less; nil holds nothing.
type vocabulary []uint64

// Of a vocabulary: how many of its bits a word sets, and how many bits there are at least for each word.
const (
	bitsOfWord  = 4
	bitsPerWord = 8
)

var vocabularySeed = maphash.MakeSeed()

// withVocabulary returns, in order, the scripts that have all of what is needed in common, and of which the vocabulary is known: each is
// read once for all questions.
func (p *program) withVocabulary(needed scan.Uses) []string {
	var names, unread []string
	for _, name := range p.sortedNames() {
		if p.summaries[name].Uses&needed != needed || isMarkup(name) {
			continue
		}
		names = append(names, name)
		if _, known := p.vocabularies[name]; !known {
			unread = append(unread, name)
		}
	}
	read := make([]vocabulary, len(unread))
	workers := max(1, min(runtime.GOMAXPROCS(0), 8, len(unread)/batch))
	var wg sync.WaitGroup
	for worker := range workers {
		wg.Go(func() {
			r := &wordReader{disk: p.Disk.Disk, buffer: buffers.Get().(*[]byte)}
			for i := worker; i < len(unread); i += workers {
				read[i] = r.vocabularyOf(unread[i])
			}
			if cap(*r.buffer) <= largestBuffer {
				buffers.Put(r.buffer)
			}
		})
	}
	wg.Wait()
	if p.vocabularies == nil {
		p.vocabularies = make(map[string]vocabulary, len(unread))
	}
	for i, name := range unread {
		p.vocabularies[name] = read[i]
	}
	return names
}

// wordReader reads vocabularies, with what it keeps between files.
type wordReader struct {
	disk   *files.Disk
	buffer *[]byte
	hashes []uint64
	marks  [1 << 10]uint64 // to tell about how many words are different
}

// vocabularyOf reads the words of a file; nil when it cannot be read, which was reported when it was read first.
func (r *wordReader) vocabularyOf(name string) vocabulary {
	raw, err := r.disk.Regular(name, r.disk.Limits.Script, *r.buffer)
	if *r.buffer = raw; err != nil {
		return nil
	}
	r.disk.Count(name)
	text, _ := files.Decode(raw)
	r.hashes = r.hashes[:0]
	for i := 0; i < len(text); {
		if !scan.IsWordByte(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && scan.IsWordByte(text[i]) {
			i++
		}
		r.hashes = append(r.hashes, maphash.Bytes(vocabularySeed, text[start:i]))
	}
	v := make(vocabulary, sizeFor(r.different()))
	for _, h := range r.hashes {
		v.each(h, func(at, bit uint64) bool { v[at] |= bit; return true })
	}
	return v
}

// different is about how many of the words are different: no more than there are.
func (r *wordReader) different() int {
	clear(r.marks[:])
	n := 0
	for _, h := range r.hashes {
		at, bit := h>>6%uint64(len(r.marks)), uint64(1)<<(h&63)
		if r.marks[at]&bit == 0 {
			r.marks[at] |= bit
			n++
		}
	}
	return n
}

// sizeFor is how many elements a vocabulary of so many words has: a power of two.
func sizeFor(words int) int {
	size := 1
	for size*64 < words*bitsPerWord {
		size *= 2
	}
	return size
}

// each calls f with the places of a word's bits until it returns false.
func (v vocabulary) each(hash uint64, f func(at, bit uint64) bool) {
	step := hash>>32 | 1
	for range bitsOfWord {
		if !f(hash>>6&uint64(len(v)-1), 1<<(hash&63)) {
			return
		}
		hash += step * 0x9E3779B97F4A7C15
	}
}

// mayHold reports whether all the words may be in the vocabulary.
func (v vocabulary) mayHold(hashes []uint64) bool {
	if len(v) == 0 {
		return false
	}
	all := true
	for _, h := range hashes {
		v.each(h, func(at, bit uint64) bool {
			all = all && v[at]&bit != 0
			return all
		})
	}
	return all
}

// hashesOf are those of words that vocabularies tell of; others, as paths, are looked for in the text.
func hashesOf(words []string) []uint64 {
	var hashes []uint64
	for _, w := range words {
		plain := w != ""
		for i := range len(w) {
			plain = plain && scan.IsWordByte(w[i])
		}
		if plain {
			hashes = append(hashes, maphash.String(vocabularySeed, w))
		}
	}
	return hashes
}
