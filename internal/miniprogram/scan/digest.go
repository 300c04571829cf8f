package scan

// A digest of what a file's bytes tell, so that two states of it can be compared.

import "hash/maphash"

// seed is that of all digests in this run of the program.
var seed = maphash.MakeSeed()

// Digest is the digest of all that was read off a file.
func (w *Summary) Digest() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	number := func(n uint64) {
		maphash.WriteComparable(&h, n)
	}
	text := func(s string) {
		number(uint64(len(s)))
		_, _ = h.WriteString(s) // it never fails
	}
	number(uint64(w.Names))
	number(uint64(w.Uses))
	maphash.WriteComparable(&h, w.Media)
	number(uint64(len(w.Imports)))
	for _, s := range w.Imports {
		text(s)
	}
	number(uint64(len(w.Locals)))
	for _, l := range w.Locals {
		maphash.WriteComparable(&h, l)
	}
	number(uint64(len(w.Tags)))
	for _, s := range w.Tags {
		text(s)
	}
	for _, n := range w.Pages {
		number(uint64(n))
	}
	return h.Sum64() | 1 // 0 stands for none
}
