// The report: verdict, checklist, findings and pictures.

import { make, say } from './words.js'
import { legend, pictureOf } from './picture.js'

const MARKS = { pass: '✓', confirmed: '✓', fail: '✕', warn: '!', unproven: '?', unconfirmed: '', skipped: '–' }
const ORDER = ['error', 'warning', 'info']
const CONSOLE = 'console-step'

// verdict is the one line that matters.
export function verdict(answer) {
  if (answer.Failed) return banner('unknown', say('failed'), answer.Failed)
  const kind = answer.Exit === 3 ? 'unknown' : answer.Partly ? 'partly' : answer.Ready ? 'ready' : 'unready'
  const cut = answer.Verdict.search(/[:：]/)
  return banner(kind, answer.Verdict.slice(0, cut), answer.Verdict.slice(cut + 1).trim())
}

export function banner(kind, title, more) {
  const e = make('div', 'verdict ' + kind, make('i'), make('div', '', make('h1', '', title), make('p', '', more)))
  e.id = 'verdict'
  return e
}

// body is all that follows. page has go (to a place), fix and fixAll.
export function body(answer, page) {
  const found = [...answer.Findings].filter((f) => f.Rule !== CONSOLE || f.Severity !== 'info')
  found.sort((a, b) => ORDER.indexOf(a.Severity) - ORDER.indexOf(b.Severity))
  const out = []
  for (const [title, lines] of [['unreadable', answer.Unreadable?.map((u) => `${u.File}: ${u.Why}`)], ['givenUp', answer.GivenUp], ['weakened', answer.Weakened]]) {
    if (lines?.length) out.push(make('section', 'notice', make('h2', '', say(title)), make('ul', '', ...lines.map((l) => make('li', '', l)))))
  }
  const several = answer.Projects.length > 1
  for (const p of answer.Projects) out.push(checklist(p, several, found))
  const drawn = new Set(answer.Pictures.map((p) => p.Finding))
  if (found.length) out.push(findings(found, { ...page, isDrawn: (f) => drawn.has(f.Fingerprint) }))
  if (answer.Pictures.length) {
    out.push(make('section', '', make('h2', '', say('pictures')), legend(), ...answer.Pictures.map((p) => {
      const card = pictureOf(p, page.go)
      if (p.Finding) card.id = pictureId(p.Finding)
      return card
    })))
  }
  return out
}

function checklist(project, several, found) {
  const rows = project.Steps.map((s) => {
    const first = found.find((f) => f.Step === s.Step && f.Project === project.Root)
    const row = make(first ? 'button' : 'div', 'step ' + s.Status,
      make('i', '', MARKS[s.Status]), make('span', 'what', s.Title), s.Note ? make('span', s.Note.length > 24 ? 'note long' : 'note', s.Note) : null)
    if (first) row.onclick = () => reveal(first.Fingerprint)
    row.title = s.Step
    return make('li', '', row)
  })
  const where = several ? `${project.Root} · ${project.Framework}` : project.Framework
  return make('section', '', make('h2', '', say('checklist'), make('small', '', where)), make('ol', 'checklist', ...rows))
}

// idOf is the element of a finding.
const idOf = (fingerprint) => 'finding-' + fingerprint

// reveal opens a finding and brings it into view.
export function reveal(fingerprint) {
  const card = document.getElementById(idOf(fingerprint))
  if (!card) return
  card.open = true
  call(card, 'nearest')
}

// call draws the eye to a card.
function call(card, block) {
  card.scrollIntoView({ block, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' })
  card.classList.remove('called')
  void card.offsetWidth // so that the animation begins anew
  card.classList.add('called')
}

const pictureId = (fingerprint) => 'picture-' + fingerprint

function findings(found, page) {
  const safe = found.filter((f) => f.Fix?.Safe).length
  const head = make('h2', '', say('findings'), make('small', '', String(found.length)))
  if (safe > 0) {
    const all = make('button', 'fix', safe === 1 ? say('fixAllOne') : say('fixAll', safe))
    all.onclick = () => page.fix('')
    head.append(all)
  }
  return make('section', '', head, ...found.map((f, i) => finding(f, i === 0, page)))
}

function finding(f, open, page) {
  const place = make('button', 'place', `${f.At.File}:${f.At.Line}`)
  place.onclick = () => page.go(f.At)
  const card = make('details', 'card finding ' + f.Severity,
    make('summary', '', make('i', '', f.Severity === 'error' ? '✕' : f.Severity === 'warning' ? '!' : 'i'), make('span', 'said', f.Message),
      make('span', 'meta', make('b', '', say(f.Severity)), make('code', '', f.Rule), f.Reason ? make('code', 'reason', f.Reason) : null)))
  card.id = idOf(f.Fingerprint)
  card.open = open
  const inside = make('div', 'inside', place)
  if (f.Trace.length) {
    inside.append(make('h4', '', say('how')), make('ol', 'trace', ...f.Trace.map((n) => step(n, page))))
  }
  for (const [title, text] of [['runTime', f.RunTime], ['advice', f.Advice]]) {
    if (text) inside.append(make('p', 'advice', make('b', '', say(title)), text))
  }
  const last = make('p', 'last')
  if (f.Fix) {
    const mend = make('button', 'fix', f.Fix.Title)
    mend.title = say('fix')
    mend.onclick = () => page.fix(f.Fingerprint)
    last.append(mend)
    if (!f.Fix.Safe) last.append(make('small', '', say('proposal')))
  }
  if (page.isDrawn(f)) {
    const see = make('button', 'more', say('picture'))
    see.onclick = () => call(document.getElementById(pictureId(f.Fingerprint)), 'start')
    last.append(see)
  }
  const more = make('a', 'more', say('rule'))
  more.href = f.URL
  more.target = '_blank'
  more.rel = 'noopener noreferrer'
  last.append(more)
  inside.append(last)
  card.append(inside)
  return card
}

function step(note, page) {
  if (!note.At.Line) return make('li', '', make('span', '', note.Message))
  const to = make('button', '', make('span', '', note.Message), make('code', '', `${note.At.File.split('/').pop()}:${note.At.Line}`))
  to.onclick = () => page.go(note.At)
  return make('li', '', to)
}
