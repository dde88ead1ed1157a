import type { PolicyFiles } from './api.js';

export * from './api.js';

/**
 * Returns the policy files below `directory` as `Policies.load` wants them: `*.yaml` and `*.yml`,
 * sorted. Throws `PolicyError` (`policy_unreadable`) rather than skip one.
 */
export declare function readPolicies(directory: string): PolicyFiles;
