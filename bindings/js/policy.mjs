// The façade that Node and WebAssembly share. A host brings `native`: `call(operation, text)` and
// `Policies.load(text)` with `.call(operation, text)`. Here is `stringify → call → parse`.
import { translate } from './errors.mjs';

export { PolicyError } from './errors.mjs';

/** Returns the public functions and the `Policies` class over `native`. */
export function connect(native) {
  const run =
    (operation) =>
    (input = {}) =>
      answer((text) => native.call(operation, text), input);

  class Policies {
    #native;

    constructor(token, loaded) {
      if (token !== UNLOCK) throw new TypeError('use Policies.load({ policies })');
      this.#native = loaded;
    }

    static load(input) {
      return new Policies(
        UNLOCK,
        guarded(() => native.Policies.load(encode(input))),
      );
    }

    static {
      for (const [name, operation] of Object.entries({ ...POLICY_OPERATIONS, redact: 'redact' })) {
        Policies.prototype[name] = function (input = {}) {
          return answer((text) => this.#native.call(operation, text), input);
        };
      }
    }
  }

  const functions = {};
  for (const [name, operation] of Object.entries({ ...POLICY_OPERATIONS, ...PLAIN_OPERATIONS })) {
    functions[name] = run(operation);
  }
  return { ...functions, Policies };
}

/** The operations that read policies: function name → operation. */
export const POLICY_OPERATIONS = Object.freeze({
  backtest: 'backtest',
  check: 'check',
  chooseModel: 'choose_model',
  effective: 'effective',
  decide: 'decide',
  decideBatch: 'decide_batch',
  explain: 'explain',
  test: 'test',
  redecide: 'redecide',
  retentionPlan: 'retention_plan',
});

/** The operations that read none. */
export const PLAIN_OPERATIONS = Object.freeze({
  facts: 'facts',
  lint: 'lint',
  redact: 'redact',
  auditAppend: 'audit_append',
  auditCheckProof: 'audit_check_proof',
  auditCheckpoint: 'audit_checkpoint',
  auditProve: 'audit_prove',
  investigate: 'investigate',
  noteVerify: 'note_verify',
  auditExport: 'audit_export',
  auditReport: 'audit_report',
  auditVerify: 'audit_verify',
  provenanceShow: 'provenance_show',
  provenanceSign: 'provenance_sign',
  provenanceVerify: 'provenance_verify',
  schema: 'schema',
  verifyProjection: 'verify_projection',
  version: 'version',
});

/** Returns `input` as JSON text; refuses what JSON would silently turn into something else. */
export function encode(input) {
  return JSON.stringify(input, (key, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new TypeError(`\`${key}\` is ${value}, which JSON cannot carry`);
    }
    if (value instanceof Map || value instanceof Set) {
      throw new TypeError(`\`${key}\` is a ${value.constructor.name}; give a plain object`);
    }
    return value;
  });
}

function answer(call, input) {
  const text = encode(input);
  return JSON.parse(guarded(() => call(text)));
}

function guarded(work) {
  try {
    return work();
  } catch (thrown) {
    throw translate(thrown);
  }
}

const UNLOCK = Symbol('made by Policies.load');
