import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import * as facade from '@bailiwick/node';

import { checks } from '../../js/test/conformance.mjs';

const native = createRequire(import.meta.url)('../dist/index.node');
const folder = new URL('../../../policy-fixtures/conformance/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort();

test('there are conformance cases for every operation', () => {
  const covered = new Set(files.flatMap((name) => cases(name).map((one) => one.operation)));
  const missing = native
    .operations()
    .map((name) => name.replace('*', ''))
    .filter((op) => !covered.has(op));
  assert.deepEqual(missing, []);
});

for (const file of files) {
  for (const one of cases(file)) {
    for (const { name, run } of checks(one, { native, facade })) test(`${file}: ${name}`, run);
  }
}

function cases(name) {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}
