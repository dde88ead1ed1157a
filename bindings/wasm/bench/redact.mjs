// How fast a stream of redaction takes a log, in each module: `node bench/redact.mjs LOG… [--browser]`,
// after `node build.mjs`. Logs are written by
// `cargo bench -p bailiwick-benches --bench redact -- write FOLDER`.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { measure } from './measure.mjs';

const FACADES = {
  fast: '../dist/fast.mjs',
  full: '../dist/index.mjs',
  lite: '../dist/lite.mjs',
};
const MODULES = Object.keys(FACADES);

const paths = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (paths.length === 0) {
  console.error('usage: node bench/redact.mjs LOG… [--browser]');
  process.exit(2);
}
const lines = await countLines();
console.log('MB/s, best of many, and what share that is of the rate at which lines are counted');
const heads = MODULES.map((name) => name.padStart(14)).join('');
console.log(`${'log'.padEnd(16)}${'bytes'.padStart(10)}${'lines'.padStart(8)}${heads}`);
for (const path of paths) {
  const log = new Uint8Array(await readFile(path));
  const results = process.argv.includes('--browser')
    ? await inBrowser(log, lines)
    : await measure(log, lines, MODULES, async (name) => {
        const host = await import(FACADES[name]);
        const module = new URL(`../dist/${name}/bailiwick_bg.wasm`, import.meta.url);
        await host.default(await readFile(module));
        return host;
      });
  const rates = MODULES.map((name) => {
    const share = results[name] / results.lines;
    return `${results[name].toFixed(0)} ${share.toFixed(3)}`.padStart(14);
  });
  const bytes = String(log.length).padStart(10);
  const counted = results.lines.toFixed(0).padStart(8);
  console.log(`${basename(path).padEnd(16)}${bytes}${counted}${rates.join('')}`);
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
    return await page.evaluate(async (facades) => {
      const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
      const { measure } = await import('./measure.mjs');
      const [log, lines] = [await bytes('log'), await bytes('lines')];
      return measure(log, lines, Object.keys(facades), async (name) => {
        const host = await import(facades[name]);
        await host.default();
        return host;
      });
    }, FACADES);
  } finally {
    await browser.close();
    await server.close();
  }
}
