// Package react is what React means, and what stands on it. Source: react.dev/reference.
package react

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
)

//go:embed prelude/*.js
var preludes embed.FS

// Library are React's packages, and those of hooks.
var Library = &platform.Library{Files: platform.Folder(preludes, "prelude"), Packages: map[string]platform.Package{
	"react":                          {File: "reactpackage.js"},
	"preact":                         {File: "reactpackage.js"},
	"nervjs":                         {File: "reactpackage.js"},
	"react/jsx-runtime":              {File: "reactpackage.js"},
	"react/jsx-dev-runtime":          {File: "reactpackage.js"},
	"@tarojs/plugin-framework-react": {File: "reactpackage.js"},
	"ahooks":                         {File: "ahooks.js"}, "taro-hooks": {File: "ahooks.js"}, "react-use": {File: "ahooks.js"},
}}
