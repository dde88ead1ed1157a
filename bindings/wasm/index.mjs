import * as glue from './full/bailiwick.js';
import { instance } from './instance.mjs';
import { logVerifier } from './verifier.mjs';
import { PolicyError, connect } from './policy.mjs';
import { redactionStream } from './redaction.mjs';
import { transformer } from './transform.mjs';

const { init, native } = instance(glue, new URL('./full/bailiwick_bg.wasm', import.meta.url));

export { PolicyError };
export default init;
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
export const LogVerifier = logVerifier(native.openLogVerifier);
/** Redacts bytes as they come: `push` and `finish`. */
export const RedactionStream = redactionStream(native.openRedactionStream);
/** Returns a `TransformStream` that redacts: bytes in, bytes out. */
export const createRedactionStream = transformer(RedactionStream);
