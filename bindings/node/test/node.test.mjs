import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';

import * as bailiwick from '@bailiwick/node';

const { Policies, PolicyError, readPolicies } = bailiwick;
const platform = 'platform_policy:\n  version: 2026-07-04\n  allowed_actions: [file.read]\n';
const state = {
  version: '1',
  as_of: '2026-07-04T03:00:00Z',
  now: '2026-07-04T03:00:01Z',
  usage_complete: true,
};
const request = {
  tool: 'file.read',
  path: 'src/main.rs',
  subject: { id: 'agent-1', kind: 'service', roles: [], tenant: 'acme' },
  tenant: 'acme',
  organization: 'acme',
  team: 'payments',
  repo: 'payment-service',
};

test('a call and a compiled handle give the same decision', () => {
  const policies = { 'platform.yaml': platform };
  const called = bailiwick.decide({ policies, request, state });
  const loaded = Policies.load({ policies }).decide({ request, state });
  assert.deepEqual(loaded, called);
  assert.ok(['allowed', 'ask_approval', 'denied'].includes(called.decision));
});

test('a broken policy is refused with file, line and column', () => {
  const policies = { 'platform.yaml': 'platform_policy:\n  allowed_actions: [file.read\n' };
  const thrown = caught(() => Policies.load({ policies }));
  assert.ok(thrown instanceof PolicyError);
  assert.equal(thrown.path, 'platform.yaml');
  assert.ok(thrown.line >= 2 && thrown.column >= 1, `${thrown.line}:${thrown.column}`);
  assert.ok(thrown.code && thrown.message);
});

test('an unknown operation and input that is no JSON are PolicyErrors on the native side', () => {
  const native = createRequire(import.meta.url)('../dist/index.node');
  assert.match(caught(() => native.call('guess', '{}')).message, /^\{"code":"/);
  assert.match(caught(() => native.call('decide', '{')).message, /^\{"code":"/);
});

test('input that JSON would change without a word is refused', () => {
  assert.throws(() => bailiwick.redact({ text: 'x', max_bytes: NaN }), /`max_bytes` is NaN/);
  assert.throws(() => Policies.load({ policies: new Map() }), /plain object/);
});

test('policies cannot be made without loading', () => {
  assert.throws(() => new Policies(), /Policies.load/);
});

test('unpaired surrogates fail as an error, not as a crash', () => {
  const thrown = caught(() => bailiwick.redact({ text: '\ud800', sink: 'model_context' }));
  assert.ok(thrown instanceof PolicyError);
});

test('every declared function is exported and every export is declared', () => {
  const declared = (name) =>
    [
      ...readFileSync(new URL(`../dist/${name}`, import.meta.url), 'utf8').matchAll(
        /^export declare (?:function|class) (\w+)/gm,
      ),
    ].map((match) => match[1]);
  assert.deepEqual(
    ['api', 'exports', 'redaction', 'index'].flatMap((name) => declared(`${name}.d.ts`)).sort(),
    Object.keys(bailiwick).sort(),
  );
});

test('the exports are the operations of the wire', () => {
  const native = createRequire(import.meta.url)('../dist/index.node');
  const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  const all = native.operations();
  const reading = all.filter((name) => name.endsWith('*')).map((name) => camel(name.slice(0, -1)));
  assert.deepEqual(
    [
      ...all.map((name) => camel(name.replace('*', ''))),
      'LogVerifier',
      'Policies',
      'PolicyError',
      'RedactionStream',
      'createRedactionStream',
      'readPolicies',
    ].sort(),
    Object.keys(bailiwick).sort(),
  );
  const methods = Object.getOwnPropertyNames(Policies.prototype).filter(
    (name) => name !== 'constructor',
  );
  // `redact` reads policies where a handle brings them.
  assert.deepEqual(methods.sort(), [...reading, 'redact'].sort());
});

test('a worker thread loads the addon for itself', async () => {
  const code = `
    const { parentPort } = require('node:worker_threads');
    import(${JSON.stringify(import.meta.resolve('@bailiwick/node'))})
      .then(({ version }) => parentPort.postMessage(version()));
  `;
  const answer = await new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true });
    worker.once('message', resolve).once('error', reject);
  });
  assert.deepEqual(answer, bailiwick.version());
});

test('a directory is read in order, without dot files', () => {
  withDirectory(
    { 'b.yml': 'b', 'a/a.yaml': 'a', '.git/x.yaml': 'x', 'notes.md': 'n' },
    (folder) => {
      assert.deepEqual(Object.entries(readPolicies(folder)), [
        ['a/a.yaml', 'a'],
        ['b.yml', 'b'],
      ]);
    },
  );
});

test('a linked folder, an oversized file and bytes that are no text are refused', () => {
  withDirectory({ 'a/a.yaml': 'a' }, (folder) => {
    symlinkSync('a', join(folder, 'link'));
    assert.equal(caught(() => readPolicies(folder)).code, 'policy_unreadable');
  });
  withDirectory({ 'big.yaml': 'x'.repeat((1 << 20) + 1) }, (folder) => {
    assert.equal(caught(() => readPolicies(folder)).path, 'big.yaml');
  });
  withDirectory({ 'latin.yaml': Buffer.from([0x61, 0xff]) }, (folder) => {
    assert.equal(caught(() => readPolicies(folder)).path, 'latin.yaml');
  });
});

function caught(work) {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  return assert.fail('nothing was thrown');
}

function withDirectory(files, work) {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
