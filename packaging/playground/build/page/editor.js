// The editor: a text area over the same text in colours, with what was found underlined.

import { make } from './words.js'

const SCRIPT = /(\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))|('(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?|`(?:\\[^]|[^`\\])*`?)|\b(async|await|break|case|catch|class|const|continue|default|do|else|export|extends|false|finally|for|from|function|if|import|in|instanceof|interface|let|new|null|of|return|static|super|switch|this|throw|true|try|type|typeof|undefined|var|void|while|yield)\b|\b(\d[\d._xa-fA-F]*)\b|([A-Za-z_$][\w$]*)(?=\s*\()/g
const MARKUP = /(<!--[^]*?(?:-->|$))|("[^"]*"?|'[^'\n]*'?)|(<\/?[\w:-]+|\/?>)|(\{\{[^}]*\}\})|([@:\w.-]+)(?==)/g
const STYLE = /(\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*)|("[^"]*"?|'[^'\n]*'?)|([.#&>][\w-]*(?=[^;{}\n]*\{))|\b(\d[\w.%]*)|([\w-]+)(?=\s*:)/g
const CLASSES = ['comment', 'string', 'keyword', 'number', 'call']

// Longer texts are shown in one colour.
const MOST = 150_000

// colours are the parts of a text that have one: [start, end, class], in order.
function colours(text, name) {
  if (text.length > MOST) return []
  const parts = []
  const pattern = /\.(wxml|html)$/.test(name) ? MARKUP : /\.(wxss|s?css|less)$/.test(name) ? STYLE : SCRIPT
  const add = (pattern, text, at) => {
    for (const m of text.matchAll(pattern)) {
      const group = m.slice(1).findIndex((g) => g !== undefined)
      parts.push([at + m.index, at + m.index + m[0].length, CLASSES[group]])
    }
  }
  if (!/\.(vue|mpx|wpy)$/.test(name)) {
    add(pattern, text, 0)
    return parts
  }
  // A component of one file: what is between script tags is script.
  let at = 0
  for (const m of text.matchAll(/(<script[^>]*>)([^]*?)(?=<\/script>|$)/g)) {
    const begin = m.index + m[1].length
    add(MARKUP, text.slice(at, begin), at)
    add(SCRIPT, m[2], begin)
    at = begin + m[2].length
  }
  add(MARKUP, text.slice(at), at)
  return parts
}

export class Editor {
  #name = ''
  #marks = []
  #lit = null
  #flash = 0

  constructor(root, { changed, chosen }) {
    this.chosen = chosen
    this.gutter = make('div', 'gutter')
    this.back = make('pre', 'back')
    this.area = make('textarea', 'area')
    Object.assign(this.area, { spellcheck: false, autocapitalize: 'off', autocomplete: 'off', wrap: 'off' })
    this.root = root
    root.append(this.gutter, make('div', 'sheet', this.back, this.area))
    this.area.addEventListener('input', () => {
      // What was found is of another text now.
      this.#marks = []
      this.#lit = null
      this.#draw()
      changed(this.#name, this.area.value)
    })
    this.area.addEventListener('keydown', (e) => {
      // Tab leaves the editor after Escape, as it does everywhere else.
      if (e.key === 'Escape') this.area.dataset.leave = '1'
      else if (e.key === 'Tab' && !e.shiftKey && !this.area.dataset.leave) {
        e.preventDefault()
        document.execCommand('insertText', false, '  ')
      } else delete this.area.dataset.leave
    })
    this.area.addEventListener('click', () => this.#chooseAt(this.area.selectionStart))
  }

  // open shows a file. One that is no text can only be looked at.
  open(name, text, locked, label) {
    const same = name === this.#name
    this.#name = name
    this.area.readOnly = locked
    this.area.setAttribute('aria-label', label)
    if (this.area.value !== text) this.area.value = text
    if (!same) {
      this.#lit = null
      this.root.scrollTo(0, 0)
    }
    this.#draw()
  }

  // mark underlines what was found: [{ at, severity, key, title }].
  mark(marks) {
    this.#marks = marks
    this.#draw()
  }

  // show brings a place into view.
  show(at) {
    this.#lit = at
    this.#flash++
    this.#draw()
    const line = this.back.children[at.Line - 1]
    if (!line) return
    const top = line.offsetTop - this.root.clientHeight / 3
    this.root.scrollTo({ top, left: 0, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' })
  }

  #chooseAt(offset) {
    const before = this.area.value.slice(0, offset)
    const line = before.split('\n').length
    const column = offset - before.lastIndexOf('\n')
    const hit = this.#marks.find(({ at }) => at.Line === line && column >= at.Column && (at.EndLine > line || column <= at.EndColumn))
    if (hit) this.chosen(hit.key)
  }

  #draw() {
    const text = this.area.value
    const parts = colours(text, this.#name)
    const lines = text.split('\n')
    const rows = document.createDocumentFragment()
    const numbers = document.createDocumentFragment()
    let begin = 0
    let from = 0
    lines.forEach((line, i) => {
      const end = begin + line.length
      const here = this.#marks.filter(({ at }) => at.Line <= i + 1 && (at.EndLine || at.Line) >= i + 1)
      while (from < parts.length && parts[from][1] <= begin) from++
      const row = make('div', 'line')
      if (this.#lit?.Line === i + 1) row.className += this.#flash % 2 ? ' lit a' : ' lit b'
      row.append(...pieces(line, begin, parts, from, here, i + 1), '\n')
      rows.append(row)
      const number = make('button', '', String(i + 1))
      number.tabIndex = -1
      const worst = here.find(({ at }) => at.Line === i + 1)
      if (worst) {
        number.className = worst.severity
        number.title = worst.title
        number.onclick = () => this.chosen(worst.key)
      }
      numbers.append(number)
      begin = end + 1
    })
    this.back.replaceChildren(rows)
    this.gutter.replaceChildren(numbers)
  }
}

// pieces are a line cut where a colour or a mark begins or ends.
function pieces(line, begin, parts, from, marks, number) {
  const cuts = new Set([0, line.length])
  const spans = []
  for (let i = from; i < parts.length && parts[i][0] < begin + line.length; i++) {
    const [start, end, name] = parts[i]
    spans.push([Math.max(0, start - begin), Math.min(line.length, end - begin), name])
  }
  for (const { at, severity } of marks) {
    const start = at.Line === number ? at.Column - 1 : 0
    let end = at.EndLine === number ? at.EndColumn - 1 : line.length
    if (end <= start) end = Math.min(line.length, start + 1)
    spans.push([Math.min(start, line.length), end, 'mark ' + severity])
  }
  for (const [a, b] of spans) cuts.add(a).add(b)
  const at = [...cuts].sort((a, b) => a - b)
  const out = []
  for (let i = 0; i + 1 < at.length; i++) {
    const over = spans.filter(([a, b]) => a <= at[i] && b >= at[i + 1]).map((s) => s[2])
    // Of several marks in one place the worst, which comes first, decides.
    const names = over.filter((name, k) => !name.startsWith('mark') || over.findIndex((n) => n.startsWith('mark')) === k)
    const text = line.slice(at[i], at[i + 1])
    out.push(names.length ? make('span', names.join(' '), text) : text)
  }
  return out
}
