// Verifying, exporting and reporting a log.
import assert from 'node:assert/strict';
import { createReadStream, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { LogVerifier, PolicyError, auditExport, auditReport, auditVerify } from '@bailiwick/node';

const folder = new URL('../../../policy-fixtures/audit/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'));

for (const [name, [verdict, line]] of Object.entries(expected)) {
  test(`${name} is ${verdict} also in pieces`, () => {
    const bytes = readFileSync(new URL(name, folder));
    for (const size of [7, 4096]) {
      const verifier = new LogVerifier();
      for (let at = 0; at < bytes.length; at += size) {
        verifier.push(bytes.subarray(at, at + size));
      }
      const report = verifier.finish();
      assert.equal(report.verdict, verdict);
      assert.equal(report.first_bad?.index ?? 0, line);
      assert.deepEqual(report, auditVerify({ log: bytes.toString() }));
    }
  });
}

test('a stream that reads a file is verified', async () => {
  const report = await new LogVerifier().read(createReadStream(new URL('intact.jsonl', folder)));
  assert.equal(report.verdict, 'ok_unanchored');
});

test('a finished verifier takes nothing more', () => {
  const verifier = new LogVerifier({ allow_open: true });
  verifier.finish();
  for (const call of [() => verifier.push('x'), () => verifier.finish()]) {
    assert.throws(call, (error) => error instanceof PolicyError && error.code === 'stream_finished');
  }
});

test('a log is exported and reported, and a bad one is not', () => {
  const log = readFileSync(new URL('intact.jsonl', folder), 'utf8');
  const { events, text } = auditExport({ log, format: 'cloudevents' });
  const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.length, events);
  const stored = log.trimEnd().split('\n').map((line) => JSON.parse(line).entry_hash);
  assert.deepEqual(lines.map((event) => event.audithash), stored);
  assert.equal(auditReport({ log }).report.rows.length, 7);
  const edited = readFileSync(new URL('edited.jsonl', folder), 'utf8');
  for (const call of [() => auditExport({ log: edited, format: 'otel' }), () => auditReport({ log: edited })]) {
    assert.throws(call, (error) => error.code === 'audit_unverified' && error.line === 6);
  }
});
