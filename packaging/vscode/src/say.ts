// What the extension itself says. All else comes from the language server.

import * as vscode from 'vscode'

// isChinese tells which language the editor is shown in, where the setting does not decide.
export function isChinese(): boolean {
  const lang = vscode.workspace.getConfiguration('voipcheck').get<string>('lang')
  return lang === 'zh' || (lang !== 'en' && vscode.env.language.toLowerCase().startsWith('zh'))
}

export function say(en: string, zh: string): string {
  return isChinese() ? zh : en
}
