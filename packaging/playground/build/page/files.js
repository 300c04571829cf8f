// Files: what a dropped or chosen folder holds, and how a program is put into a link.

// What a mini-program is made of, as the checker reads it. All else is left out: pictures, fonts, archives.
const READ = /\.(js|mjs|cjs|ts|mts|cts|jsx|tsx|json|jsonc|json5|wxml|wxs|wxss|vue|mpx|wpy|css|scss|less|html)$|(^|\/)(\.gitignore|\.babelrc)$/i
const LEFT = /(^|\/)(node_modules|miniprogram_npm|\.git|\.svn|\.hg)\//
const MOST = 40_000_000 // bytes

export class TooBig extends Error {}

// gathered reads files, given with their paths, and counts those that are left out. A folder that holds everything is taken off.
export async function gathered(list) {
  const wanted = list.filter(([path]) => READ.test(path) && !LEFT.test(path))
  const size = wanted.reduce((sum, [, file]) => sum + file.size, 0)
  if (size > MOST) throw new TooBig(String(Math.round(size / 1e6)))
  const first = wanted[0]?.[0].split('/')[0] + '/'
  const common = wanted.every(([path]) => path.startsWith(first)) ? first.length : 0
  const files = new Map()
  for (const [path, file] of wanted.sort(([a], [b]) => (a < b ? -1 : 1))) files.set(path.slice(common), textOf(new Uint8Array(await file.arrayBuffer())))
  return { files, left: list.length - wanted.length }
}

// textOf is a file as text, where it is UTF-8, which begins with no mark: what the editor shows is what is checked.
function textOf(bytes) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    // A text area would change other ends of lines.
    return text.includes('\r') || text.startsWith('\uFEFF') ? bytes : text
  } catch {
    return bytes
  }
}

// dropped lists the files of what was dropped, folders followed.
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean)
  const list = []
  const walk = async (entry, path) => {
    if (entry.isFile) {
      list.push([path, await new Promise((yes, no) => entry.file(yes, no))])
      return
    }
    if (LEFT.test(path + '/')) return
    const reader = entry.createReader()
    for (;;) {
      const some = await new Promise((yes, no) => reader.readEntries(yes, no))
      if (some.length === 0) return
      for (const e of some) await walk(e, path + '/' + e.name)
    }
  }
  for (const e of entries) await walk(e, e.name)
  return list
}

// The links of this version of the page begin so.
const PREFIX = '#1.'

const through = async (bytes, stream) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())

// fragmentOf is a program as the fragment of an address, which browsers send nowhere.
export async function fragmentOf(files, open) {
  const decoder = new TextDecoder()
  const texts = Object.fromEntries([...files].map(([name, file]) => [name, typeof file === 'string' ? file : decoder.decode(file)]))
  const packed = await through(new TextEncoder().encode(JSON.stringify({ open, files: texts })), new CompressionStream('deflate-raw'))
  let binary = ''
  for (const byte of packed) binary += String.fromCharCode(byte)
  return PREFIX + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

// programOf is the program in a fragment, null where there is none. It throws where that is damaged.
export async function programOf(fragment) {
  if (!fragment.startsWith(PREFIX)) return null
  const binary = atob(fragment.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0))
  const { open, files } = JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw'))))
  const entries = Object.entries(files)
  if (entries.length === 0 || !entries.every(([, text]) => typeof text === 'string')) throw new Error('no program')
  return { files: new Map(entries), open: String(open ?? '') }
}
