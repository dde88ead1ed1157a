// Keeps one WebAssembly instance usable. After a trap its memory cannot be trusted, so the next
// call gets a fresh instance, and handles compile their policies again from the kept text.
import { PolicyError, internalError } from './errors.mjs';

/** Returns `init` and the native side that `connect` takes, over wasm-bindgen's module `glue`. */
export function instance(glue, defaultSource) {
  let starting;
  let ready = false;
  let generation = 0;

  function attempt(work) {
    if (!ready) throw new PolicyError(NOT_STARTED);
    try {
      return work();
    } catch (thrown) {
      // Errors that the library reports are text; everything else is a trap.
      if (typeof thrown === 'string') throw thrown;
      generation += 1;
      ready = false;
      glue.__wbg_reset_state();
      ready = true;
      throw internalError(thrown);
    }
  }

  class Handle {
    #text;
    #loaded;
    #generation;

    constructor(text) {
      this.#text = text;
      this.#load();
    }

    call(operation, text) {
      return attempt(() => {
        if (this.#generation !== generation) this.#load();
        return this.#loaded.call(operation, text);
      });
    }

    #load() {
      this.#loaded = glue.Policies.load(this.#text);
      this.#generation = generation;
    }
  }

  // What was held back is lost with the memory: a stream does not outlive a trap.
  class Stream {
    #native;
    #end;
    #generation;

    constructor(native, end) {
      this.#native = native;
      this.#end = end;
      this.#generation = generation;
    }

    push(bytes) {
      return this.#attempt(() => this.#native.push(bytes));
    }

    finish() {
      return this.#attempt(() => this.#end(this.#native));
    }

    #attempt(work) {
      if (this.#generation !== generation) throw new PolicyError(STREAM_LOST);
      return attempt(work);
    }
  }

  return {
    /** Fetches and starts the module, once. */
    async init(source = defaultSource) {
      starting ??= glue.default({ module_or_path: source });
      try {
        await starting;
        ready = true;
      } catch (thrown) {
        starting = undefined;
        throw thrown;
      }
    },
    native: {
      call: (operation, text) => attempt(() => glue.call(operation, text)),
      operations: () => attempt(() => glue.operations()),
      openLogVerifier: (options) =>
        attempt(() => new Stream(glue.LogVerifier.open(options), (native) => native.finish())),
      openRedactionStream: (options) =>
        attempt(
          () =>
            new Stream(glue.RedactionStream.open(options), (native) => ({
              rest: native.finish(),
              summary: native.summary(),
            })),
        ),
      Policies: { load: (text) => attempt(() => new Handle(text)) },
    },
  };
}

const NOT_STARTED = {
  code: 'not_initialized',
  message: 'the WebAssembly module has not been started',
  help: 'await init() first',
};

const STREAM_LOST = {
  code: 'stream_finished',
  message: 'the stream was lost with the instance that it belonged to',
  help: 'open another stream and begin again',
};
