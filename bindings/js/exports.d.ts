/** Exports, reports and streams of an audit log: what a host gives and gets. */

import type { EventType } from './inputs.js';
import type { AuditVerdict, RunReport, VerifyReport } from './outputs.js';

export type ExportFormat = 'cloudevents' | 'jsonl' | 'ocsf' | 'otel';
export type EvidenceState = 'no_evidence' | 'partial' | 'shown';

export interface AuditExportInput {
  log: string;
  format: ExportFormat;
  allow_open?: boolean;
  /** The run to export, which must be there; all are verified. */
  run_id?: string;
  tenant?: string;
}

/** A log in the format of another tool: `text` has a line for each of `events`. */
export interface AuditExport {
  events: number;
  text: string;
}

/** What is known of a log beforehand. */
export interface LogOptions {
  allow_open?: boolean;
  count?: number;
  head?: string;
  run_id?: string;
  tenant?: string;
}

export interface AuditReportInput extends LogOptions {
  log: string;
}

/** Where an event stands. */
export interface EventPlace {
  at: string;
  entry_hash: string;
  run_id: string;
  seq: number;
}

/** The events of one type that show a control. */
export interface EventEvidence {
  actors: { [actor_type: string]: number };
  count: number;
  event_type: EventType;
  first: EventPlace;
  last: EventPlace;
  results?: { [result: string]: number };
}

/** One control, and the events that show it. */
export interface ControlEvidence {
  control: string;
  evidence: EventEvidence[];
  looked_for: string;
}

/** One row: a concern, what answers to it, and what the log shows of that. */
export interface ConcernRow {
  concern: string;
  controls: ControlEvidence[];
  practices: string[];
  requirements: string[];
  state: EvidenceState;
}

/** What one verified log shows of secure development and supply chain. */
export interface SsdfReport {
  events: number;
  first_at: string | null;
  last_at: string | null;
  rows: ConcernRow[];
  runs: RunReport[];
  verdict: AuditVerdict;
}

/** The report, and the same as Markdown. */
export interface AuditReport {
  report: SsdfReport;
  text: string;
}

/**
 * Verifies a log as it comes: any way of cutting it into pieces gives the same report. Memory does
 * not grow with the log.
 */
export declare class LogVerifier {
  constructor(options?: LogOptions);
  /** Reads more of the log. */
  push(data: Uint8Array | string): void;
  /** Returns what was found; the verifier takes nothing more. */
  finish(): VerifyReport;
  /** Reads all pieces, such as a stream that reads a file; resolves to what was found. */
  read(
    pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  ): Promise<VerifyReport>;
}
