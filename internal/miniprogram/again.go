package miniprogram

// Whether a program stays the same when a file of it is edited.

import (
	"hash/maphash"
)

// seed is that of all digests in this run of the program.
var seed = maphash.MakeSeed()

// SameProgram reports whether the program would be the same if the file of that name, as it was opened, had the bytes raw: of most
// files only the words matter that are looked for in all of them. looked tells that the file was looked at for these; one that was not
// is none of the program's. The options must have asked for it (Again).
func (p *Project) SameProgram(name string, raw []byte) (looked, same bool) {
	name = p.disk.canonical(name)
	w := p.words[name]
	if w == nil {
		return false, true
	}
	if w.err != nil || w.digest == 0 || int64(len(raw)) > p.disk.limits.Named || p.disk.hasRead(name) {
		return true, false
	}
	again := &words{name: name}
	(&onlooker{walk: p.walkOf(p.src), lexicon: lexicon{}}).see(again, raw)
	return true, again.digest == w.digest
}

// hasRead reports whether a file was read for more than its words.
func (d *disk) hasRead(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.read[name] || d.failed[name] != nil
}

// sum is the digest of all that was read off a file.
func (w *words) sum() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	number := func(n uint64) {
		maphash.WriteComparable(&h, n)
	}
	text := func(s string) {
		number(uint64(len(s)))
		_, _ = h.WriteString(s) // it never fails
	}
	number(uint64(w.names))
	number(uint64(w.common))
	maphash.WriteComparable(&h, w.media)
	number(uint64(len(w.imports)))
	for _, s := range w.imports {
		text(s)
	}
	number(uint64(len(w.locals)))
	for _, l := range w.locals {
		maphash.WriteComparable(&h, l)
	}
	number(uint64(len(w.tags)))
	for _, s := range w.tags {
		text(s)
	}
	for _, n := range w.pages {
		number(uint64(n))
	}
	return h.Sum64() | 1 // 0 stands for none
}
