// How VitePress builds the pages that content writes.
import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

const menus = JSON.parse(readFileSync(new URL('../pages/nav.json', import.meta.url)))
const repository = 'https://github.com/voipcheck/voipcheck'

// Words of both scripts: letters by words, Chinese by what Intl.Segmenter takes for words, and by characters, so that a part of a
// word is found too. VitePress writes this function into the page: it can use nothing from around it.
function tokenize(text) {
  const tokens = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
  const out = []
  for (const token of tokens) {
    out.push(token)
    if (/\p{Script=Han}/u.test(token)) {
      out.push(...token)
      for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(token)) out.push(segment)
    }
  }
  return out
}

export default defineConfig({
  srcDir: 'pages',
  cleanUrls: false,
  metaChunk: true,
  title: 'voipcheck',
  head: [['meta', { name: 'theme-color', content: '#07c160' }]],
  locales: {
    root: {
      label: '简体中文',
      lang: 'zh-CN',
      description: '微信小程序双人音视频通话的上线前检查',
      themeConfig: {
        ...menus[''],
        outline: { label: '本页目录', level: [2, 3] },
        docFooter: { prev: '上一页', next: '下一页' },
        darkModeSwitchLabel: '外观',
        lightModeSwitchTitle: '切换到浅色',
        darkModeSwitchTitle: '切换到深色',
        sidebarMenuLabel: '目录',
        returnToTopLabel: '回到顶部',
        langMenuLabel: '切换语言',
        skipToContentLabel: '跳到正文',
        notFound: { title: '没有这个页面', quote: '链接可能写错了，或者页面已经改名。', linkLabel: '回到首页', linkText: '回到首页' },
      },
    },
    en: {
      label: 'English',
      lang: 'en',
      description: 'Pre-flight checks for 1v1 calls in WeChat mini-programs',
      themeConfig: { ...menus.en, outline: { level: [2, 3] } },
    },
  },
  themeConfig: {
    socialLinks: [{ icon: 'github', link: repository }],
    search: {
      provider: 'local',
      options: {
        miniSearch: { options: { tokenize }, searchOptions: { tokenize, combineWith: 'AND' } },
        locales: {
          root: {
            translations: {
              button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
              modal: {
                noResultsText: '没有找到',
                resetButtonTitle: '清空',
                backButtonTitle: '关闭',
                displayDetails: '显示详情',
                footer: { selectText: '打开', navigateText: '选择', closeText: '关闭' },
              },
            },
          },
        },
      },
    },
  },
})
