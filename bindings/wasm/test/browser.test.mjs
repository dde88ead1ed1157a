// Drives the playground and the conformance suite in a real browser.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { serve } from './server.mjs';

const executablePath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));
const folder = new URL('../../../policy-fixtures/conformance/', import.meta.url);

let server;
let browser;
let page;
let complaints;

before(async () => {
  assert.ok(executablePath, 'no Chromium: install it or set CHROMIUM to its path');
  server = await serve();
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

async function open(path) {
  await page?.close();
  complaints = [];
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (
      !request.url().startsWith(server.url.replace('/wasm', '')) &&
      !request.url().startsWith('data:')
    ) {
      complaints.push(`outside request: ${request.url()}`);
    }
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(`${server.url}/${path}`);
}

async function openPlayground() {
  await open('playground/index.html');
  await page.waitForSelector('#decide:not([disabled])');
}

test('the page starts and decides without a complaint from the browser', async () => {
  await openPlayground();
  assert.match(await page.textContent('#status'), /ready/);
  await page.selectOption('#sample', 'change a workflow');
  assert.equal(await page.textContent('#decision'), 'denied');
  assert.ok((await page.locator('#rules li').count()) > 0);
  assert.ok((await page.textContent('#explanation')).length > 0);
  assert.equal(JSON.parse(await page.textContent('#record')).decision, 'denied');
  assert.deepEqual(complaints, []);
});

test('a permitted request is allowed', async () => {
  await openPlayground();
  await page.selectOption('#sample', 'run the tests');
  await page.selectOption('#sample', 'read a source file');
  assert.equal(await page.textContent('#decision'), 'allowed');
  assert.deepEqual(complaints, []);
});

test('the sample policies have no diagnostics', async () => {
  await openPlayground();
  assert.deepEqual(await page.locator('#diagnostics li').allTextContents(), ['none']);
});

test('a syntax error is shown with line and column, and leads to its place', async () => {
  await openPlayground();
  const text = await page.inputValue('#policy');
  await page.fill('#policy', text.replace('[packages.example.org]', '[packages.example.org'));
  const jump = page.locator('#diagnostics li[data-severity=error] button').first();
  await jump.waitFor();
  assert.match(await jump.textContent(), /^platform\.yaml:\d+:\d+$/);
  await jump.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'policy');
  assert.deepEqual(complaints, []);
});

test('a request that is no JSON is shown with line and column', async () => {
  await openPlayground();
  await page.fill('#request', '{\n  "tool": }');
  await page.press('#request', 'Control+Enter');
  assert.match(await page.locator('#diagnostics li').first().textContent(), /^request:2:11 error/);
  assert.equal(await page.textContent('#decision'), 'no decision');
});

test('a decision does not outlive the input that gave it', async () => {
  await openPlayground();
  await page.selectOption('#sample', 'change a workflow');
  assert.equal(await page.textContent('#decision'), 'denied');
  await page.fill('#request', '{');
  await page.locator('#decision', { hasText: 'no decision' }).waitFor();
  assert.equal(await page.textContent('#record'), '');
  assert.equal(await page.locator('#rules li').count(), 0);
});

test('the fixtures run and pass', async () => {
  await openPlayground();
  await page.click('#test');
  assert.match(await page.textContent('#summary'), /^[1-9]\d* passed, 0 failed$/);
  assert.deepEqual(complaints, []);
});

test('text from policies never becomes markup', async () => {
  await openPlayground();
  const hostile = '<img src=x onerror="document.title=\'owned\'">';
  await page.click('#add');
  await page.fill('#name', `${hostile}.yaml`);
  await page.press('#name', 'Enter');
  await page.fill('#policy', `${hostile}: [`);
  await page.fill('#request', JSON.stringify({ tool: hostile, path: '.github/x' }));
  await page.press('#request', 'Control+Enter');
  assert.ok((await page.locator('#diagnostics li').count()) > 0);
  assert.equal(await page.locator('img').count(), 0);
  assert.match(await page.title(), /^Bailiwick/);
});

test('every control is named and can be reached by keyboard', async () => {
  await openPlayground();
  const unnamed = await page.$$eval('textarea, select, input, button', (all) =>
    all
      .filter((one) => !one.textContent && !one.labels?.length && !one.ariaLabel)
      .map((one) => one.id),
  );
  assert.deepEqual(unnamed, []);
  const reached = new Set();
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement.id));
  }
  for (const id of ['file', 'policy', 'request', 'state', 'fixtures', 'decide', 'test', 'strict']) {
    assert.ok(reached.has(id), `${id} is not reached by Tab`);
  }
});

for (const variant of ['index', 'lite', 'fast']) {
  test(`${variant}: after a trap, calls and older handles work again`, async () => {
    await open('package.json');
    const outcome = await page.evaluate(async (name) => {
      let memory;
      const instantiate = WebAssembly.instantiateStreaming;
      WebAssembly.instantiateStreaming = async (...given) => {
        const made = await instantiate(...given);
        memory = made.instance.exports.memory;
        return made;
      };
      const host = await import(`/wasm/dist/${name}.mjs`);
      await host.default();
      const sample = await import('/wasm/playground/sample.mjs');
      const request = Object.values(sample.requests)[0];
      const handle = host.Policies.load({ policies: sample.policies });
      const before = JSON.stringify(handle.decide({ request, state: sample.state }));
      new Uint8Array(memory.buffer).fill(0xff);
      let code;
      try {
        handle.decide({ request, state: sample.state });
      } catch (thrown) {
        code = thrown.code;
      }
      const after = JSON.stringify(handle.decide({ request, state: sample.state }));
      return { code, same: before === after, version: host.version().version };
    }, variant);
    assert.equal(outcome.code, 'internal_error');
    assert.ok(outcome.same);
    assert.match(outcome.version, /^\d+\.\d+\.\d+/);
  });
}

for (const variant of ['index', 'lite']) {
  test(`${variant}: any pieces of a stream give the same bytes and summary`, async () => {
    const path = new URL('../../../policy-fixtures/redaction/stream/split.json', import.meta.url);
    const fixture = JSON.parse(readFileSync(path, 'utf8'));
    const expected = { output: fixture.output.join(''), summary: fixture.summary };
    await open('package.json');
    const outcomes = await page.evaluate(
      async ({ name, fixture }) => {
        const host = await import(`/wasm/dist/${name}.mjs`);
        const { bytesOf, cut, redacted, shown } = await import('/js/test/split.mjs');
        await host.default();
        const found = [1, 7, 4096].map((size) => redacted(host.RedactionStream, fixture, size));
        const pieces = cut(bytesOf(fixture.pieces), 4096);
        const transform = host.createRedactionStream(fixture.options);
        const parts = [];
        const write = async () => {
          const writer = transform.writable.getWriter();
          for (const piece of pieces) await writer.write(piece);
          await writer.close();
        };
        const read = async () => {
          const reader = transform.readable.getReader();
          for (let part = await reader.read(); !part.done; part = await reader.read()) {
            parts.push(part.value);
          }
        };
        await Promise.all([write(), read()]);
        return [...found, { output: shown(parts), summary: transform.summary }];
      },
      { name: variant, fixture },
    );
    for (const outcome of outcomes) assert.deepEqual(outcome, expected);
    assert.equal(outcomes.length, 4);
  });
}

test('deep input is answered, not trapped', async () => {
  await openPlayground();
  const codes = await page.evaluate(async () => {
    const { PolicyError, check, decide } = await import('/wasm/dist/index.mjs');
    const deep = [
      () => check({ policies: { 'a.yaml': '['.repeat(50_000) } }),
      () => check({ policies: { 'a.yaml': `a: ${'{a: '.repeat(5_000)}` } }),
      () => decide({ policies: {}, request: { tool: 'shell.exec', shell: '$('.repeat(20_000) } }),
    ];
    return deep.map((run) => {
      try {
        run();
        return 'answered';
      } catch (thrown) {
        return thrown instanceof PolicyError ? thrown.code : String(thrown);
      }
    });
  });
  assert.ok(!codes.includes('internal_error'), codes.join(', '));
});

test('calling before the module has started is an error that says so', async () => {
  await open('package.json');
  const code = await page.evaluate(async () => {
    const { version } = await import('/wasm/dist/index.mjs');
    try {
      return version();
    } catch (thrown) {
      return thrown.code;
    }
  });
  assert.equal(code, 'not_initialized');
});

test('there are conformance cases', () => {
  assert.ok(conformance().flatMap(({ cases }) => cases).length > 0);
});

for (const { file, cases } of conformance()) {
  test(`conformance in the browser: ${file}`, async (context) => {
    await openPlayground();
    const results = await page.evaluate(async (given) => {
      const [facade, { instance }, glue, { checks }] = await Promise.all([
        import('/wasm/dist/index.mjs'),
        import('/wasm/dist/instance.mjs'),
        import('/wasm/dist/full/bailiwick.js'),
        import('/js/test/conformance.mjs'),
      ]);
      const { init, native } = instance(glue, '/wasm/dist/full/bailiwick_bg.wasm');
      await init();
      const steps = given.flatMap((one) => checks(one, { native, facade }));
      return steps.map(({ name, run }) => {
        try {
          run();
          return { name };
        } catch (thrown) {
          return { name, failure: String(thrown.stack ?? thrown) };
        }
      });
    }, cases);
    for (const { name, failure } of results) {
      await context.test(name, () => assert.equal(failure, undefined));
    }
  });
}

function conformance() {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return files.map((file) => ({
    file,
    cases: JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
  }));
}
