/** Recorded decisions, decided again: by the policies that decided them, and by others. */

import type { DecisionKind, Json } from './inputs.js';
import type { Location } from './outputs.js';

export interface RedecideInput {
  /** Recorded decisions, one JSON object a line. */
  records: string;
}

export type RedecideVerdict = 'differs' | 'not_reproducible' | 'other_policies' | 'same';

/** What came of deciding again, and why. */
export interface Redecided {
  decision_id: string;
  line: number;
  verdict: RedecideVerdict;
  /** The places that are redacted, or not kept, and without which it cannot be told. */
  fields?: string[];
  /** The first member that differs. */
  member?: string;
  /** The rules stand elsewhere in the documents than they did; nothing else differs. */
  moved?: boolean;
  recorded?: Json;
  redecided?: Json;
  why?: string;
}

export interface RedecideReport {
  counts: { [verdict in RedecideVerdict]: number };
  results: Redecided[];
}

export interface BacktestInput extends RedecideInput {
  /** Examples in each group; 10 where it is left out. */
  examples?: number;
  /** Policy files to compare with, in place of what was decided. */
  old_policies?: { [path: string]: string };
}

/** What made the difference: a rule, or where no rule did, the code of the reason. */
export interface ChangedBy {
  newly: boolean;
  code?: string;
  location?: Location;
  /** `policy@version#rule`. */
  rule?: string;
}

export interface ChangeExample {
  action: string;
  decision_id: string;
  command?: string;
  paths?: string[];
  run_id?: string;
}

/** Decisions that changed in the same way, for the same cause. */
export interface ChangeGroup {
  by: ChangedBy[];
  count: number;
  examples: ChangeExample[];
  from: DecisionKind;
  opens: boolean;
  to: DecisionKind;
}

export interface SkippedExample {
  decision_id: string;
  why: string;
  fields?: string[];
}

/** Recorded decisions that could not be decided again. */
export interface Skipped {
  code: string;
  count: number;
  examples: SkippedExample[];
}

/** What the policies would have changed, what opens first; `text` is all of it for people. */
export interface BacktestReport {
  changed: ChangeGroup[];
  decided: number;
  obligations_added: number;
  obligations_dropped: number;
  opened: number;
  skipped: Skipped[];
  text: string;
  tightened: number;
  unchanged: number;
}
