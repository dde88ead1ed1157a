import * as glue from './fast/bailiwick.js';
import { instance } from './instance.mjs';
import { PolicyError, connect } from './policy.mjs';

const { init, native } = instance(glue, new URL('./fast/bailiwick_bg.wasm', import.meta.url));

export { PolicyError };
export default init;
export const {
  check,
  chooseModel,
  effective,
  decide,
  decideBatch,
  explain,
  test,
  retentionPlan,
  facts,
  lint,
  redact,
  auditAppend,
  auditVerify,
  schema,
  version,
  Policies,
} = connect(native);
