// The module that is built for speed searches in another way, and must find the same.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';

import init, { redact } from '../dist/index.mjs';
import initFast, { redact as redactFast } from '../dist/fast.mjs';

const root = new URL('../../../', import.meta.url);
const contexts = JSON.parse(
  readFileSync(new URL('policy-fixtures/redaction/contexts.json', root), 'utf8'),
);
const lines = contexts.map(({ text }) => [text].flat().join(''));

before(async () => {
  await init(readFileSync(new URL('../dist/full/bailiwick_bg.wasm', import.meta.url)));
  await initFast(readFileSync(new URL('../dist/fast/bailiwick_bg.wasm', import.meta.url)));
});

function assertSame(text) {
  const input = { text, sink: 'log_viewer' };
  const expected = redact(input);
  assert.deepEqual(redactFast(input), expected);
  return expected;
}

test('both modules redact each context of the fixtures alike', () => {
  let removed = 0;
  for (const line of lines) removed += assertSame(line).redaction_summary.secret_like_tokens;
  assert.ok(removed >= lines.length / 2, `${removed} of ${lines.length}`);
});

test('both modules redact alike wherever a secret stands in a vector', () => {
  for (const line of lines) {
    for (let before = 1; before <= 70; before += 1) assertSame(`${' '.repeat(before)}${line}`);
  }
});

test('both modules redact a long log alike', () => {
  let state = 1;
  const random = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  const words = ['Compiling', 'token', 'key=', 'auth', '\u001b[31m', 'é', '://', '10.', 'passed', '\t'];
  let text = '';
  while (text.length < 400_000) {
    for (let count = random(12); count > 0; count -= 1) text += `${words[random(words.length)]} `;
    text += random(9) === 0 ? `${lines[random(lines.length)]}\n` : '\n';
  }
  assert.ok(assertSame(text).redaction_summary.secret_like_tokens > 100);
});
