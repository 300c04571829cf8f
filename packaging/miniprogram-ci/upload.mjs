#!/usr/bin/env node
// Uploads or previews with miniprogram-ci, unless voipcheck says that the program is not ready.
//
//   node upload.mjs [voipcheck's arguments --] upload --appid wx… --pp . --pkp key --uv 1.0.0 …
//
// What stands after the first -- (or everything, without one) goes to miniprogram-ci. voipcheck runs in the project's folder, that
// of --pp or --project-path. Both programs are taken from node_modules/.bin of the project, or further up, else from the PATH.
// The exit status is that of the first one that fails.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'

const given = process.argv.slice(2)
const cut = given.indexOf('--')
const check = cut < 0 ? [] : given.slice(0, cut)
const upload = given.slice(cut + 1)
if (upload.length === 0) {
  console.error('upload.mjs: say what miniprogram-ci is to do: upload --appid … --pp … --pkp … --uv …')
  process.exit(2)
}

/** The value of an option that miniprogram-ci gets, in any of the forms in which it takes it. */
function option(...names) {
  for (const [i, word] of upload.entries()) {
    for (const name of names) {
      if (word === name) return upload[i + 1]
      if (word.startsWith(name + '=')) return word.slice(name.length + 1)
    }
  }
  return undefined
}

const project = resolve(option('--pp', '--project-path') ?? '.')

/** The environment with the folders of npm's programs, from the project upwards, before the others. */
function environment() {
  const folders = []
  for (const start of [project, process.cwd()]) {
    for (let dir = start; ; dir = dirname(dir)) {
      const bin = join(dir, 'node_modules', '.bin')
      if (existsSync(bin)) folders.push(bin)
      if (dirname(dir) === dir) break
    }
  }
  const name = Object.keys(process.env).find(key => key.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...process.env, [name]: [...folders, process.env[name]].join(delimiter) }
}

/** Runs a program, and ends with its exit status when it fails. */
function run(program, args, cwd) {
  const windows = process.platform === 'win32' // npm's programs are scripts of cmd there
  const words = windows ? args.map(word => `"${word.replaceAll('"', '""')}"`) : args
  const { status, error } = spawnSync(program, words, { stdio: 'inherit', cwd, env: environment(), shell: windows })
  if (error) {
    console.error(`upload.mjs: ${program} cannot be run: ${error.message}`)
    process.exit(3)
  }
  if (status !== 0) process.exit(status ?? 3) // a signal ended it
}

run('voipcheck', check, project)
run('miniprogram-ci', upload, process.cwd())
