// Package wepy is wepy: .wpy files. Source: wepyjs.github.io.
package wepy
