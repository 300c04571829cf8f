package miniprogram

// Which framework a folder is written with, and which sources a build output comes from.

func (l *locator) classifyFramework(dir string) *Place { return nil }

func (l *locator) isTaroSource(dir string) bool { return false }

// sourceOf returns the framework project that dir is the build output of, or nil.
func (l *locator) sourceOf(dir string) *Place { return nil }
