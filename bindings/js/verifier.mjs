// Verifying a log as it comes, in every JavaScript host. A host brings `open(text)`, which returns
// the native verifier: `push(bytes)`, and `finish()`, which gives the report as JSON text.
import { encode } from './policy.mjs';
import { translate } from './errors.mjs';

/** Returns the class `LogVerifier` over a host's `open`. */
export function logVerifier(open) {
  return class LogVerifier {
    #native;

    constructor(options = {}) {
      this.#native = guarded(() => open(encode(options)));
    }

    /** Reads more of the log. */
    push(data) {
      const bytes = typeof data === 'string' ? ENCODER.encode(data) : data;
      if (!(bytes instanceof Uint8Array)) {
        throw new TypeError('a log verifier takes text, a Buffer or a Uint8Array');
      }
      guarded(() => this.#native.push(bytes));
    }

    /** Returns what was found; the verifier takes nothing more. */
    finish() {
      return JSON.parse(guarded(() => this.#native.finish()));
    }

    /** Reads all pieces, such as a stream that reads a file; resolves to what was found. */
    async read(pieces) {
      for await (const piece of pieces) this.push(piece);
      return this.finish();
    }
  };
}

function guarded(work) {
  try {
    return work();
  } catch (thrown) {
    throw translate(thrown);
  }
}

const ENCODER = new TextEncoder();
