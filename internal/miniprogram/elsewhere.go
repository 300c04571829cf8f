package miniprogram

// What the scripts that take no part say all the same: they may fill fields that the feature reads.

// NamedElsewhere reports whether some script of the program other than those followed contains all the words. Such a
// script may give a value to what the words name. The scripts are read again for it.
func (p *Project) NamedElsewhere(followed func(*Script) bool, words ...string) bool {
	for _, name := range sortedWords(p.words) {
		if isMarkup(name) {
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
