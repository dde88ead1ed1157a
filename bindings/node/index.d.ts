// @ts-ignore: where the types of Node are not installed it is `any`.
import type { Transform } from 'node:stream';

import type { PolicyFiles, RedactionOptions, StreamSummary } from './api.js';

export * from './api.js';

/**
 * Returns the policy files below `directory` as `Policies.load` wants them: `*.yaml` and `*.yml`,
 * sorted. Throws `PolicyError` (`policy_unreadable`) rather than skip one.
 */
export declare function readPolicies(directory: string): PolicyFiles;

/**
 * Returns a stream that redacts: bytes in, bytes out. At its end `summary` says what was removed, and
 * the event 'summary' carries it.
 */
export declare function createRedactionStream(options?: RedactionOptions): Transform & {
  readonly summary: StreamSummary | null;
};
