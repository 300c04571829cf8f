// Package framework lists the frameworks that are known: how their programs are followed is in a folder each, with libraries that several stand on
// (vue, stores) beside them.
package framework

import (
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/framework/taro"
	"github.com/voipcheck/voipcheck/internal/framework/uniapp"
)

// Models are what the code of each framework means.
var Models = []*platform.Framework{uniapp.Model, taro.Model}
