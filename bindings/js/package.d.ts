// Replay packages: what is kept of one run, and what can be answered from it.
import type { AuditVerdict } from './outputs.js';

/** The files of a package that are text, by path. */
export interface InvestigateInput {
  files: { [path: string]: string };
  keys?: string[];
  now?: string;
  origin?: string;
  witnesses?: number;
}

/** An event (`seq`) or a file (`file`) of the package. */
export interface Evidence {
  digest: string;
  file?: string;
  seq?: number;
  what: string;
}

/** One answer, or why there is none. */
export interface QuestionAnswer {
  answer: string;
  answered: boolean;
  evidence: Evidence[];
  number: number;
  question: string;
  text: string;
}

/** What is known of a package. */
export interface PackageReport {
  events: number;
  manifest_digest: string;
  payloads: { expired: number; present: number } | null;
  problems: string[];
  run_id: string;
  verdict: AuditVerdict;
}

/** An investigation, as text and as a page too. */
export interface Investigated {
  answered: number;
  complete: boolean;
  html: string;
  investigation: { answers: QuestionAnswer[]; package: PackageReport };
  text: string;
}
