// What the page says in its two languages. What the checker says comes from the checker.

const WORDS = {
  playground: ['playground', '在线检查'],
  example: ['Example', '示例'],
  own: ['Your code', '你的代码'],
  open: ['Open a folder', '打开文件夹'],
  share: ['Share', '分享'],
  theme: ['Light or dark', '切换浅色 / 深色'],
  dropHere: ['Drop a mini-program, or files of one', '松开鼠标，检查这个小程序'],
  kept: ['Checked in this browser. Nothing is sent anywhere.', '检查在本机浏览器中进行，代码不会发送到任何地方。'],
  loading: ['Loading the checker…', '正在加载检查器…'],
  loadingMore: ['Once, some 5 MB; after that it works without a network.', '仅需加载一次，约 5 MB；之后无需联网。'],
  took: ['checked in {0} ms', '检查用时 {0} 毫秒'],
  checklist: ['Checklist', '检查清单'],
  findings: ['Findings', '发现的问题'],
  pictures: ['How each call is reached', '每个通话接口的调用路径'],
  legend: ['Highlighted: the path that was followed. Dashed: what should be there. Click a box to see its code.', '高亮：实际走到的路径；虚线：应有而没有走到的步骤。点击方框查看代码。'],
  weakened: ['What makes this check weaker', '以下设置放宽了检查'],
  givenUp: ['Not followed to the end', '没有跟踪完'],
  unreadable: ['Could not be read', '无法读取'],
  how: ['How it comes to this', '经过'],
  runTime: ['At run time', '运行时'],
  advice: ['What to do', '怎么改'],
  picture: ['See it drawn', '查看路径图'],
  rule: ['About this rule', '规则说明'],
  fixAll: ['Apply {0} safe fixes', '应用 {0} 处安全修复'],
  fixAllOne: ['Apply the safe fix', '应用安全修复'],
  proposal: ['a proposal: read it before you keep it', '仅为建议，采用前请确认'],
  fixed: ['Fixed {0}', '已修复 {0} 处'],
  undo: ['Undo', '撤销'],
  fix: ['Apply this fix', '应用修复'],
  files: ['All files ({0})', '全部文件（{0}）'],
  blank: ['Your own: paste it here', '空白项目：粘贴你的代码'],
  error: ['error', '错误'],
  warning: ['warning', '警告'],
  info: ['note', '提示'],
  failed: ['There is nothing to check', '没有可检查的内容'],
  crashed: ['The check did not finish', '检查没有完成'],
  tooDeep: ['It is too deep for a browser, which gives programs a small stack. The command line has no such limit.', '代码嵌套过深，超出浏览器的栈限制。命令行版本没有此限制。'],
  stopped: ['It was stopped after {0} s. Smaller programs finish here; the command line has no such limit.', '{0} 秒后已停止。请换较小的程序，或使用没有此限制的命令行版本。'],
  unloaded: ['The checker could not be loaded', '检查器加载失败'],
  unloadedMore: ['Serve this folder over HTTP, with a browser of 2023 or later.', '请通过 HTTP 访问本目录，并使用 2023 年之后的浏览器。'],
  copied: ['The link is copied. The code is in the link itself.', '链接已复制，代码就保存在链接里。'],
  copy: ['Copy the address of this page: the code is in it.', '请复制地址栏中的链接，代码就保存在其中。'],
  long: ['This program is too long for a link ({0} KB).', '程序太大，无法放进链接（{0} KB）。'],
  broken: ['The link is damaged: it holds no program.', '链接已损坏，其中没有可用的代码。'],
  big: ['That is {0} MB of code. Open the mini-program alone, without what was built or installed.', '代码共 {0} MB，请只打开小程序本身，不要包含构建产物和依赖。'],
  nothing: ['There are no files of a mini-program in it.', '其中没有小程序的文件。'],
  left: ['{0} files opened; pictures, packages and the like ({1}) left out', '已打开 {0} 个文件；图片、依赖包等 {1} 个文件未读取'],
  opened: ['{0} files opened', '已打开 {0} 个文件'],
  add: ['New file', '新建文件'],
  addName: ['Name of the file, with its folders', '文件名（含目录）'],
  editor: ['Code of {0}', '{0} 的代码'],
}

export const language = { now: 'en' }

// say fills the sentence of that name in the language of the page.
export function say(name, ...values) {
  const said = WORDS[name][language.now === 'zh' ? 1 : 0]
  return said.replace(/\{(\d)\}/g, (_, i) => values[i])
}

// sayAll puts the sentences into the elements that name one.
export function sayAll() {
  document.documentElement.lang = language.now === 'zh' ? 'zh-CN' : 'en'
  for (const e of document.querySelectorAll('[data-say]')) e.textContent = say(e.dataset.say)
  for (const e of document.querySelectorAll('[data-tip]')) {
    e.title = say(e.dataset.tip)
    e.setAttribute('aria-label', e.title)
  }
}

// make makes an element. Text is always text: nothing that a program says is ever read as HTML.
export function make(tag, className, ...children) {
  const e = document.createElement(tag)
  if (className) e.className = className
  e.append(...children.filter((c) => c !== null && c !== undefined && c !== ''))
  return e
}
