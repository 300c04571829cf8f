// The page: which program is open, and what the checker says of it.

import { Checker, TooLong } from './checker.js'
import { Editor } from './editor.js'
import { dropped, fragmentOf, gathered, programOf, TooBig } from './files.js'
import { heads } from './picture.js'
import { banner, body, reveal, verdict } from './report.js'
import { language, make, say, sayAll } from './words.js'

const PAUSE = 200 // milliseconds after the last key
const LONGEST_LINK = 200_000 // characters; more than that messengers cut off
const MANY = 14 // files; of more only those that matter have a tab

const $ = (id) => document.getElementById(id)
const checker = new Checker()
const state = { files: new Map(), open: '', answer: null, example: '', before: null }
let examples = []

const editor = new Editor($('editor'), { changed, chosen: (key) => reveal(key) })

// textOf is a file as the editor shows it, and whether it can be changed: what is no UTF-8 cannot.
function textOf(file) {
  if (typeof file === 'string') return [file, false]
  try {
    return [new TextDecoder('utf-8', { fatal: true }).decode(file), false]
  } catch {
    return [new TextDecoder().decode(file), true]
  }
}

// use opens a program.
function use(files, open, example) {
  Object.assign(state, { files, example, answer: null, before: null })
  state.open = files.has(open) ? open : likely(files)
  $('example').value = example
  show(state.open)
  return check().then(showWorst)
}

// showWorst brings the first error of the open file into view.
function showWorst() {
  const found = state.answer?.Findings.find((f) => f.Severity === 'error' && f.At.File === state.open)
  if (found) editor.show(found.At)
}

// likely is the file that somebody wants to see first.
function likely(files) {
  const names = [...files.keys()]
  const calls = (name) => /1v1Chat/.test(textOf(files.get(name))[0])
  return names.find((n) => /\.(vue|[jt]sx?|mpx|wpy)$/.test(n) && calls(n)) ?? names.find((n) => n.endsWith('app.json')) ?? names[0] ?? ''
}

// show opens a file in the editor, and there the place, if one is given.
function show(name, at) {
  if (!state.files.has(name)) return
  state.open = name
  const [text, locked] = textOf(state.files.get(name))
  editor.open(name, text, locked, say('editor', name))
  marks()
  tabs()
  if (at) editor.show(at)
}

const go = (at) => show(at.File, at)

function marks() {
  const found = state.answer?.Findings ?? []
  const rank = { info: 0, warning: 1, error: 2 }
  editor.mark(found.filter((f) => f.At.File === state.open && f.Rule !== 'console-step')
    .sort((a, b) => rank[b.Severity] - rank[a.Severity])
    .map((f) => ({ at: f.At, severity: f.Severity, key: f.Fingerprint, title: f.Message })))
}

function tabs() {
  const worst = new Map()
  for (const f of state.answer?.Findings ?? []) {
    if (f.Rule === 'console-step') continue
    const old = worst.get(f.At.File)
    if (old !== 'error' && !(old === 'warning' && f.Severity === 'info')) worst.set(f.At.File, f.Severity)
  }
  const names = [...state.files.keys()]
  const few = names.length <= MANY ? names : names.filter((n) => n === state.open || worst.get(n) === 'error' || worst.get(n) === 'warning' || n.endsWith('app.json')).slice(0, MANY)
  const nav = $('files')
  nav.replaceChildren(...few.map((name) => {
    const cut = name.lastIndexOf('/') + 1
    const tab = make('button', 'tab ' + (worst.get(name) ?? '') + (name === state.open ? ' open' : ''), make('small', '', name.slice(0, cut)), name.slice(cut))
    tab.title = name
    if (name === state.open) tab.setAttribute('aria-current', 'true')
    tab.onclick = () => show(name)
    return tab
  }))
  if (few.length < names.length) nav.append(chooser(names))
  nav.append(adder())
  // The strip alone moves, not the page.
  const current = nav.querySelector('.open')
  if (current) nav.scrollLeft = Math.max(0, current.offsetLeft - nav.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2)
}

function chooser(names) {
  const all = make('select', '', make('option', '', say('files', names.length)), ...names.map((n) => make('option', '', n)))
  all.onchange = () => show(all.value)
  return all
}

// adder adds a file of a name that is asked for in its place.
function adder() {
  const add = make('button', 'add', '+')
  add.title = say('add')
  add.setAttribute('aria-label', add.title)
  add.onclick = () => {
    const name = make('input', 'name')
    name.placeholder = say('addName')
    name.onkeydown = (e) => {
      if (e.key === 'Escape') tabs()
      const given = name.value.trim().replace(/^[./\\]+/, '').replaceAll('\\', '/')
      if (e.key !== 'Enter' || !given) return
      if (!state.files.has(given)) state.files.set(given, given.endsWith('.json') ? '{}\n' : '')
      show(given)
      check()
    }
    name.onblur = tabs
    add.replaceWith(name)
    name.focus()
  }
  return add
}

let timer
function changed(name, text) {
  state.files.set(name, text)
  state.example = ''
  $('example').value = ''
  if (location.hash) history.replaceState(null, '', location.pathname + location.search)
  clearTimeout(timer)
  timer = setTimeout(check, PAUSE)
}

// check checks what is open now and shows the answer.
async function check() {
  clearTimeout(timer)
  $('verdict').classList.add('busy')
  const begun = performance.now()
  let answer
  try {
    answer = await checker.ask('check', state.files, '', language.now)
  } catch (error) {
    const more = error instanceof TooLong ? say('stopped', checker.longest) : say('tooDeep')
    $('verdict').replaceWith(banner('unknown', say('crashed'), more))
    $('body').replaceChildren()
    return
  }
  state.answer = answer
  render()
  $('took').textContent = say('took', Math.max(1, Math.round(performance.now() - begun)))
}

function render() {
  const { answer } = state
  const open = new Set([...document.querySelectorAll('details[open]')].map((e) => e.id))
  $('verdict').replaceWith(verdict(answer))
  $('body').replaceChildren(...(answer.Failed ? [] : body(answer, { go, fix })))
  // What was unfolded stays so while somebody types.
  for (const id of open) document.getElementById(id)?.setAttribute('open', '')
  marks()
  tabs()
}

// fix applies the fix of one finding, or all that are safe.
async function fix(fingerprint) {
  const before = new Map(state.files)
  let fixed
  try {
    fixed = await checker.ask('fix', state.files, fingerprint, language.now)
  } catch {
    return check()
  }
  if (fixed.Failed) return tell(fixed.Failed)
  const names = Object.keys(fixed.Files)
  for (const name of names) state.files.set(name, fixed.Files[name])
  state.example = ''
  $('example').value = ''
  show(names.includes(state.open) ? state.open : (names[0] ?? state.open))
  await check()
  tell(say('fixed', fixed.Count), say('undo'), () => {
    state.files = before
    show(state.open)
    check()
  })
}

let telling
// tell says something for a while, with something that can be done about it.
function tell(text, action, act) {
  const toast = $('toast')
  toast.replaceChildren(make('span', '', text))
  if (action) {
    const button = make('button', '', action)
    button.onclick = () => {
      toast.hidden = true
      act()
    }
    toast.append(button)
  }
  toast.hidden = false
  clearTimeout(telling)
  telling = setTimeout(() => (toast.hidden = true), action ? 10_000 : 5_000)
}

async function take(list) {
  if (list.length === 0) return
  try {
    const { files, left } = await gathered(list)
    if (files.size === 0) return tell(say('nothing'))
    history.replaceState(null, '', location.pathname + location.search)
    await use(files, '', '')
    tell(left ? say('left', files.size, left) : say('opened', files.size))
  } catch (error) {
    tell(error instanceof TooBig ? say('big', error.message) : String(error.message))
  }
}

async function share() {
  const fragment = await fragmentOf(state.files, state.open)
  if (fragment.length > LONGEST_LINK) return tell(say('long', Math.round(fragment.length / 1000)))
  history.replaceState(null, '', fragment)
  try {
    await navigator.clipboard.writeText(location.href)
    tell(say('copied'))
  } catch {
    tell(say('copy'))
  }
}

// BLANK is where somebody's own code may be pasted.
const BLANK = {
  'app.json': '{\n  "pages": ["pages/call/call"]\n}\n',
  'app.js': 'App({})\n',
  'pages/call/call.js': 'Page({\n  onCall() {\n  },\n})\n',
  'pages/call/call.wxml': '<button bindtap="onCall">call</button>\n',
}

function useExample(id) {
  if (id === 'blank') return use(new Map(Object.entries(BLANK)), 'pages/call/call.js', id)
  const chosen = examples.find((e) => e.ID === id)
  if (chosen) return use(new Map(Object.entries(chosen.Files)), chosen.Show, id)
}

function names() {
  const zh = language.now === 'zh'
  const own = make('option', '', say('own'))
  own.value = ''
  own.hidden = true
  $('example').replaceChildren(own, ...[...examples.map((e) => [e.ID, zh ? e.Title.ZH : e.Title.EN]), ['blank', say('blank')]].map(([id, title]) => {
    const option = make('option', '', title)
    option.value = id
    return option
  }))
  $('example').value = state.example
  $('language').textContent = zh ? 'English' : '中文'
  $('language').lang = zh ? 'en' : 'zh-CN'
}

const remember = (key, value) => {
  try {
    localStorage.setItem(key, value)
  } catch {
    // It is forgotten, then.
  }
}

function choose(lang) {
  language.now = lang
  document.title = 'voipcheck ' + say('playground')
  sayAll()
  names()
}

function listen() {
  $('example').onchange = (e) => {
    history.replaceState(null, '', location.pathname + location.search)
    useExample(e.target.value)
  }
  $('folder').onclick = () => $('chosen').click()
  $('chosen').onchange = (e) => {
    take([...e.target.files].map((f) => [f.webkitRelativePath || f.name, f]))
    e.target.value = ''
  }
  $('share').onclick = share
  $('language').onclick = () => {
    choose(language.now === 'zh' ? 'en' : 'zh')
    remember('language', language.now)
    show(state.open)
    check()
  }
  $('theme').onclick = () => {
    const root = document.documentElement
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
    root.dataset.theme = dark ? 'light' : 'dark'
    remember('theme', root.dataset.theme)
  }
  let depth = 0 // of elements that the pointer is over
  addEventListener('dragenter', (e) => {
    if (!e.dataTransfer?.types.includes('Files')) return
    depth++
    $('drop').hidden = false
  })
  addEventListener('dragleave', () => (depth = Math.max(0, depth - 1)) || ($('drop').hidden = true))
  addEventListener('dragover', (e) => e.dataTransfer?.types.includes('Files') && e.preventDefault())
  addEventListener('drop', async (e) => {
    if (!e.dataTransfer?.types.includes('Files')) return
    e.preventDefault()
    depth = 0
    $('drop').hidden = true
    take(await dropped(e.dataTransfer))
  })
  addEventListener('hashchange', begin)
}

// begin opens the program in the address, or the guide's sample.
async function begin() {
  let shared = null
  try {
    shared = await programOf(location.hash)
  } catch {
    tell(say('broken'))
  }
  return shared ? use(shared.files, shared.open, '') : useExample(examples[0].ID)
}

async function start() {
  let lang
  try {
    lang = localStorage.getItem('language')
  } catch {
    // The browser's language it is.
  }
  const asked = new URLSearchParams(location.search).get('lang')
  choose(asked === 'zh' || asked === 'en' ? asked : (lang ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')))
  document.body.append(heads())
  const list = fetch('examples.json').then((r) => r.json())
  listen()
  try {
    const loaded = checker.load()
    examples = await list
    names()
    await loaded
  } catch (error) {
    $('verdict').replaceWith(banner('unknown', say('unloaded'), `${say('unloadedMore')} (${error.message})`))
    return
  }
  performance.mark('loaded')
  await begin()
  performance.mark('shown')
  document.documentElement.dataset.shown = Math.round(performance.measure('first', 'loaded', 'shown').duration)
}

start()
