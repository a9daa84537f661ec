// Opens an EPUB in a reading system (foliate-js) in headless Chromium and takes pictures of its screens; see screens.sh.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'

const tools = process.env.READER_MODULES
const puppeteer = createRequire(path.join(tools, 'x.js'))('puppeteer-core')
const [file, out, ...rest] = process.argv.slice(2)
const options = Object.fromEntries(rest.map(o => o.split('=')))
const sizes = { phone: [390, 844], tablet: [820, 1180] }
const [width, height] = sizes[options.size ?? 'phone'] ?? options.size.split('x').map(Number)
const light = options.light ?? 'day'
const scale = Number(options.scale ?? 100)
const pages = Number(options.pages ?? 1)
const wanted = options.sections?.split(',')

// What reading systems add of their own: the reader's line height and size, justified and hyphenated text, and by
// night a dark page. `night` says so to the style sheet; `recoloured` only paints over it.
const dark = light === 'day' ? '' : 'html { background: #121212 !important; color: #d8d8d8 !important }'
const reader = `
  html { font-size: ${scale}%; color-scheme: ${light === 'night' ? 'dark' : 'light'} }
  p, li, blockquote, dd { line-height: 1.45; ${options.ragged ? '' : 'text-align: justify;'} hyphens: auto; hanging-punctuation: allow-end last; widows: 2 }
  ${dark}`
const ground = light === 'day' ? '#fff' : '#121212'
const PAGE = `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%;background:${ground}}
foliate-view{display:block;width:100vw;height:100vh}</style><script type="module">
import '/foliate/view.js'
const bytes = await (await fetch('/book.epub')).blob()
const view = document.createElement('foliate-view')
document.body.append(view)
window.docs = new Map()
view.addEventListener('load', e => window.docs.set(e.detail.index, e.detail.doc))
await view.open(new File([bytes], 'book.epub'))
view.renderer.setStyles(${JSON.stringify(reader)})
view.renderer.setAttribute('max-column-count', '1')
view.renderer.setAttribute('gap', '8%')
view.renderer.setAttribute('margin', '32px')
window.view = view
window.state = 'open'
</script>`
const types = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' }
const root = path.join(tools, 'node_modules', 'foliate-js')
const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  const send = (type, body) => { response.writeHead(200, { 'content-type': type }); response.end(body) }
  if (pathname === '/') return send('text/html', PAGE)
  if (pathname === '/book.epub') return send('application/epub+zip', fs.readFileSync(file))
  const target = path.join(root, path.normalize(decodeURIComponent(pathname).replace(/^\/foliate\//, '')))
  if (!target.startsWith(root) || !fs.existsSync(target)) { response.writeHead(404); return response.end() }
  send(types[path.extname(target)] ?? 'application/octet-stream', fs.readFileSync(target))
})
await new Promise(done => server.listen(0, '127.0.0.1', done))

const browser = await puppeteer.launch({
  executablePath: process.env.PUPPETEER_EXECUTABLE_PATH, headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--hide-scrollbars', '--font-render-hinting=none'],
})
try {
  const page = await browser.newPage()
  await page.setViewport({ width, height })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: light === 'night' ? 'dark' : 'light' }])
  page.on('pageerror', e => console.error(`script: ${e.message ?? e}`))
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  await page.waitForFunction('window.state', { timeout: 60000 })
  fs.mkdirSync(out, { recursive: true })
  const ids = await page.evaluate(() => view.book.sections.map(section => section.id))
  for (const [index, id] of ids.entries()) {
    // A section by its number or a piece of its name, `+` and the screens to skip.
    const asked = wanted?.map(w => w.split('+')).filter(([w]) => w === String(index) || (w.match(/\D/) && id.includes(w)))
    if (wanted && !asked.length) continue
    const skip = Number(asked?.[0][1] ?? 0)
    await page.evaluate(i => view.goTo(i), index)
    await page.evaluate(i => window.docs.get(i)?.fonts?.ready.then(() => null), index)
    await new Promise(done => setTimeout(done, 250))
    const count = await page.evaluate(() => view.renderer.pages - 2)
    for (let at = 0; at < Math.min(count, skip + pages); at++) {
      if (at > 0) {
        await page.evaluate(() => view.renderer.next())
        await new Promise(done => setTimeout(done, 120))
      }
      if (at < skip) continue
      const name = `${String(index).padStart(3, '0')}-${at}.png`
      await page.screenshot({ path: path.join(out, name) })
    }
    // What is wider than the screen cannot be read; only code and tables may scroll.
    const wide = await page.evaluate(i => {
      const doc = window.docs.get(i)
      const column = parseFloat(doc.defaultView.getComputedStyle(doc.documentElement).columnWidth)
      return [...doc.body.querySelectorAll('*')].filter(e => Math.max(...[...e.getClientRects()].map(r => r.width)) > column + 1)
        .map(e => `${e.localName}.${e.className}`).slice(0, 5)
    }, index)
    if (wide.length) console.log(`${id}: wider than the screen: ${wide.join(' ')}`)
  }
} finally {
  await browser.close()
  server.close()
}
