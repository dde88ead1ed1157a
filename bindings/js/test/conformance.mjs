// Runs conformance cases against a host: by plain call, by compiled handle, by the façade.
// Texts are compared before they are parsed. Works in Node and in the browser.
import { PLAIN_OPERATIONS, POLICY_OPERATIONS } from '../policy.mjs';

/** Returns the ways to run `testCase` on a host: `{ name, run }`; `run` throws on a mismatch. */
export function checks(testCase, { native, facade }) {
  const { name, operation, input } = testCase;
  validate(testCase);
  const found = [
    {
      name: `${name} (call)`,
      run: () => compare(testCase, () => native.call(operation, JSON.stringify(input))),
    },
  ];
  if (operation in WITH_POLICIES && input.policies) {
    found.push({ name: `${name} (handle)`, run: () => compareHandle(testCase, native) });
  }
  const exported = WITH_POLICIES[operation] ?? WITHOUT_POLICIES[operation];
  if (exported) {
    found.push({
      name: `${name} (façade)`,
      run: () => compare(testCase, () => JSON.stringify(facade[exported](input)), { parsed: true }),
    });
  }
  return found;
}

/** Loads the case's policies once and calls without them. */
function compareHandle(testCase, native) {
  const { policies, strict, ...rest } = testCase.input;
  let loaded;
  try {
    loaded = native.Policies.load(JSON.stringify({ policies, strict }));
  } catch (thrown) {
    if (testCase.error) return compareError(testCase, thrown);
    // Where a plain call reports unreadable policies in its answer, loading them fails: the same
    // finding must be behind both.
    const answer = testCase.output_text ?? JSON.stringify(testCase.output);
    const { code } = wire(thrown);
    if (answer.includes(`"${code}"`) || answer.includes('"policy_unreadable"')) return undefined;
    throw new Error(`Policies.load failed with ${code}, of which the answer says nothing`);
  }
  const input = testCase.operation === 'check' ? { ...rest, strict } : rest;
  return compare(testCase, () => loaded.call(testCase.operation, JSON.stringify(input)));
}

function compare(testCase, call, { parsed = false } = {}) {
  let text;
  try {
    text = call();
  } catch (thrown) {
    return compareError(testCase, thrown);
  }
  if (testCase.error)
    throw new Error(`answered instead of failing with ${testCase.error.code}: ${text}`);
  if (testCase.output_text !== undefined && !parsed) equal(text, testCase.output_text);
  const expected = testCase.output ?? JSON.parse(testCase.output_text);
  equal(canonical(JSON.parse(text)), canonical(expected));
}

function compareError({ error: expected, name }, thrown) {
  const actual =
    typeof thrown?.code === 'string' && thrown.name === 'PolicyError' ? thrown : wire(thrown);
  if (!expected) throw new Error(`${name} failed: ${JSON.stringify(actual)}`);
  for (const field of Object.keys(expected)) {
    equal(
      `${field}: ${JSON.stringify(actual[field])}`,
      `${field}: ${JSON.stringify(expected[field])}`,
    );
  }
}

function wire(thrown) {
  try {
    return JSON.parse(typeof thrown === 'string' ? thrown : thrown.message);
  } catch {
    throw thrown;
  }
}

function equal(actual, expected) {
  if (actual !== expected)
    throw new Error(`mismatch\n  expected ${expected}\n  actual   ${actual}`);
}

function validate({ name, operation, input, output, output_text: text, error }) {
  const stated = (output !== undefined || text !== undefined) !== (error !== undefined);
  if (!name || !operation || typeof input !== 'object' || !stated || (error && !error.code)) {
    throw new Error(`not a conformance case: ${JSON.stringify({ name, operation })}`);
  }
}

function canonical(value) {
  return JSON.stringify(value, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const byOperation = (table) =>
  Object.fromEntries(Object.entries(table).map(([name, op]) => [op, name]));
const WITH_POLICIES = byOperation(POLICY_OPERATIONS);
const WITHOUT_POLICIES = byOperation(PLAIN_OPERATIONS);
