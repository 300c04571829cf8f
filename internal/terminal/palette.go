package terminal

import "github.com/fatih/color"

// Palette are the colours in use. The library's own decision, made once from the process's standard
// output, does not count: each colour is told whether to paint.
type Palette struct{ Strong, Dim, Red, Yellow, Blue, Green *color.Color }

// NewPalette returns colours that paint, or do not.
func NewPalette(on bool) Palette {
	shade := func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		if on {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return Palette{
		Strong: shade(color.Bold), Dim: shade(color.Faint),
		Red: shade(color.FgRed, color.Bold), Yellow: shade(color.FgYellow, color.Bold),
		Blue: shade(color.FgCyan), Green: shade(color.FgGreen, color.Bold),
	}
}

// Wanted decides whether to paint: never or always when asked so, else by the environment's
// conventions and by whether the output is a terminal.
func Wanted(mode string, env func(string) string, isTerminal bool) bool {
	forced := func(name string) bool {
		v := env(name)
		return v != "" && v != "0" && v != "false"
	}
	switch {
	case mode == "always":
		return true
	case mode == "never", env("NO_COLOR") != "":
		return false
	case forced("CLICOLOR_FORCE"), forced("FORCE_COLOR"):
		return true
	case env("TERM") == "dumb", env("CLICOLOR") == "0", env("FORCE_COLOR") != "":
		return false
	}
	return isTerminal
}
