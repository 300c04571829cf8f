// Which program is the language server.

import { execFile } from 'child_process'
import { accessSync, chmodSync, constants, existsSync } from 'fs'
import { delimiter, isAbsolute, join } from 'path'

export interface Where {
  // extension is the extension's folder, folders are those that are open.
  extension: string
  folders: string[]
  // setting is the path that the user set, '' for none; trusted tells that the folders may name programs.
  setting: string
  trusted: boolean
  platform: string
  arch: string
  path: string
}

// find returns the program: what the user set, what comes with the extension, what the project has installed, or what is on the PATH.
// It is undefined where there is none.
export function find(w: Where): string | undefined {
  const file = w.platform === 'win32' ? 'voipcheck.exe' : 'voipcheck'
  if (w.setting !== '') return w.setting
  const key = `${w.platform}-${w.arch}`
  const bundled = join(w.extension, 'programs', key, file)
  if (existsSync(bundled)) return runnable(bundled)
  if (w.trusted) {
    for (const folder of w.folders) {
      for (const installed of [
        join(folder, 'node_modules', '@voipcheck', key, file),
        join(folder, 'node_modules', 'voipcheck', 'programs', key, file),
      ]) {
        if (existsSync(installed)) return installed
      }
    }
  }
  // A folder that is named relative to where the editor runs could be the project's.
  return w.path.split(delimiter).filter(isAbsolute).map((dir) => join(dir, file)).find(existsSync)
}

// runnable gives a program its right to be run, which archives on some systems lose.
function runnable(program: string): string {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    try {
      chmodSync(program, 0o755)
    } catch {
      // Starting it tells.
    }
  }
  return program
}

// speaks tells whether a program is one that has a language server.
export function speaks(program: string): Promise<boolean> {
  return new Promise((done) => {
    execFile(program, ['lsp', '--help'], { timeout: 20000 }, (failed) => done(!failed))
  })
}
