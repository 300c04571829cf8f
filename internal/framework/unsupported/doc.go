// Package unsupported recognises what looks like a mini-program and is written with something that is not read, or for other platforms
// than WeChat. It is told by its name: reading it as something else would make claims that are not true.
package unsupported
