/** Redaction: what a host gives and gets. */

import type { PolicyFiles, Sink } from './inputs.js';

/** A rule pack that the host brings: YAML, or the TOML format of gitleaks. */
export interface RulePackFile {
  path: string;
  text: string;
  format?: 'yaml' | 'gitleaks';
}

/** What a text belongs to: chooses among policies. What is left out could be any: the stricter wins. */
export interface RedactionScope {
  tenant?: string;
  organization?: string;
  team?: string;
  repo?: string;
  campaign_id?: string;
  task_id?: string;
}

/** How a text is redacted. */
export interface RedactionOptions {
  sink?: Sink;
  known?: string[];
  key?: string;
  max_bytes?: number;
  /** Built-in packs that are not always used. */
  packs?: string[];
  rule_packs?: RulePackFile[];
  /** The file that the text is of. */
  path?: string;
  policies?: PolicyFiles;
  strict?: boolean;
  scope?: RedactionScope;
  /** At least 16 bytes: the answer carries the seal of the projection. */
  seal_key?: string;
  /** The answer tells where something was found. */
  explain?: boolean;
}

export interface RedactInput extends RedactionOptions {
  text: string;
}

export interface RedactionSummary {
  email_addresses: number;
  foreign_markers?: number;
  large_blocks_removed: number;
  private_urls: number;
  /** Nothing more of the text is shown: a policy keeps it from the sink. */
  refused?: boolean;
  secret_like_tokens: number;
  rules?: { [rule: string]: number };
  truncated_bytes?: number;
}

/** Where something was found, and by which rule; never what. Columns count bytes from 1. */
export interface RedactionFinding {
  rule: string;
  kind: string;
  line: number;
  column: number;
  length: number;
  action: 'keep' | 'redact' | 'remove_line' | 'refuse';
}

/** Text that may go to one sink. */
export interface Projection {
  text: string;
  sink: Sink;
  redaction_summary: RedactionSummary;
  version: string;
  findings?: RedactionFinding[];
  seal?: string;
}

/** What a stream says at its end. */
export interface StreamSummary {
  sink: Sink;
  redaction_summary: RedactionSummary;
  version: string;
  findings?: RedactionFinding[];
  findings_left_out?: number;
  seal?: string;
}

export interface VerifyProjectionInput {
  text: string;
  sink: Sink;
  seal: string;
  seal_key: string;
}

/** Whether the redactor made a text for a sink. */
export interface SealVerdict {
  valid: boolean;
}

/**
 * Redacts bytes as they come: a byte leaves only when it is final, and any way of cutting the input
 * into pieces gives the same output. Memory is bounded.
 */
export declare class RedactionStream {
  constructor(options?: RedactionOptions);
  /** What was removed, once the stream is finished. */
  readonly summary: StreamSummary | null;
  /** Takes in more of the text, and returns what is final now. */
  push(data: Uint8Array | string): Uint8Array;
  /** Returns the rest, and what was removed; the stream takes nothing more. */
  finish(): { rest: Uint8Array; summary: StreamSummary };
}
