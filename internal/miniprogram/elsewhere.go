package miniprogram

// What the scripts that take no part say all the same: they may fill fields that the feature reads.

import "hash/maphash"

// common are the functions by which a script comes by what another one made.
type common uint8

const (
	commonApp   common = 1 << iota // getApp
	commonPages                    // getCurrentPages
	// commonIntercept is uni.addInterceptor, by which it changes what uni's functions return.
	commonIntercept
	// commonChat is a part of the calls' names by itself, as code has it that puts them together.
	commonChat
)

var (
	wordApp   = []byte("getApp")
	wordStack = []byte("CurrentPages")
	wordComes = []byte("addInterceptor")
)

// NamedElsewhere reports whether some script of the program other than those followed contains all the words. Such a
// script may give a value to what the words name. The scripts that can be meant are read again for it.
func (p *Project) NamedElsewhere(followed func(*Script) bool, words ...string) bool {
	var needed common
	for _, w := range words {
		switch w {
		case "getApp":
			needed |= commonApp
		case "getCurrentPages":
			needed |= commonPages
		}
	}
	if needed == 0 && !p.vocabularyOf().holds(words) {
		return false
	}
	for _, name := range p.sortedNames() {
		if p.words[name].common&needed != needed || isMarkup(name) {
			continue
		}
		if s := p.scripts[name]; s != nil && followed(s) {
			continue
		}
		file, err := p.disk.peek(name, p.disk.limits.Script)
		if err != nil {
			continue // it was reported when it was read first
		}
		all := true
		for _, w := range words {
			all = all && containsWord(file.Text, []byte(w))
		}
		if all {
			return true
		}
	}
	return false
}

// vocabulary is the set of the words of all scripts that were not kept. It may hold more, but no less.
type vocabulary struct {
	seed maphash.Seed
	bits []uint64
}

const vocabularyBits = 1 << 24

// vocabularyOf reads the scripts once for all questions.
func (p *Project) vocabularyOf() *vocabulary {
	if p.vocabulary != nil {
		return p.vocabulary
	}
	v := &vocabulary{seed: maphash.MakeSeed(), bits: make([]uint64, vocabularyBits/64)}
	for _, name := range p.sortedNames() {
		if isMarkup(name) {
			continue
		}
		if file, err := p.disk.peek(name, p.disk.limits.Script); err == nil {
			v.add(file.Text)
		}
	}
	p.vocabulary = v
	return v
}

func (v *vocabulary) add(text []byte) {
	for i := 0; i < len(text); {
		if !isWordByte(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && isWordByte(text[i]) {
			i++
		}
		h := maphash.Bytes(v.seed, text[start:i]) % vocabularyBits
		v.bits[h/64] |= 1 << (h % 64)
	}
}

// holds reports whether all the words may be among the scripts'.
func (v *vocabulary) holds(words []string) bool {
	for _, w := range words {
		plain := true
		for i := range len(w) {
			plain = plain && isWordByte(w[i])
		}
		if h := maphash.String(v.seed, w) % vocabularyBits; plain && v.bits[h/64]&(1<<(h%64)) == 0 {
			return false
		}
	}
	return true
}
