import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Transform } from 'node:stream';

import { PolicyError, connect } from './policy.mjs';
import { logVerifier } from './verifier.mjs';
import { redactionStream } from './redaction.mjs';

const native = createRequire(import.meta.url)('./index.node');

export { PolicyError };
export const {
  backtest,
  check,
  chooseModel,
  effective,
  decide,
  decideBatch,
  explain,
  test,
  redecide,
  retentionPlan,
  facts,
  investigate,
  lint,
  noteVerify,
  redact,
  auditAppend,
  auditCheckProof,
  auditCheckpoint,
  auditExport,
  auditProve,
  auditReport,
  auditVerify,
  provenanceShow,
  provenanceSign,
  provenanceVerify,
  schema,
  verifyProjection,
  version,
  Policies,
} = connect(native);

/** Verifies a log as it comes: `push` and `finish`, or `read`. */
export const LogVerifier = logVerifier((options) => native.LogVerifier.open(options));

/** Redacts bytes as they come: `push` and `finish`. */
export const RedactionStream = redactionStream((options) => native.RedactionStream.open(options));

/**
 * Returns a `stream.Transform` that redacts: bytes in, bytes out. At its end `summary` says what was
 * removed, and the event 'summary' carries it.
 */
export function createRedactionStream(options = {}) {
  const stream = new RedactionStream(options);
  const transform = new Transform({
    transform(chunk, encoding, done) {
      attempt(done, () => stream.push(chunk));
    },
    flush(done) {
      attempt(done, () => {
        const { rest, summary } = stream.finish();
        transform.emit('summary', summary);
        return rest;
      });
    },
  });
  return Object.defineProperty(transform, 'summary', { get: () => stream.summary });
}

function attempt(done, work) {
  let out;
  try {
    out = work();
  } catch (thrown) {
    done(thrown);
    return;
  }
  // An empty piece would say nothing.
  if (out.length > 0) done(null, out);
  else done();
}

/**
 * Returns the policy files below `directory` as `Policies.load` wants them: `*.yaml` and `*.yml`,
 * sorted. Names that begin with a dot are left out; linked folders and oversized files are refused,
 * so that no policy is ever skipped without a word.
 */
export function readPolicies(directory) {
  const files = {};
  let total = 0;
  for (const path of yamlFiles(directory, '')) {
    const bytes = readFileSync(join(directory, path));
    total += bytes.length;
    refuse(bytes.length > MAX_FILE_BYTES, path, `is larger than ${MAX_FILE_BYTES} bytes`);
    refuse(total > MAX_TOTAL_BYTES, path, `brings the policies above ${MAX_TOTAL_BYTES} bytes`);
    files[path] = decode(bytes, path);
    refuse(Object.keys(files).length > MAX_FILES, path, `is one file more than ${MAX_FILES}`);
  }
  return files;
}

function yamlFiles(root, below) {
  const found = [];
  for (const entry of readdirSync(join(root, below), { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = below ? `${below}/${entry.name}` : entry.name;
    const isDirectory = statSync(join(root, path)).isDirectory();
    refuse(isDirectory && entry.isSymbolicLink(), path, 'is a linked folder');
    if (isDirectory) found.push(...yamlFiles(root, path));
    else if (/\.ya?ml$/.test(entry.name)) found.push(path);
  }
  return below ? found : found.sort((a, b) => (a < b ? -1 : 1));
}

function decode(bytes, path) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(true, path, 'is not UTF-8');
  }
}

function refuse(condition, path, message) {
  if (!condition) return;
  throw new PolicyError({ code: 'policy_unreadable', message: `\`${path}\` ${message}`, path });
}

const MAX_FILES = 4096;
const MAX_FILE_BYTES = 1 << 20;
const MAX_TOTAL_BYTES = 32 << 20;
