// Builds the npm packages: one for each platform with the program in it, and voipcheck, which runs the one that fits.
//
//   node packaging/npm/build.mjs [--prebuilt FOLDER] [--bundle] VERSION [FOLDER] [PLATFORM ...]
//
// The folder is dist/npm unless given; the platforms are all unless named (linux-x64). With --prebuilt the programs
// are taken from FOLDER/PLATFORM instead of being built. Publish every package
// of a platform before voipcheck itself, which depends on them by exact version.
//
// With --bundle there is one package, packed as FOLDER/voipcheck-VERSION.tgz, with the programs of the platforms in
// it: this machine's own unless others are named. It needs no registry: a project installs the file.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// The names are Node's, then Go's.
const PLATFORMS = {
  'darwin-arm64': ['darwin', 'arm64'],
  'darwin-x64': ['darwin', 'amd64'],
  'linux-arm64': ['linux', 'arm64'],
  'linux-x64': ['linux', 'amd64'],
  'win32-arm64': ['windows', 'arm64'],
  'win32-x64': ['windows', 'amd64'],
}

const here = dirname(fileURLToPath(import.meta.url))
const top = resolve(here, '../..')
const args = process.argv.slice(2)
const prebuilt = args[0] === '--prebuilt' ? resolve(args.splice(0, 2)[1] ?? '.') : ''
const bundle = args[0] === '--bundle' && !!args.shift()
const [version, folder = join(top, 'dist', 'npm'), ...asked] = args
if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version ?? '')) {
  console.error('usage: node packaging/npm/build.mjs [--prebuilt FOLDER] [--bundle] VERSION [FOLDER] [PLATFORM ...], with a version such as 1.2.3')
  process.exit(2)
}
for (const platform of asked) {
  if (!PLATFORMS[platform]) {
    console.error(`no such platform: ${platform}; there are ${Object.keys(PLATFORMS).join(', ')}`)
    process.exit(2)
  }
}

const shared = {
  version,
  license: 'MIT',
  repository: { type: 'git', url: 'git+https://github.com/voipcheck/voipcheck.git' },
  homepage: 'https://github.com/voipcheck/voipcheck',
}

function write(dir, manifest, files) {
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest, null, 2) + '\n')
  for (const [from, to] of files) copyFileSync(join(top, from), join(dir, to))
}

function build(GOOS, GOARCH, to) {
  execFileSync('go', ['build', '-trimpath', '-ldflags', `-s -w -X main.version=${version}`, '-o', to, './cmd/voipcheck'], {
    cwd: top,
    env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: '0' },
    stdio: 'inherit',
  })
}

// program puts the program of a platform into a folder. Go compiles everything anew for a platform that it was never asked for,
// which takes its time.
let built = 0
function program(platform, dir) {
  const began = Date.now()
  process.stderr.write(`[${++built}/${platforms.length}] ${platform} ...`)
  const file = 'voipcheck' + (platform.startsWith('win32') ? '.exe' : '')
  mkdirSync(dir, { recursive: true })
  if (prebuilt) copyFileSync(join(prebuilt, platform, file), join(dir, file))
  else build(...PLATFORMS[platform], join(dir, file))
  chmodSync(join(dir, file), 0o755)
  process.stderr.write(` ${Math.round((Date.now() - began) / 1000)} s\n`)
  return file
}

const own = `${process.platform}-${process.arch}`
const platforms = asked.length ? asked : bundle && PLATFORMS[own] ? [own] : Object.keys(PLATFORMS)

for (const platform of bundle ? [] : platforms) {
  const [os, cpu] = platform.split('-')
  const file = 'voipcheck' + (os === 'win32' ? '.exe' : '')
  const dir = resolve(folder, platform)
  write(dir, {
    name: `@voipcheck/${platform}`,
    ...shared,
    description: `voipcheck for ${platform}; install voipcheck instead`,
    os: [os],
    cpu: [cpu],
    files: [file],
    preferUnplugged: true,
  }, [['LICENSE', 'LICENSE']])
  program(platform, dir)
}

// A bundle is made elsewhere: where it goes, there is nothing but the package in the end.
const main = bundle ? mkdtempSync(join(tmpdir(), 'voipcheck-')) : resolve(folder, 'voipcheck')
process.on('exit', () => bundle && rmSync(main, { recursive: true, force: true }))
const schema = 'voipcheck.schema.json'
write(main, {
  name: 'voipcheck',
  ...shared,
  description: "Tells whether a WeChat mini-program's 1v1 audio and video call will work",
  keywords: ['wechat', 'miniprogram', 'weapp', 'voip', 'lint', 'setEnable1v1Chat', 'join1v1Chat'],
  bin: { voipcheck: 'voipcheck.js' },
  files: ['voipcheck.js', schema, ...(bundle ? ['programs'] : [])],
  engines: { node: '>=14' },
  // npm, pnpm and yarn install the one that fits the system. No script runs on installation.
  optionalDependencies: bundle ? {} : Object.fromEntries(Object.keys(PLATFORMS).map((p) => [`@voipcheck/${p}`, version])),
}, [['packaging/npm/voipcheck.js', 'voipcheck.js'], [`internal/config/${schema}`, schema], ['README.md', 'README.md'], ['README.zh-CN.md', 'README.zh-CN.md'], ['LICENSE', 'LICENSE']])

if (bundle) {
  for (const platform of platforms) program(platform, join(main, 'programs', platform))
  mkdirSync(resolve(folder), { recursive: true })
  execFileSync('npm', ['pack', '--silent', '--pack-destination', resolve(folder)], { cwd: main, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  console.log(`npm install --save-dev ${resolve(folder, `voipcheck-${version}.tgz`)}`)
}
