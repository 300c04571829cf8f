// The extension starts the language server and shows what it says. It decides nothing itself.

import * as vscode from 'vscode'
import { LanguageClient, LanguageClientOptions, RevealOutputChannelOn, ServerOptions, State } from 'vscode-languageclient'
import { find, speaks } from './program'
import { Report } from './report'
import { say } from './say'

// The files that take part in a mini-program, by their names: languages like wxml have other names in other editors.
const FILES = '**/*.{js,mjs,cjs,ts,mts,cts,jsx,tsx,json,wxml,wxs,vue,mpx,wpy}'

const SETTINGS = ['lang', 'strict', 'config', 'baseline', 'rules']

interface Status {
  uri: string
  ready: boolean
  exit: number
  verdict?: string
  error?: string
}

let client: LanguageClient | undefined
let log: vscode.OutputChannel
let bar: vscode.StatusBarItem
let report: Report
const statuses = new Map<string, Status>()

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel('voipcheck')
  bar = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left, 0)
  bar.command = 'voipcheck.show'
  report = new Report(() => client)
  const command = (name: string, run: () => unknown) => context.subscriptions.push(vscode.commands.registerCommand(name, run))
  command('voipcheck.show', () => report.show(here()))
  command('voipcheck.again', () => client && client.sendRequest('workspace/executeCommand', { command: 'voipcheck.check', arguments: [{}] }))
  command('voipcheck.confirmSteps', confirmSteps)
  command('voipcheck.restart', async () => {
    await stop()
    await start(context)
  })
  command('voipcheck.log', () => log.show())
  context.subscriptions.push(
    log,
    bar,
    vscode.workspace.onDidChangeConfiguration(async (e) => {
      if (e.affectsConfiguration('voipcheck.path')) await vscode.commands.executeCommand('voipcheck.restart')
      else if (e.affectsConfiguration('voipcheck') && client) client.sendNotification('workspace/didChangeConfiguration', { settings: { voipcheck: settings() } })
    }),
    vscode.window.onDidChangeActiveColorTheme(() => report.refresh()),
  )
  await start(context)
}

export async function deactivate(): Promise<void> {
  await stop()
}

async function stop(): Promise<void> {
  const old = client
  client = undefined
  statuses.clear()
  if (old) await old.stop()
}

// settings are the user's, by the server's names. What is not set is not sent.
function settings(): object {
  const from = vscode.workspace.getConfiguration('voipcheck', null)
  const out: Record<string, unknown> = { status: true }
  for (const name of SETTINGS) {
    const value = from.get<unknown>(name)
    if (value !== '' && value !== undefined && value !== null) out[name] = value
  }
  // The server knows the editor's language only from clients of later versions.
  if (out.lang === 'auto') out.lang = vscode.env.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
  return out
}

// here is the file that is being looked at, '' where there is none.
function here(): string {
  const editor = vscode.window.activeTextEditor
  return editor && editor.document.uri.scheme === 'file' ? editor.document.uri.toString() : ''
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const trusted = (vscode.workspace as unknown as { isTrusted?: boolean }).isTrusted !== false
  const program = find({
    extension: context.extensionPath,
    folders: (vscode.workspace.workspaceFolders || []).map((f) => f.uri.fsPath),
    setting: trusted ? vscode.workspace.getConfiguration('voipcheck').get<string>('path', '') : '',
    trusted,
    platform: process.platform,
    arch: process.arch,
    path: process.env.PATH || '',
  })
  if (!program || !(await speaks(program))) {
    complain(program)
    return
  }
  log.appendLine(program)
  const server: ServerOptions = { command: program, args: ['lsp'] }
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: 'file', pattern: FILES }],
    initializationOptions: settings(),
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*') },
  }
  const started = new LanguageClient('voipcheck', 'voipcheck', server, options)
  client = started
  started.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped && client === started) show('error', say('voipcheck stopped', 'voipcheck 已停止'), 'voipcheck.restart')
  })
  show('sync~spin', 'voipcheck', 'voipcheck.log')
  context.subscriptions.push(started.start())
  await started.onReady()
  started.onNotification('voipcheck/status', (s: Status) => {
    statuses.set(s.uri, s)
    tell()
    report.refresh()
  })
}

// complain says that there is no program, and what can be done.
async function complain(program: string | undefined): Promise<void> {
  show('warning', 'voipcheck', 'voipcheck.restart')
  const open = say('Open settings', '打开设置')
  const chosen = await vscode.window.showWarningMessage(
    program
      ? say(`${program} is no voipcheck with a language server: set voipcheck.path to a newer one.`, `${program} 不是带语言服务的 voipcheck，请在 voipcheck.path 中指定更新的版本。`)
      : say('There is no voipcheck program for this system: install it, or set voipcheck.path.', '没有适合当前系统的 voipcheck 程序，请先安装，或设置 voipcheck.path。'),
    open,
  )
  if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'voipcheck.path')
}

function show(icon: string, text: string, command: string, tip = ''): void {
  bar.text = `$(${icon}) ${text}`
  bar.tooltip = tip
  bar.command = command
  bar.show()
}

// tell shows the worst verdict of all folders.
function tell(): void {
  const rank = (s: Status) => (s.exit === 3 || s.error ? 2 : s.ready ? 0 : 3)
  const all = [...statuses.values()].filter((s) => s.verdict || s.exit === 3)
  if (all.length === 0) {
    bar.hide() // no mini-program is open
    return
  }
  const worst = all.reduce((a, b) => (rank(b) > rank(a) ? b : a))
  const verdict = worst.verdict || worst.error || ''
  const word = verdict.split(/[:：]/)[0]
  show(worst.ready ? 'check' : worst.exit === 3 ? 'question' : 'error', `voipcheck${say(': ', '：')}${word}`, 'voipcheck.show', all.map((s) => s.verdict || s.error).join('\n'))
}

// confirmSteps records console steps that the user says are done.
async function confirmSteps(): Promise<void> {
  if (!client) return
  const steps = [
    { step: 'category', label: say('The category may use 1v1 calls', '小程序类目已开通双人音视频通话') },
    { step: 'interface', label: say('The interface is switched on', '后台「接口设置」已开启双人音视频对话') },
    { step: 'minutes', label: say('Call minutes are claimed', '已领取或购买通话时长') },
    { step: 'privacy', label: say('The privacy agreement declares microphone and camera', '《用户隐私保护指引》已声明麦克风和摄像头') },
  ]
  const chosen = await vscode.window.showQuickPick(
    steps.map((s) => ({ ...s, description: s.step })),
    { canPickMany: true, placeHolder: say('Which steps are done in WeChat’s console?', '哪些步骤已在微信后台办妥？') },
  )
  if (!chosen || chosen.length === 0) return
  const by = await vscode.window.showInputBox({ prompt: say('Who confirms it?', '由谁确认？'), validateInput: (v) => (v.trim() ? undefined : say('A name is needed', '请填写姓名')) })
  if (!by) return
  try {
    await client.sendRequest('workspace/executeCommand', { command: 'voipcheck.confirm', arguments: [{ uri: here(), steps: chosen.map((s) => s.step), by: by.trim() }] })
  } catch (error) {
    vscode.window.showErrorMessage(String((error as Error).message))
  }
}
