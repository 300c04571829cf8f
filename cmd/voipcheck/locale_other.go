//go:build !windows

package main

// systemLocale is "": the environment says it all.
func systemLocale() string { return "" }
