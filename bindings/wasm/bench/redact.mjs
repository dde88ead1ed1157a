// How fast a stream of redaction takes a log, in each module: `node bench/redact.mjs LOG… [--browser]`,
// after `node build.mjs`. Logs are written by
// `cargo bench -p bailiwick-benches --bench redact -- write FOLDER`.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { measure } from './measure.mjs';

const MODULES = ['fast'];

const paths = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (paths.length === 0) {
  console.error('usage: node bench/redact.mjs LOG… [--browser]');
  process.exit(2);
}
const lines = await countLines();
console.log('MB/s, best of many; beside it, as a share of a pass that only counts lines');
console.log(`${'log'.padEnd(16)}${'bytes'.padStart(10)}${'lines'.padStart(8)}${MODULES.map((name) => name.padStart(14)).join('')}`);
for (const path of paths) {
  const log = new Uint8Array(await readFile(path));
  const results = process.argv.includes('--browser')
    ? await inBrowser(log, lines)
    : await measure(log, lines, MODULES, async (name) => {
        const folder = new URL(`../dist/${name}/`, import.meta.url);
        const glue = await import(new URL('bailiwick.js', folder));
        await glue.default({ module_or_path: await readFile(new URL('bailiwick_bg.wasm', folder)) });
        return glue;
      });
  const rates = MODULES.map((name) => {
    const share = results[name] / results.lines;
    return `${results[name].toFixed(0)} ${share.toFixed(3)}`.padStart(14);
  });
  const bytes = String(log.length).padStart(10);
  console.log(`${basename(path).padEnd(16)}${bytes}${results.lines.toFixed(0).padStart(8)}${rates.join('')}`);
}

/** Returns a module that counts lines with vectors: hardly more than reading the memory. */
async function countLines() {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.parseText(`
    (module
      (memory (export "memory") 1)
      (func (export "count") (param $at i32) (param $end i32) (result i32)
        (local $count i32)
        (loop $next
          (if (i32.lt_u (local.get $at) (local.get $end))
            (then
              (local.set $count (i32.add (local.get $count)
                (i32.popcnt (i8x16.bitmask
                  (i8x16.eq (v128.load (local.get $at)) (i8x16.splat (i32.const 10)))))))
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (br $next))))
        (local.get $count)))`);
  return module.emitBinary();
}

async function inBrowser(log, lines) {
  const { chromium } = await import('playwright-core');
  const { serve } = await import('../test/server.mjs');
  const server = await serve();
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/bench/page.html`);
    await page.route('**/log', (route) => route.fulfill({ body: Buffer.from(log) }));
    await page.route('**/lines', (route) => route.fulfill({ body: Buffer.from(lines) }));
    return await page.evaluate(async (modules) => {
      const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
      const { measure } = await import('./measure.mjs');
      return measure(await bytes('log'), await bytes('lines'), modules, async (name) => {
        const glue = await import(`../dist/${name}/bailiwick.js`);
        await glue.default();
        return glue;
      });
    }, MODULES);
  } finally {
    await browser.close();
    await server.close();
  }
}
