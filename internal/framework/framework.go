// Package framework lists the frameworks that are known: how their programs are followed is in a folder each, with libraries that several stand on
// (vue, stores) beside them.
package framework

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/framework/taro"
	"github.com/voipcheck/voipcheck/internal/framework/uniapp"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Models are what the code of each framework means.
var Models = []*platform.Framework{uniapp.Model, taro.Model}

// Follows reports whether the programs of a framework are followed.
func Follows(name miniprogram.Framework) bool {
	return name == miniprogram.Native || slices.ContainsFunc(Models, func(f *platform.Framework) bool { return f.Name == name })
}
