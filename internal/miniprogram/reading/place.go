package reading

// Where mini-programs are, and how they are looked for and read.

import (
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
)

// Options say how mini-programs are looked for and read.
type Options struct {
	// Root is the mini-program's folder when discovery should not decide: relative to the
	// working directory, or absolute.
	Root string
	// Ignore leaves a file or folder out of the program, by its path in reports. It may be nil.
	Ignore func(path string, dir bool) bool
	// Tell is told what was read and why. It may be nil.
	Tell func(lang.Text)
	// Limits are DefaultLimits where they are zero.
	Limits files.Limits
	// KeepDigests keeps what SameProgram needs.
	KeepDigests bool
}

// Say tells what was read and why.
func (o Options) Say(t lang.Text, args ...any) {
	if o.Tell != nil {
		o.Tell(lang.F(t, args...))
	}
}

// InForce are the limits with what they are where they are zero.
func (o Options) InForce() files.Limits {
	l := o.Limits
	for _, pair := range []struct {
		value    *int64
		fallback int64
	}{{&l.Config, files.DefaultLimits.Config}, {&l.Script, files.DefaultLimits.Script}, {&l.Named, files.DefaultLimits.Named}, {&l.Files, files.DefaultLimits.Files}} {
		if *pair.value <= 0 {
			*pair.value = pair.fallback
		}
	}
	return l
}

// Place is a mini-program that was found and not yet read.
type Place struct {
	// Root is the mini-program's folder as reports name it, Dir its absolute name.
	Root, Dir string
	Framework miniprogram.Framework
	// Unsupported is why the mini-program cannot be checked; nil where it can.
	Unsupported *miniprogram.Unsupported

	// Kind is the framework; nil for what cannot be read.
	Kind   Framework
	Disk   *files.Disk
	Config *configuration.ProjectConfig // the project.config.json; nil when there is none
	Src    string                       // absolute folder of the sources: the app configuration's
	// Promised tells that project.config.json names the folder and no app.json is there.
	Promised bool
}
