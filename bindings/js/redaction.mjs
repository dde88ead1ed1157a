// Redacting bytes as they come, in every JavaScript host. A host brings `open(text)`, which returns
// the native stream: `push(bytes)` gives bytes, `finish()` gives `{ rest, summary }`.
import { encode } from './policy.mjs';
import { translate } from './errors.mjs';

/** Returns the class `RedactionStream` over a host's `open`. */
export function redactionStream(open) {
  return class RedactionStream {
    #native;
    #summary = null;

    constructor(options = {}) {
      this.#native = guarded(() => open(encode(options)));
    }

    /** What was removed, once the stream is finished. */
    get summary() {
      return this.#summary;
    }

    /** Takes in more of the text, and returns what is final now. */
    push(data) {
      const bytes = typeof data === 'string' ? ENCODER.encode(data) : data;
      if (!(bytes instanceof Uint8Array)) {
        throw new TypeError('a redaction stream takes text, a Buffer or a Uint8Array');
      }
      return guarded(() => this.#native.push(bytes));
    }

    /** Returns the rest, and what was removed; the stream takes nothing more. */
    finish() {
      const { rest, summary } = guarded(() => this.#native.finish());
      this.#summary = JSON.parse(summary);
      return { rest, summary: this.#summary };
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
