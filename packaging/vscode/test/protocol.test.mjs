// Holds the language server to the client's side of the protocol, with the library that the extension is made of: what a person sees in
// the editor when the guide's sample is opened, mended, and reported on. VOIPCHECK names the program.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import protocol from 'vscode-languageserver-protocol'

const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = protocol
const here = dirname(fileURLToPath(import.meta.url))
const sample = resolve(here, process.env.SAMPLE ?? '../../../fixtures/guide-sample')
const folder = mkdtempSync(join(tmpdir(), 'voipcheck '))
const page = join(folder, 'pages', 'call', 'call.ts')
const uri = pathToFileURL(page).toString()

let server, client
const published = new Map()
const statuses = []
const waiting = []

// until waits for something that the server tells.
function until(isThere) {
  const found = isThere()
  if (found) return found
  return new Promise((done, no) => {
    const timer = setTimeout(() => no(new Error('it never came')), 60_000)
    waiting.push(() => {
      const found = isThere()
      if (!found) return false
      clearTimeout(timer)
      done(found)
      return true
    })
  })
}

function told() {
  for (let i = waiting.length - 1; i >= 0; i--) if (waiting[i]()) waiting.splice(i, 1)
}

before(async () => {
  cpSync(sample, folder, { recursive: true })
  server = spawn(process.env.VOIPCHECK ?? 'voipcheck', ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] })
  client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin))
  client.onNotification('textDocument/publishDiagnostics', (p) => (published.set(p.uri, p.diagnostics), told()))
  client.onNotification('voipcheck/status', (p) => (statuses.push(p), told()))
  client.onRequest('workspace/applyEdit', () => ({ applied: true }))
  client.onRequest('client/registerCapability', () => null)
  client.onRequest('window/workDoneProgress/create', () => null)
  client.listen()
  const folderUri = pathToFileURL(folder).toString()
  // What vscode-languageclient 6.1 says of itself, and the settings that the extension sends.
  const { capabilities } = await client.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folderUri,
    workspaceFolders: [{ uri: folderUri, name: 'sample' }],
    initializationOptions: { lang: 'en', strict: false, rules: {}, status: true },
    capabilities: {
      workspace: { applyEdit: true, workspaceFolders: true, configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: {
        publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
        codeAction: { isPreferredSupport: true, codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix'] } } },
      },
    },
  })
  assert.ok(capabilities.codeActionProvider && capabilities.hoverProvider)
  client.sendNotification('initialized', {})
  client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text: readFileSync(page, 'utf8') } })
})

after(async () => {
  await client.sendRequest('shutdown')
  const left = new Promise((done) => server.on('exit', done))
  client.sendNotification('exit')
  assert.equal(await left, 0)
  rmSync(folder, { recursive: true })
})

test('the problems of the sample, with the path that leads to them', async () => {
  const found = await until(() => published.get(uri)?.find((d) => d.code === 'authorize-before-enable'))
  assert.equal(found.severity, 1)
  assert.equal(found.range.start.line, 51)
  assert.ok(found.relatedInformation.length >= 5)
})

test('the verdict for the status bar', async () => {
  const status = await until(() => statuses.at(-1))
  assert.equal(status.ready, false)
  assert.equal(status.exit, 1)
  assert.match(status.verdict, /^Not ready: 1 error/)
})

test('the report for the webview', async () => {
  const html = await client.sendRequest('workspace/executeCommand', { command: 'voipcheck.report', arguments: [{ uri, format: 'html' }] })
  assert.match(html, /<svg[^>]*>[^]*class="way bad"/)
  assert.doesNotMatch(html, /<script/)
  // What the extension changes so that the report follows the editor's theme.
  assert.equal(html.split('(prefers-color-scheme: dark)').length, 2)
  assert.equal(html.split('color-scheme: light dark').length, 2)
})

test('quick fixes, and problems that go away as one types', async () => {
  const text = readFileSync(page, 'utf8')
  const wrong = text.replace('enable: true', "enable: 'true'")
  client.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: wrong }] })
  const found = await until(() => published.get(uri)?.find((d) => d.code === 'enable-options'))
  const actions = await client.sendRequest('textDocument/codeAction', { textDocument: { uri }, range: found.range, context: { diagnostics: [found] } })
  const fix = actions.find((a) => a.isPreferred)
  assert.ok(fix, JSON.stringify(actions))
  assert.equal(fix.kind, 'quickfix')
  const [edit] = fix.edit.changes?.[uri] ?? fix.edit.documentChanges[0].edits
  assert.equal(edit.newText, 'true')
  const mended = text.replace('if (!allowed)', 'if (allowed !== true)')
  client.sendNotification('textDocument/didChange', { textDocument: { uri, version: 3 }, contentChanges: [{ text: mended }] })
  await until(() => !published.get(uri).some((d) => d.severity === 1))
  await until(() => statuses.at(-1).ready)
})
