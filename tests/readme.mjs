// Executes the fenced blocks of a Markdown file, in order, in one temporary folder:
//   bash          in that folder; in the project where it names `cargo` or a file of the project
//   python, js    in that folder, against the built packages
//   js browser    in a page, where `@bailiwick/wasm` is the built package
//   yaml FILE     is written to FILE, as is json FILE
//   rust          is left to the doctests of core, which include the file
//   text          is for reading
// Usage: node tests/readme.mjs FILE…; ends with `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const venv = process.env.BAILIWICK_VENV ?? join(target, 'venv');

const HANDLERS = {
  bash: runBash,
  js: runJs,
  json: writeBlock,
  python: ({ text }, folder) => run(join(venv, 'bin/python'), ['-c', text], folder),
  yaml: writeBlock,
};
const NOT_RUN = new Set(['', 'rust', 'text']);

// What prepares a machine is what tests/run has done already; and this runs inside tests/run.
const PREPARATION =
  /^\s*(?:git clone|cd bailiwick|\.\/tests\/run|pip install|npm install|cargo install)\b.*$/gm;

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-readme-'));
  mkdirSync(join(folder, 'node_modules/@bailiwick'), { recursive: true });
  for (const name of ['node', 'wasm']) {
    symlinkSync(join(root, 'bindings', name), join(folder, 'node_modules/@bailiwick', name));
  }
  for (const block of blocks(readFileSync(file, 'utf8'))) await execute(file, block, folder);
  rmSync(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function blocks(text) {
  const found = [];
  let open;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^```+(.*)$/.exec(line);
    if (fence && open) {
      found.push({ ...open, text: open.lines.join('\n') });
      open = undefined;
    } else if (fence) {
      const [language, argument] = fence[1].trim().split(/[\s,]+/);
      open = { line: index + 1, language, argument, lines: [] };
    } else {
      open?.lines.push(line);
    }
  }
  if (open) throw new Error(`the block of line ${open.line} does not end`);
  return found;
}

async function execute(file, block, folder) {
  if (NOT_RUN.has(block.language)) return;
  const name = `${file}:${block.line} ${block.language}`;
  const handler = HANDLERS[block.language];
  try {
    if (!handler) throw new Error(`no way to run ${block.language}`);
    await handler(block, folder);
    passed += 1;
    console.log(`ok ${name}`);
  } catch (thrown) {
    failed += 1;
    console.log(`not ok ${name}\n${thrown.message}\n${thrown.stdout ?? ''}${thrown.stderr ?? ''}`);
  }
}

function runBash({ text }, folder) {
  const project = /\bcargo\b|\b(?:bindings|core|policy-fixtures|runtime-ref|tests)\//.test(text);
  // The tests have a dev build at hand; a release build would take minutes and show nothing more.
  const script = text.replace(PREPARATION, ':').replace(/^(cargo run.*?) --release\b/gm, '$1');
  run('bash', ['-euo', 'pipefail', '-c', script], project ? root : folder);
}

function runJs({ text, argument, line }, folder) {
  if (argument === 'browser') return runInPage(text);
  const script = join(folder, `block-${line}.mjs`);
  writeFileSync(script, text);
  return run(process.execPath, [script], folder);
}

function writeBlock({ text, argument, language }, folder) {
  if (!argument) throw new Error(`say where to write it: \`${language} FILE\``);
  const path = join(folder, argument);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${text}\n`);
}

function run(command, options, cwd) {
  const path = [join(target, 'debug'), join(venv, 'bin'), process.env.PATH].join(':');
  execFileSync(command, options, {
    cwd,
    env: { ...process.env, PATH: path },
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

async function runInPage(text) {
  const { chromium } = createRequire(join(root, 'bindings/package.json'))('playwright-core');
  const { serve } = await import('../bindings/wasm/test/server.mjs');
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
    (path) => path && existsSync(path),
  );
  const server = await serve();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.route('**/readme.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>snippet</title><body>
          <script type="importmap">{"imports":{"@bailiwick/wasm":"/wasm/dist/index.mjs"}}</script>
          <script type="module">${text}\ndocument.body.dataset.done = '';</script>`,
      }),
    );
    await page.goto(`${server.url}/readme.html`);
    await page
      .waitForSelector('body[data-done]', { timeout: 15_000, state: 'attached' })
      .catch((thrown) => {
        throw new Error(complaints.join('\n') || thrown.message);
      });
  } finally {
    await browser.close();
    await server.close();
  }
}
