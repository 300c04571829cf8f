#!/usr/bin/env node
// Runs the program for this platform, which npm installed as an optional dependency or this package holds, in this
// process's place: same arguments, same streams, same exit status, signals passed on.
'use strict'

const { spawn } = require('child_process')
const { existsSync } = require('fs')
const { join } = require('path')

// What the program itself says when it fails; a check that did not finish is never a success.
const FAILED = 3

const zh = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')

function fail(en, chinese) {
  console.error('voipcheck: ' + (zh ? chinese : en))
  process.exit(FAILED)
}

function program() {
  const platform = `${process.platform}-${process.arch}`
  const name = `@voipcheck/${platform}`
  const file = `voipcheck${process.platform === 'win32' ? '.exe' : ''}`
  const bundled = join(__dirname, 'programs', platform, file)
  if (existsSync(bundled)) return bundled
  try {
    return require.resolve(`${name}/${file}`)
  } catch {
    return fail(
      `the package ${name} is not installed. Install without --omit=optional, and on the system that runs it; ` +
        `where there is none for a system, build with: go install github.com/voipcheck/voipcheck/cmd/voipcheck@latest`,
      `没有安装 ${name}。安装时请不要使用 --omit=optional，也不要从其他系统复制 node_modules；` +
        `如果没有适合您系统的包，可以自行编译：go install github.com/voipcheck/voipcheck/cmd/voipcheck@latest`
    )
  }
}

// Listened for before the program runs: one that comes at once must not end this process alone.
let child
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child && child.kill(signal))
}
child = spawn(program(), process.argv.slice(2), { stdio: 'inherit' })
child.on('error', (err) => fail(`could not be started: ${err.message}`, `无法启动：${err.message}`))
// After a signal there is no status: null must not become 0.
child.on('exit', (status) => process.exit(status ?? FAILED))
