// Package stores is the libraries in which programs keep their state beside components: Vuex and Pinia.
package stores

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
)

//go:embed prelude/*.js
var preludes embed.FS

// Vue is what Vuex and Pinia mean, as far as the order of actions and the state that they share go. It stands on Vue's library.
var Vue = &platform.Library{
	Files: platform.Folder(preludes, "prelude"),
	Packages: map[string]platform.Package{
		"vuex": {File: "vuex.js"}, "@wepy/x": {File: "vuex.js"}, "pinia": {File: "pinia.js"}, "@mpxjs/pinia": {File: "pinia.js"},
	},
}
