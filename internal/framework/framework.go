// Package framework lists the frameworks that are known. Each has a folder of its own, with how its projects are recognised and read and what its
// code means; libraries that several stand on (sfc, vue, react, stores) are beside them.
package framework

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/framework/mpx"
	"github.com/voipcheck/voipcheck/internal/framework/native"
	"github.com/voipcheck/voipcheck/internal/framework/taro"
	"github.com/voipcheck/voipcheck/internal/framework/uniapp"
	"github.com/voipcheck/voipcheck/internal/framework/unsupported"
	"github.com/voipcheck/voipcheck/internal/framework/wepy"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// Framework is what is known of a framework: how its projects are read, and what its code means, nil where that is not followed yet.
type Framework struct {
	Reading reading.Framework
	Meaning *platform.Framework
}

// All are the frameworks that compile to mini-programs, in the order in which a folder is taken for a project of one. A new one is a line here.
var All = List{
	{uniapp.Framework{}, uniapp.Model},
	{taro.Framework{}, taro.Model},
	{mpx.Framework{}, mpx.Model},
	{wepy.Framework{}, wepy.Model},
}

// Models are what the code of each framework means, and what packages mean that the platform's own programs use.
var Models = append(All.Models(), native.Model)

// List are frameworks.
type List []Framework

// Models are what the code of each means.
func (l List) Models() []*platform.Framework {
	var models []*platform.Framework
	for _, f := range l {
		if f.Meaning != nil {
			models = append(models, f.Meaning)
		}
	}
	return models
}

// Reading is how the projects of each are recognised and read, with the platform's own beside them.
func (l List) Reading() reading.Frameworks {
	all := reading.Frameworks{Native: native.Framework{}, Unsupported: unsupported.Locate}
	for _, f := range l {
		all.Others = append(all.Others, f.Reading)
	}
	return all
}

// Follows reports whether the programs of a framework are followed.
func Follows(name miniprogram.Framework) bool {
	return name == miniprogram.Native || slices.ContainsFunc(Models, func(f *platform.Framework) bool { return f.Name == name })
}
