package miniprogram

// What the scripts that take no part say all the same: they may fill fields that the feature reads.

import "strings"

// NamedElsewhere reports whether some script of the program that is not among Scripts contains all the words. Such a
// script may give a value to what the words name. Scripts are read again for it, at most once for the same words.
func (p *Project) NamedElsewhere(words ...string) bool {
	key := strings.Join(words, " ")
	if found, ok := p.elsewhere[key]; ok {
		return found
	}
	if p.elsewhere == nil {
		p.elsewhere = map[string]bool{}
	}
	p.elsewhere[key] = p.namedElsewhere(words)
	return p.elsewhere[key]
}

func (p *Project) namedElsewhere(words []string) bool {
	part := map[string]bool{}
	for _, s := range p.Scripts {
		part[s.File.Name] = true
	}
	for _, name := range sortedWords(p.words) {
		if part[name] || isMarkup(name) {
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
