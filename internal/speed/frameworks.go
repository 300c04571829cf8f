//go:build unix

package main

// Programs of frameworks, in which each page imports a component and a helper by an alias.

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

const permission = `"permission":{"scope.record":{"desc":"用于和家人通话"},"scope.camera":{"desc":"用于和家人通话"}}`

// uniApp is a program of uni-app on Vue 3, of the reference page and so many that have nothing to do with calls.
func uniApp(n int) func(*tree) error {
	return func(t *tree) error {
		page, err := os.ReadFile("fixtures/reference/uni-app-js/call.vue")
		if err != nil {
			return err
		}
		pages := []string{`{"path":"pages/call/call"}`}
		for i := range n {
			pages = append(pages, fmt.Sprintf(`{"path":"pages/p%d/index"}`, i))
			err := t.all(map[string]string{
				fmt.Sprintf("src/pages/p%d/index.vue", i):      fmt.Sprintf("<template><view><card @click=\"tap\" />{{ n }}</view></template>\n<script>\nimport card from '@/components/c%d/index.vue'\nimport { format } from '@/utils/index'\nexport default { components: { card }, data() { return { n: 0 } }, methods: { tap() { this.n = format(this.n) } } }\n</script>\n", i),
				fmt.Sprintf("src/components/c%d/index.vue", i): "<template><view @click=\"$emit('click')\"><base-box /></view></template>\n<script>\nimport baseBox from '../base/index.vue'\nexport default { components: { baseBox } }\n</script>\n",
			})
			if err != nil {
				return err
			}
		}
		return t.all(map[string]string{
			"src/pages/call/call.vue": string(page), "src/components/base/index.vue": "<template><view /></template>\n<script>\nexport default {}\n</script>\n",
			"src/utils/index.js": "export const format = (n) => n + 1\n", "src/App.vue": "<script>\nexport default {}\n</script>\n", "src/main.js": "import App from './App'\n",
			"src/pages.json": `{"pages":[` + strings.Join(pages, ",") + `]}`, "src/manifest.json": `{"mp-weixin":{` + permission + `}}`,
			"package.json": `{"dependencies":{"vue":"^3.4.0","@dcloudio/uni-app":"^3.0.0"}}`,
		})
	}
}

// taro is the same in Taro with React.
func taro(n int) func(*tree) error {
	return func(t *tree) error {
		page, err := os.ReadFile("fixtures/reference/taro-js/call.jsx")
		if err != nil {
			return err
		}
		pages := []string{"'pages/call/index'"}
		for i := range n {
			pages = append(pages, fmt.Sprintf("'pages/p%d/index'", i))
			err := t.all(map[string]string{
				fmt.Sprintf("src/pages/p%d/index.jsx", i):       fmt.Sprintf("import { View } from '@tarojs/components'\nimport Card from '@/components/c%d'\nimport { format } from '@/utils'\nexport default function Page() {\n  return <View onClick={() => format(1)}><Card /></View>\n}\n", i),
				fmt.Sprintf("src/pages/p%d/index.config.js", i): "export default definePageConfig({ navigationBarTitleText: 'page' })\n",
				fmt.Sprintf("src/components/c%d/index.jsx", i):  "import { View } from '@tarojs/components'\nimport Base from '../base'\nexport default () => <View><Base /></View>\n",
			})
			if err != nil {
				return err
			}
		}
		return errors.Join(t.write("src/pages/call/index.jsx", string(page)), t.all(map[string]string{
			"src/components/base/index.jsx": "import { View } from '@tarojs/components'\nexport default () => <View />\n", "src/utils/index.js": "export const format = (n) => n + 1\n",
			"src/app.config.js": "export default defineAppConfig({ pages: [" + strings.Join(pages, ", ") + "], " + permission + " })\n", "src/app.js": "export default ({ children }) => children\n",
			"package.json": `{"dependencies":{"@tarojs/taro":"^4.0.0","react":"^18.0.0"}}`, "jsconfig.json": `{"compilerOptions":{"baseUrl":".","paths":{"@/*":["./src/*"]}}}`,
		}))
	}
}
