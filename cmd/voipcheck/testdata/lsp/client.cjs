// A session with the language server through Microsoft's own client library, as Visual Studio Code uses it: all folders as one
// workspace; then every script opened, cut into pieces and put together again by incremental changes while the disk has another
// text. Prints what is known of each file after each of both, and what code actions there are for findings.
const { spawn } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const rpc = require('vscode-jsonrpc/node')
const lsp = require('vscode-languageserver-protocol')

const [program, ...folders] = process.argv.slice(2)

async function main() {
  const server = spawn(program, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin))
  const known = new Map()
  connection.onNotification(lsp.PublishDiagnosticsNotification.type, p => known.set(p.uri, p.diagnostics))
  connection.onRequest(lsp.RegistrationRequest.type, () => {})
  connection.onUnhandledNotification(n => { if (!n.method.startsWith('window/')) throw new Error('unexpected ' + n.method) })
  connection.onError(([error]) => { throw error })
  connection.listen()

  const initialized = await connection.sendRequest(lsp.InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.map(f => ({ uri: pathToFileURL(f).href, name: path.basename(f) })),
    capabilities: {
      general: { positionEncodings: ['utf-16'] },
      workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: {
        publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] }, dataSupport: true },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } }, isPreferredSupport: true },
      },
    },
  })
  if (initialized.capabilities.textDocumentSync.change !== lsp.TextDocumentSyncKind.Incremental) throw new Error('changes are not incremental')
  await connection.sendNotification(lsp.InitializedNotification.type, {})
  const settle = async () => {
    await connection.sendRequest(lsp.ExecuteCommandRequest.type, { command: 'voipcheck.check', arguments: [] })
    return Object.fromEntries([...known].filter(([, list]) => list.length > 0))
  }
  const disk = await settle()

  const actions = {}
  for (const [uri, list] of Object.entries(disk)) {
    for (const d of list) {
      const found = await connection.sendRequest(lsp.CodeActionRequest.type, { textDocument: { uri }, range: d.range, context: { diagnostics: [d] } })
      actions[d.data.fingerprint + uri] = found.filter(a => a.diagnostics.some(o => o.data.fingerprint === d.data.fingerprint)).map(a => a.title)
    }
  }

  for (const folder of folders) {
    for (const name of fs.readdirSync(folder, { recursive: true })) {
      const file = path.join(folder, name)
      if (!/\.(js|ts|jsx|tsx|vue|mpx|wpy|wxml)$/.test(name) || !fs.statSync(file).isFile()) continue
      const text = fs.readFileSync(file, 'utf8')
      const uri = pathToFileURL(file).href
      const lines = text.split('\n')
      const half = Math.floor(lines.length / 2)
      const column = Math.floor(lines[half].length / 2)
      const [start, end] = [lines.slice(0, half).concat(lines[half].slice(0, column)).join('\n'), [lines[half].slice(column)].concat(lines.slice(half + 1)).join('\n')]
      await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'javascript', version: 1, text: start } })
      const at = { line: half, character: start.length - start.lastIndexOf('\n') - 1 }
      await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version: 2 },
        contentChanges: [
          { range: { start: at, end: at }, text: '/*😀*/' + end },
          { range: { start: at, end: { line: half, character: at.character + 6 } }, text: '' },
        ],
      })
      fs.writeFileSync(file, '// another text')
    }
  }
  const typed = await settle()
  await connection.sendRequest(lsp.ShutdownRequest.type)
  await connection.sendNotification(lsp.ExitNotification.type)
  const status = await new Promise(resolve => server.on('exit', resolve))
  if (status !== 0) throw new Error('exit status ' + status)
  connection.dispose()
  process.stdout.write(JSON.stringify({ disk, typed, actions }))
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
