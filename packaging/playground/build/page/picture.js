// The way to a call, drawn as the HTML report draws it.

import { make, say } from './words.js'

const SVG = 'http://www.w3.org/2000/svg'

function svg(tag, attributes, ...children) {
  const e = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== '') e.setAttribute(name, value)
  e.append(...children)
  return e
}

// heads are the heads of the arrows, once for the page.
export function heads() {
  const markers = ['dim', 'good', 'bad', 'unsure'].map((name) =>
    svg('marker', { id: 'head-' + name, viewBox: '0 0 10 10', refX: 6, refY: 5, markerUnits: 'userSpaceOnUse', markerWidth: 10, markerHeight: 10, orient: 'auto' }, svg('path', { d: 'M0 0 10 5 0 10z' })))
  return svg('svg', { width: 0, height: 0, 'aria-hidden': 'true', class: 'heads' }, svg('defs', {}, ...markers))
}

function drawing(placed, picture, go, className) {
  const paths = (placed.Paths ?? []).map((p) => svg('path', { class: 'way ' + p.Class, d: p.D, 'marker-end': `url(#head-${p.Marker})` }))
  const boxes = placed.Boxes.map((b) => {
    const box = svg('g', { class: b.Class.trim() }, svg('rect', { x: b.X, y: b.Y, width: b.Width, height: b.Height, rx: 8 }),
      ...b.Lines.map((l) => svg('text', { x: l.X, y: l.Y, class: l.Class }, l.Text)))
    if (b.Mark) box.append(svg('text', { class: 'cross', x: b.MarkX, y: b.MarkY }, b.Mark))
    if (b.Link === '') return box
    const step = picture.Steps[+b.Link]
    Object.entries({ tabindex: 0, role: 'button', 'aria-label': `${step.Message} ${step.At.File}:${step.At.Line}` }).forEach((a) => box.setAttribute(...a))
    box.classList.add('leads')
    box.addEventListener('click', () => go(step.At))
    box.addEventListener('keydown', (e) => {
      if (e.key !== 'Enter' && e.key !== ' ') return
      e.preventDefault()
      go(step.At)
    })
    return box
  })
  return svg('svg', { class: className, width: placed.Width, height: placed.Height, viewBox: `0 0 ${placed.Width} ${placed.Height}`, role: 'group', 'aria-label': `${picture.API} ${picture.Said}` }, ...paths, ...boxes)
}

// pictureOf is the card of one call.
export function pictureOf(picture, go) {
  const place = make('button', 'place', `${picture.At.File}:${picture.At.Line}`)
  place.onclick = () => go(picture.At)
  const card = make('article', 'card picture ' + picture.Verdict,
    make('h3', '', make('code', '', picture.API), ' ', make('span', '', picture.Said)), place,
    make('div', 'drawing' + (picture.Narrow ? ' both' : ''), drawing(picture.Wide, picture, go, 'wide'), picture.Narrow ? drawing(picture.Narrow, picture, go, 'narrow') : null))
  return card
}

export const legend = () => make('p', 'legend', say('legend'))
