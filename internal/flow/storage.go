package flow

// What the code keeps in the device's storage. It outlives the run of the program, so that a flag found there shows
// only that something held at some time.

// keepStored is setStorageSync.
func (m *machine) keepStored(key, v value) {
	if name, ok := m.known(key).key(); ok && m.serial != 0 {
		m.assign(m.a.storageCell(name), v)
	}
}

// stored is getStorageSync. What the project itself writes under the key where it knows more than nothing may carry that on.
func (m *machine) stored(key value) value {
	name, ok := m.known(key).key()
	if !ok || m.serial == 0 {
		return m.unknown(nil)
	}
	c := m.a.storageCell(name)
	if c.hist == nil {
		return m.unknown(nil)
	}
	for _, w := range c.hist.writes {
		if w.facts&(factBoth|factEnabled) != 0 {
			v := m.unknown(&unfollowed{name: "getStorageSync", stored: true, at: c.key})
			m.reads[c] = v
			return v
		}
	}
	return m.unknown(nil)
}

// storageCell is the place of a key in the storage.
func (a *analysis) storageCell(name string) *cell {
	c := a.storage[name]
	if c == nil {
		c = &cell{name: name}
		a.storage[name] = c
	}
	return c
}
