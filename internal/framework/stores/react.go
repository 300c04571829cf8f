package stores

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
)

//go:embed prelude/redux.js prelude/zustand.js prelude/atoms.js prelude/mobxreact.js
var reactPreludes embed.FS

// React is what the stores mean that stand beside components of React: Redux, Zustand, Jotai, Recoil, and MobX's part for React.
var React = &platform.Library{
	Files: platform.Folder(reactPreludes, "prelude"),
	Packages: map[string]platform.Package{
		"redux": {File: "redux.js"}, "react-redux": {File: "redux.js"}, "@reduxjs/toolkit": {File: "redux.js"}, "redux-thunk": {File: "redux.js", Export: "thunk"},
		"reselect": {File: "redux.js"}, "@tarojs/redux": {File: "redux.js"},
		"zustand": {File: "zustand.js"}, "zustand/middleware": {File: "zustand.js"}, "zustand/middleware/immer": {File: "zustand.js"}, "zustand/shallow": {File: "zustand.js"},
		"zustand/react/shallow": {File: "zustand.js"}, "zustand/traditional": {File: "zustand.js"}, "zustand/vanilla": {File: "zustand.js"}, "zustand-mp": {File: "zustand.js"},
		"jotai": {File: "atoms.js"}, "jotai/utils": {File: "atoms.js"}, "jotai/vanilla": {File: "atoms.js"}, "recoil": {File: "atoms.js"},
		"mobx-react": {File: "mobxreact.js"}, "mobx-react-lite": {File: "mobxreact.js"}, "@tarojs/mobx": {File: "mobxreact.js"},
	},
}
