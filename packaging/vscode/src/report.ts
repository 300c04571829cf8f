// The report beside the editor: the HTML report, which has no scripts and loads nothing.

import * as vscode from 'vscode'
import { LanguageClient } from 'vscode-languageclient'
import { say } from './say'

const WAIT = 400 // milliseconds; who types does not need every picture

export class Report {
  private panel: vscode.WebviewPanel | undefined
  private uri = ''
  private timer: NodeJS.Timeout | undefined

  constructor(private client: () => LanguageClient | undefined) {}

  // show opens the report on the folder that holds a file, or the first folder.
  async show(uri: string): Promise<void> {
    this.uri = uri
    if (!this.panel) {
      this.panel = vscode.window.createWebviewPanel(
        'voipcheck.report',
        say('voipcheck report', 'voipcheck 报告'),
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: false, enableFindWidget: true, localResourceRoots: [] },
      )
      this.panel.onDidDispose(() => (this.panel = undefined))
    } else {
      this.panel.reveal(undefined, true)
    }
    await this.fill()
  }

  // refresh fills the report again, soon.
  refresh(): void {
    if (!this.panel) return
    clearTimeout(this.timer!)
    this.timer = setTimeout(() => void this.fill(), WAIT)
  }

  private async fill(): Promise<void> {
    const client = this.client()
    if (!this.panel || !client) return
    let html: string
    try {
      html = await client.sendRequest<string>('workspace/executeCommand', {
        command: 'voipcheck.report',
        arguments: [{ uri: this.uri, format: 'html' }],
      })
    } catch (error) {
      html = plain(String((error as Error).message))
    }
    html = themed(html)
    if (this.panel && this.panel.webview.html !== html) this.panel.webview.html = html
  }
}

// themed lets the report follow the editor's theme rather than the system's, and its size of text.
function themed(html: string): string {
  const dark = vscode.window.activeColorTheme.kind !== vscode.ColorThemeKind.Light
  html = html.replace('</head>', '<style>body { zoom: .85; padding-top: 1rem } code { background: none; padding: 0; color: inherit }</style></head>')
  return html.replace('(prefers-color-scheme: dark)', dark ? 'all' : 'not all').replace('color-scheme: light dark', `color-scheme: ${dark ? 'dark' : 'light'}`)
}

function plain(message: string): string {
  const safe = message.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  return `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><p>${safe}</p>`
}
