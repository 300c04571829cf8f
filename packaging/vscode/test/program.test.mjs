// Which program is started: the one that was set, the extension's own, the project's, or that on the PATH.
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, test } from 'node:test'
import program from '../out/program.js'

const { find } = program
const top = mkdtempSync(join(tmpdir(), 'voipcheck '))
after(() => rmSync(top, { recursive: true }))

const file = (...parts) => {
  const name = join(top, ...parts)
  mkdirSync(dirname(name), { recursive: true })
  writeFileSync(name, '')
  return name
}
const where = { extension: join(top, 'e'), folders: [join(top, 'f')], setting: '', trusted: true, platform: 'linux', arch: 'x64', path: '' }

test('none', () => assert.equal(find({ ...where, path: `.${delimiter}${join(top, 'nowhere')}` }), undefined))

test('in the order of trust', () => {
  const onPath = file('bin', 'voipcheck')
  const w = { ...where, path: `${join(top, 'bin')}` }
  assert.equal(find(w), onPath)
  const bundle = file('f', 'node_modules', 'voipcheck', 'programs', 'linux-x64', 'voipcheck')
  assert.equal(find(w), bundle)
  const installed = file('f', 'node_modules', '@voipcheck', 'linux-x64', 'voipcheck')
  assert.equal(find(w), installed)
  assert.equal(find({ ...w, trusted: false }), onPath)
  const own = file('e', 'programs', 'linux-x64', 'voipcheck')
  chmodSync(own, 0o644)
  assert.equal(find(w), own)
  if (process.platform !== 'win32') assert.ok(statSync(own).mode & 0o100)
  assert.equal(find({ ...w, setting: '/set' }), '/set')
})

test('on Windows', () => {
  const own = file('e', 'programs', 'win32-x64', 'voipcheck.exe')
  assert.equal(find({ ...where, platform: 'win32' }), own)
})
