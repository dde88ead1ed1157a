// Redacting bytes as they come.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';

import * as bailiwick from '@bailiwick/node';

import { bytesOf, cut, redacted, shown } from '../../js/test/split.mjs';

const { PolicyError, RedactionStream, createRedactionStream } = bailiwick;
const path = new URL('../../../policy-fixtures/redaction/stream/split.json', import.meta.url);
const fixture = JSON.parse(readFileSync(path, 'utf8'));
const expected = { output: fixture.output.join(''), summary: fixture.summary };

for (const size of [1, 7, 4096]) {
  test(`pieces of ${size} bytes give the same bytes and summary`, () => {
    assert.deepEqual(redacted(RedactionStream, fixture, size), expected);
  });

  test(`a transform stream gives the same for pieces of ${size} bytes`, async () => {
    const parts = [];
    const heard = [];
    const transform = createRedactionStream(fixture.options).on('summary', (summary) =>
      heard.push(summary),
    );
    const source = Readable.from(cut(bytesOf(fixture.pieces), size));
    await pipeline(source, transform, async (out) => {
      for await (const part of out) parts.push(part);
    });
    assert.deepEqual({ output: shown(parts), summary: transform.summary }, expected);
    assert.deepEqual(heard, [fixture.summary]);
  });
}

test('a finished stream takes nothing more', () => {
  const stream = new RedactionStream();
  stream.finish();
  for (const call of [() => stream.push('x'), () => stream.finish()]) {
    assert.throws(call, (thrown) => thrown instanceof PolicyError && thrown.code === 'stream_finished');
  }
});

test('what is neither text nor bytes is refused', () => {
  assert.throws(() => new RedactionStream().push([1, 2]), TypeError);
  assert.throws(() => createRedactionStream({ sink: 'printer' }), PolicyError);
});

test('a seal tells a projection from any other text', () => {
  const seal_key = 'a key for a seal.';
  const made = bailiwick.redact({ text: 'ask ana@shop.example', sink: 'judge_packet', seal_key });
  const sealed = { text: made.text, sink: made.sink, seal: made.seal, seal_key };
  assert.deepEqual(bailiwick.verifyProjection(sealed), { valid: true });
  assert.deepEqual(bailiwick.verifyProjection({ ...sealed, text: 'x' }), { valid: false });
});

test('a handle redacts by its policies', () => {
  const policy = 'redaction:\n  name: acme\n  version: 1\n  max_bytes: {log_viewer: 200}\n';
  const policies = bailiwick.Policies.load({ policies: { 'a.yaml': policy } });
  const text = Array.from({ length: 90 }, (_, number) => `line ${number}\n`).join('');
  assert.ok(policies.redact({ text, sink: 'log_viewer' }).text.length <= 200);
});
