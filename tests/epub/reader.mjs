// Reads EPUBs in a reading system, foliate-js in a headless Chromium, as a reader would, and says what is broken.
//
// reader.mjs FILE...   exit 0: nothing broken in any; 1: something; 2: no browser, or no reading system
//
// Every document of the spine is opened and shown. What it asks for must come, from the book itself; its images must show and its
// fonts load; nothing may be said on the console as an error. Every entry of the contents, the landmarks and the page list, and
// every link must lead to something that is there, and each entry must bring that before the reader's eyes (of long lists some
// dozens are tried). Every call must lead to a note and the note back to the call; some are clicked, for the note to pop up.
// Needs puppeteer-core and foliate-js in $TOOLS/node/node_modules ($TOOLS is ~/.cache/validators), and Chromium.
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { createRequire } from 'node:module'

const tools = path.join(process.env.TOOLS ?? path.join(os.homedir(), '.cache/validators'), 'node')
const foliate = path.join(tools, 'node_modules', 'foliate-js')
const files = process.argv.slice(2)
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find(x => x && fs.existsSync(x))
if (!files.length || !chromium || !fs.existsSync(foliate)) {
  console.error(files.length ? `no Chromium, or no foliate-js in ${tools}` : 'reader.mjs FILE...')
  process.exit(2)
}
const puppeteer = createRequire(path.join(tools, 'x.js'))('puppeteer-core')

const PAGE = `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%}
foliate-view{display:block;width:100vw;height:100vh}</style><script type="module" src="/read.js"></script>`

// What runs in the browser. `read` answers with what it saw and what is wrong with it.
const READ = `
import '/foliate/view.js'
import { FootnoteHandler } from '/foliate/footnotes.js'

const TRIED = 40
const within = (ms, what, promise) => Promise.race([promise,
  new Promise((_, no) => setTimeout(() => no(new Error(what + ' takes too long')), ms))])
const types = el => (el.getAttributeNS('http://www.idpf.org/2007/ops', 'type') ?? '').split(' ').concat((el.getAttribute('role') ?? '').split(' '))
const is = (el, ...words) => words.some(word => types(el).includes(word))
// A few of many, the first and the last among them.
const some = list => list.length <= TRIED ? list : Array.from({ length: TRIED }, (_, i) => list[Math.round(i * (list.length - 1) / (TRIED - 1))])

window.read = async url => {
  const wrong = []
  const seen = { sections: 0, empty: 0, contents: 0, landmarks: 0, pages: 0, links: 0, notes: 0, images: 0, fonts: 0, shown: 0, popped: 0 }
  const view = document.createElement('foliate-view')
  document.body.append(view)
  const docs = new Map()
  view.addEventListener('load', e => docs.set(e.detail.index, e.detail.doc))
  await view.open(new File([await (await fetch(url)).blob()], 'book.epub'))
  const { book } = view
  const links = []
  for (const [index, section] of book.sections.entries()) {
    try {
      await within(20000, 'opening', view.goTo(index))
      const doc = docs.get(index)
      if (!doc) { wrong.push(section.id + ': is not shown'); continue }
      seen.sections++
      await within(10000, 'loading fonts', doc.fonts?.ready ?? Promise.resolve())
      for (const image of doc.images) {
        seen.images++
        if (!image.complete) await within(10000, 'loading an image', image.decode().catch(() => {}))
        if (!image.naturalWidth) wrong.push(section.id + ': an image does not show: ' + image.getAttribute('src').slice(0, 80))
      }
      for (const font of doc.fonts ?? []) {
        seen.fonts++
        if (font.status === 'error') wrong.push(section.id + ': a font does not load: ' + font.family)
      }
      if (doc.querySelector('parsererror')) wrong.push(section.id + ': not well-formed')
      // An author's empty file.
      if (!doc.body?.textContent.trim() && !doc.images.length) seen.empty++
      if (!doc.documentElement.getAttribute('lang')) wrong.push(section.id + ': no language')
      if (!doc.title.trim()) wrong.push(section.id + ': no title')
      const ids = new Set()
      for (const el of doc.querySelectorAll('[id]')) {
        if (ids.has(el.id)) wrong.push(section.id + ': an id twice: ' + el.id)
        ids.add(el.id)
      }
      for (const a of doc.querySelectorAll('a[href]')) {
        const href = section.resolveHref(a.getAttribute('href'))
        if (!book.isExternal(href)) links.push({ index, a, href })
      }
    } catch (e) { wrong.push(section.id + ': ' + e.message) }
  }
  // Where something leads: the element, or the document where nothing in it is named.
  const lead = href => {
    const to = book.resolveHref(href)
    if (to == null || to.index == null || to.index < 0) return { fault: 'leads to no document' }
    const doc = docs.get(to.index)
    if (!doc) return { fault: 'leads to what is not shown' }
    const el = href.includes('#') ? to.anchor(doc) : doc.body
    return el ? { ...to, el, doc } : { fault: 'leads to nothing in its document' }
  }
  const callsOf = new Map()
  const calls = []
  for (const { index, a, href } of links) {
    seen.links++
    const { fault, el } = lead(href)
    const place = book.sections[index].id + ': ' + href
    if (fault) { wrong.push(place + ' ' + fault); continue }
    if (is(a, 'noteref', 'doc-noteref')) {
      calls.push({ index, a, href, el })
      if (!callsOf.has(el)) callsOf.set(el, [])
      callsOf.get(el).push(a)
      if (!is(el, 'footnote', 'endnote', 'doc-footnote', 'doc-endnote')) wrong.push(place + ' calls what is no note')
      if (el.ownerDocument !== a.ownerDocument) wrong.push(place + ' calls a note of another document')
    }
  }
  for (const [index, doc] of docs) for (const note of doc.querySelectorAll('aside, li, div')) {
    if (!is(note, 'footnote', 'doc-footnote', 'doc-endnote')) continue
    seen.notes++
    const place = book.sections[index].id + ': note ' + note.id
    const back = [...note.querySelectorAll('a[href]')].filter(a => is(a, 'backlink', 'doc-backlink'))
    if (!back.length) wrong.push(place + ' has no way back')
    else if (back[0] !== note.querySelector('a[href]')) wrong.push(place + ' does not begin with the way back')
    const called = callsOf.get(note) ?? []
    for (const a of back) {
      const { el } = lead(book.sections[index].resolveHref(a.getAttribute('href')))
      // A call inside a link cannot be one itself.
      if (el && !called.includes(el) && !el.matches('sup')) wrong.push(place + ' leads back to what did not call it')
    }
  }
  const flat = items => (items ?? []).flatMap(x => [x, ...flat(x.subitems)])
  const lists = { contents: flat(book.toc), landmarks: flat(book.landmarks), pages: flat(book.pageList) }
  for (const [kind, entries] of Object.entries(lists)) {
    seen[kind] = entries.length
    if (kind === 'contents' && !entries.length) wrong.push('no contents')
    const good = entries.filter(({ href, label }) => {
      if (!(label ?? '').trim()) wrong.push(kind + ': an entry says nothing: ' + href)
      if (!href) return false
      const { fault } = lead(href)
      if (fault) wrong.push(kind + ': "' + label + '" ' + href + ' ' + fault)
      return !fault
    })
    for (const { href, label } of some(good)) {
      try {
        await within(20000, 'going there', view.goTo(href))
        const { index, anchor } = book.resolveHref(href)
        const doc = docs.get(index)
        const el = href.includes('#') ? anchor(doc) : doc.body
        const range = view.lastLocation?.range
        const there = range && range.startContainer.ownerDocument === doc
        // An empty place has no box of its own: the words around it count.
        const end = there && doc.createRange()
        if (there) end.selectNode(el.firstChild || el === doc.body ? el : el.parentElement)
        // Behind the last word, as where an empty page of the print begins, there is nothing to bring into sight.
        const rest = doc.createRange()
        rest.setStartBefore(el)
        rest.setEndAfter(doc.body.lastChild)
        if (!rest.toString().trim() && view.renderer.getContents()[0]?.index === index) { seen.shown++; continue }
        if (!there || range.compareBoundaryPoints(Range.START_TO_END, end) < 0 || range.compareBoundaryPoints(Range.END_TO_START, end) > 0)
          wrong.push(kind + ': "' + label + '" ' + href + ' does not come into sight')
        else seen.shown++
      } catch (e) { wrong.push(kind + ': "' + label + '": ' + e.message) }
    }
  }
  const notes = new FootnoteHandler()
  let laid
  // The boxes stay: what closes one while it is laid out makes the reading system stumble.
  notes.addEventListener('before-render', ({ detail: { view: box } }) => {
    document.body.append(box)
    laid = new Promise(done => box.addEventListener('create-overlay', done, { once: true }))
  })
  for (const { index, href } of some(calls).slice(0, 12)) {
    try {
      await view.goTo(index)
      const doc = docs.get(index)
      const a = [...doc.querySelectorAll('a[href]')].find(a => is(a, 'noteref') && book.sections[index].resolveHref(a.getAttribute('href')) === href)
      const popped = new Promise((done, no) => {
        notes.addEventListener('render', e => done(e.detail), { once: true })
        view.addEventListener('link', e => notes.handle(book, e)?.catch(no), { once: true })
      })
      a.click()
      const { view: box, type, hidden } = await within(10000, 'popping up', popped)
      await within(10000, 'laying out the note', laid)
      const words = box.renderer.getContents()[0]?.doc.body.textContent.trim() ?? ''
      if (!words || !type || !hidden) wrong.push(href + ' pops up as "' + words.slice(0, 20) + '", ' + type + ', ' + hidden)
      else seen.popped++
    } catch (e) { wrong.push(href + ' does not pop up: ' + e.message) }
  }
  return { wrong, seen }
}
window.ready = true
`

const served = new Map(files.map((file, at) => [`/book-${at}.epub`, file]))
const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css', '.json': 'application/json' }
const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost').pathname
  const send = (type, body) => { response.writeHead(200, { 'content-type': type }); response.end(body) }
  if (url === '/') return send('text/html', PAGE)
  if (url === '/read.js') return send('text/javascript', READ)
  if (url === '/favicon.ico') { response.writeHead(204); return response.end() }
  if (served.has(url)) return send('application/epub+zip', fs.readFileSync(served.get(url)))
  const target = path.join(foliate, path.normalize(url.replace(/^\/foliate\//, '')))
  if (!url.startsWith('/foliate/') || !target.startsWith(foliate) || !fs.existsSync(target)) { response.writeHead(404); return response.end() }
  send(TYPES[path.extname(target)] ?? 'application/octet-stream', fs.readFileSync(target))
})
await new Promise(done => server.listen(0, '127.0.0.1', done))
const origin = `http://127.0.0.1:${server.address().port}`

const browser = await puppeteer.launch({
  executablePath: chromium, headless: true, protocolTimeout: 900_000,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
// One reading of a book: what was seen, and what is wrong.
async function reading(url) {
  const wrong = []
  let seen = {}
  const page = await browser.newPage()
  // What a page says while it is being closed tells of the closing.
  let open = true
  const tell = line => { if (open) wrong.push(line) }
  try {
    await page.setViewport({ width: 600, height: 800 })
    await page.setRequestInterception(true)
    page.on('request', request => {
      const local = request.url().startsWith(origin + '/') || /^(blob|data|about):/.test(request.url())
      if (!local) tell(`asked of the network: ${request.url()}`)
      if (local) request.continue()
      else request.abort()
    })
    page.on('requestfailed', request => tell(`did not come: ${request.url()}`))
    page.on('response', response => { if (response.status() >= 400) tell(`${response.status()}: ${response.url()}`) })
    page.on('console', message => { if (message.type() === 'error') tell(`on the console: ${message.text()}`) })
    page.on('pageerror', error => tell(`a script failed: ${error.message ?? error}`))
    await page.goto(origin + '/')
    await page.waitForFunction('window.ready', { timeout: 30_000 })
    const told = await page.evaluate(url => window.read(url), url)
    seen = told.seen
    told.wrong.forEach(tell)
  } catch (error) { tell(String(error.message ?? error)) }
  open = false
  await page.close()
  return { wrong, seen }
}

// A blob has another name in each reading.
const same = line => line.replace(/blob:\S+/g, 'blob:')
let failed = 0
for (const [url, file] of served) {
  let { wrong, seen } = await reading(url)
  if (wrong.length) {
    // On a busy machine the reading system's own scripts overtake one another now and then. What is wrong with a book is so each
    // time that it is read: what only one of two readings says is told, and is no fault of the book.
    const again = await reading(url)
    const once = new Set(again.wrong.map(same))
    for (const line of wrong.filter(line => !once.has(same(line)))) console.log(`  said in one reading of two: ${line}`)
    wrong = wrong.filter(line => once.has(same(line)))
    seen = again.seen
  }
  if (wrong.length) failed++
  console.log(`${wrong.length ? 'FAIL' : 'PASS'}   ${file}  ${Object.entries(seen).map(([what, count]) => `${count} ${what}`).join(', ')}`)
  for (const line of wrong.slice(0, 30)) console.log(`  ${line}`)
  if (wrong.length > 30) console.log(`  and ${wrong.length - 30} more`)
}
await browser.close()
server.close()
process.exitCode = failed ? 1 : 0
