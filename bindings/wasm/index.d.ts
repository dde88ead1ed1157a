export * from './api.js';

/** What the module may come from; without one it is fetched from beside the script. */
export type Source = string | URL | Uint8Array | ArrayBuffer;

/** Starts the module. Every other function throws `not_initialized` until this is done. */
export default function init(source?: Source | Promise<Source>): Promise<void>;
