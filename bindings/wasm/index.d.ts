import type { RedactionOptions, StreamSummary } from './api.js';

export * from './api.js';

/** What the module may come from; without one it is fetched from beside the script. */
export type Source = string | URL | Uint8Array | ArrayBuffer;

/** Starts the module. Every other function throws `not_initialized` until this is done. */
export default function init(source?: Source | Promise<Source>): Promise<void>;

/**
 * Returns a web stream that redacts: bytes in, bytes out. At its end `summary` says what was removed.
 */
export declare function createRedactionStream(
  options?: RedactionOptions,
): TransformStream<Uint8Array, Uint8Array> & { readonly summary: StreamSummary | null };
