// Builds the extension, and packs it: `npm run build` for the script alone, `node build.mjs --pack [--version V] [--programs FOLDER] [PLATFORM ...]`
// for one .vsix a platform (linux-x64, win32-x64 …; this machine's where none is named) with the program in it, in ../../dist/vscode.
// The programs are built here, or taken from FOLDER/PLATFORM/ as packaging/npm takes them. Beside each .vsix lies the folder that it was
// packed from, unpacked, as WeChat DevTools loads extensions.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const top = resolve(here, '../..')

// The names are Node's, which are VS Code's targets too, then Go's.
const PLATFORMS = {
  'darwin-arm64': ['darwin', 'arm64'],
  'darwin-x64': ['darwin', 'amd64'],
  'linux-arm64': ['linux', 'arm64'],
  'linux-x64': ['linux', 'amd64'],
  'win32-arm64': ['windows', 'arm64'],
  'win32-x64': ['windows', 'amd64'],
}

await build({
  absWorkingDir: here,
  entryPoints: ['src/extension.ts', 'src/program.ts'],
  outdir: 'out',
  bundle: true,
  platform: 'node',
  // VS Code 1.46 runs extensions with Node 12.
  target: 'node12',
  external: ['vscode'],
  minify: true,
  keepNames: true,
})

const args = process.argv.slice(2)
if (args.shift() !== '--pack') process.exit(0)
const option = (name) => (args.includes(name) ? args.splice(args.indexOf(name), 2)[1] : undefined)
const version = option('--version') ?? JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).version
const programs = option('--programs')
const asked = args.length ? args : [`${process.platform}-${process.arch}`]

for (const platform of asked) {
  if (!PLATFORMS[platform]) {
    console.error(`no such platform: ${platform}; there are ${Object.keys(PLATFORMS).join(', ')}`)
    process.exit(2)
  }
  const folder = join(top, 'dist', 'vscode', platform)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'out'), { recursive: true })
  for (const name of ['package.nls.json', 'package.nls.zh-cn.json', 'README.md', 'README.zh-CN.md', 'out/extension.js', '.vscodeignore']) {
    copyFileSync(join(here, name), join(folder, name))
  }
  cpSync(join(here, 'media'), join(folder, 'media'), { recursive: true })
  copyFileSync(join(top, 'LICENSE'), join(folder, 'LICENSE'))
  const { devDependencies, scripts, ...manifest } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, version }, null, 2) + '\n')
  program(platform, join(folder, 'programs', platform))
  const vsix = join(top, 'dist', 'vscode', `voipcheck-${version}-${platform}.vsix`)
  const vsce = join(here, 'node_modules', '@vscode', 'vsce', 'vsce')
  // Without --target, which VS Code knows from 1.61 on only: the name of the file says which system it is for.
  execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsix], { cwd: folder, stdio: 'inherit' })
}

// program puts the program of a platform into a folder.
function program(platform, folder) {
  const [GOOS, GOARCH] = PLATFORMS[platform]
  const file = join(folder, GOOS === 'windows' ? 'voipcheck.exe' : 'voipcheck')
  mkdirSync(folder, { recursive: true })
  if (programs && existsSync(join(programs, platform))) {
    copyFileSync(join(programs, platform, GOOS === 'windows' ? 'voipcheck.exe' : 'voipcheck'), file)
  } else {
    execFileSync('go', ['build', '-trimpath', '-ldflags', `-s -w -X main.version=${version}`, '-o', file, './cmd/voipcheck'], {
      cwd: top,
      env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: '0' },
      stdio: 'inherit',
    })
  }
  chmodSync(file, 0o755)
}
