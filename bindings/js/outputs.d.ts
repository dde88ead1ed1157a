/** What comes out, under the field names of the wire. */

import type {
  ChangeClass,
  ChangeStatus,
  DataClass,
  DecisionKind,
  Effect,
  Json,
  Level,
  LintKind,
  Sink,
} from './inputs.js';

export type ObligationKind =
  'draft_only' | 'label' | 'limit' | 'network_profile' | 'prompt_log' | 'redact' | 'reviewer' | 'verifier';

/** A place in a policy file: lines and columns count from 1, `path` is within the document. */
export interface Location {
  file: string;
  line: number;
  column: number;
  path: string;
}

/** A rule, or field of a document, that decided. */
export interface MatchedRule {
  policy: string;
  rule: string;
  effect: Effect;
  location: Location;
  level?: Level;
}

/** One reason of a decision. */
export interface Reason {
  code: string;
  effect: Effect;
  message: string;
}

/** What the enforcement point must see to; where it cannot, it denies. */
export interface Obligation {
  kind: ObligationKind;
  name: string;
  value?: number;
}

/** What would change a decision. */
export interface Remedy {
  possible: boolean;
  requires: string[];
  text: string;
}

/** Something about the request that is not known. */
export interface Unknown {
  attribute: string;
  kind: 'dynamic' | 'unreadable';
  reason: string;
}

/** What the request would really do, as far as rules can read it. */
export interface Facts {
  change_classes: string[];
  command_effects?: string[];
  data_class?: DataClass;
  hosts: string[];
  invocations?: string[];
  network: boolean;
  outside?: string[];
  paths: string[];
  pipes_remote_to_shell: boolean;
  programs: string[];
  removals?: string[];
  sensitive?: string[];
}

/** What is certain of a fact; `unknown` says why there may be more. */
export interface PartialFact<T> {
  value: T;
  unknown?: 'dynamic' | 'unreadable';
}

/** A path that would be touched; with wildcards it stands for every file that they match. */
export interface PathFact {
  path: string;
  touch: 'read' | 'change' | 'either';
  glob?: boolean;
  /** It is removed or moved: what lies below goes with it. */
  tree?: boolean;
}

/** What a request would really do, each fact with its doubt. */
export interface RequestFacts {
  changed_files: PartialFact<number>;
  changed_lines: PartialFact<number>;
  classes: PartialFact<string[]>;
  commands: PartialFact<string[][]>;
  effects: PartialFact<string[]>;
  hosts: PartialFact<string[]>;
  invocations: PartialFact<string[]>;
  network: PartialFact<boolean>;
  outside: PartialFact<string[]>;
  paths: PartialFact<PathFact[]>;
  pipes_remote_to_shell: PartialFact<boolean>;
  programs: PartialFact<string[]>;
  removals: PartialFact<string[]>;
  sensitive: PartialFact<string[]>;
  unknowns: Unknown[];
}

/** One changed file. */
export interface FileFacts {
  path: string;
  binary: boolean;
  executable: boolean;
  generated: boolean;
  link: boolean;
  mode_changed: boolean;
  submodule: boolean;
  added?: number;
  from?: string;
  removed?: number;
  status?: ChangeStatus;
  symlink_target?: string;
}

/** A class that a file bears out, or may, and why. */
export interface ClassEvidence {
  class: ChangeClass;
  path: string;
  reason: string;
}

/** A part of a manifest that changed. */
export interface DependencyFact {
  after: string;
  before: string;
  change: string;
  dependency: boolean;
  name: string;
  path: string;
}

/** What a change is. */
export interface ChangeFacts {
  claim?: {
    class: ChangeClass;
    evidence: ClassEvidence[];
    state: 'borne_out' | 'open' | 'refuted';
  };
  classes: ClassEvidence[];
  dependencies: DependencyFact[];
  doubts: { code: string; reason: string }[];
  files: FileFacts[];
  open: ClassEvidence[];
  stale: { path: string; sources: string[] }[];
}

/** Where a change leads; of `forbidden`, the number is that of the pattern. */
export interface BoundaryReport {
  added: number;
  binary: string[];
  executable: string[];
  forbidden: [string, number][];
  generated: string[];
  inside: string[];
  leading_out: string[];
  not_counted: string[];
  outside: string[];
  removed: number;
  submodules: string[];
}

/** The answer of `facts`; the change is told where the request has a diff or changed files. */
export interface FactsReport {
  action: string;
  boundary?: BoundaryReport;
  change?: ChangeFacts;
  facts: RequestFacts;
}

export type AuditVerdict =
  | 'duplicate'
  | 'edited'
  | 'fork'
  | 'gap'
  | 'malformed'
  | 'ok'
  | 'ok_unanchored'
  | 'payload_expired'
  | 'payload_mismatch'
  | 'payload_missing_early'
  | 'pruned_recorded'
  | 'pruned_unrecorded'
  | 'reordered'
  | 'revoked_key'
  | 'rolled_back'
  | 'torn_tail'
  | 'truncated'
  | 'unknown_key'
  | 'wrong_log';

/** A decision and everything that it rests on. */
export interface DecisionRecord {
  decision: DecisionKind;
  decision_id: string;
  created_at: string;
  action: string | null;
  matched_rules: MatchedRule[];
  reasons: Reason[];
  explanation: string;
  remedy: Remedy;
  obligations: Obligation[];
  unknowns: Unknown[];
  facts: Facts;
  approval_ids: string[];
  requested: Json;
  request_hash: string;
  policy_set_hash: string;
  effective_policy_hash: string;
  state_version: string | null;
  tenant_id: string | null;
  run_id: string | null;
  tool_call_id: string | null;
}

/** The answer of `decide_batch`, in the order of the requests. */
export interface DecisionBatch {
  records: DecisionRecord[];
}

/** The answer of `explain`. */
export interface Explanation {
  record: DecisionRecord;
  text: string;
}

/** Another place that bears on a finding. */
export interface Related {
  location: Location;
  message: string;
}

/** What is wrong with a document, where, and what to do about it. */
export interface Diagnostic {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  location: Location;
  help?: string;
  related?: Related[];
}

/** Everything that was found in a set of policy files; `text` is all of it for people. */
export interface CheckReport {
  ok: boolean;
  diagnostics: Diagnostic[];
  documents: number;
  policy_set_hash: string | null;
  text: string;
}

/** A document that applies to a scope. */
export interface AppliedPolicy {
  policy: string;
  location: Location;
  level: Level | null;
}

/** What the documents that apply to a scope permit together. */
export interface Effective {
  authority: { [field: string]: Json };
  policies: AppliedPolicy[];
  policy_set_hash: string;
  effective_policy_hash: string;
}

/** How one fixture case went: passed without failures, unless it was skipped. */
export interface CaseReport {
  name: string;
  location: Location;
  failures: string[];
  decision: DecisionKind | null;
  explanation: string | null;
  skip?: string;
}

/** How the fixture cases went. */
export interface TestReport {
  cases: CaseReport[];
  passed: number;
  failed: number;
  skipped: number;
}

export type LintSeverity = 'notice' | 'warning' | 'danger';

/** What was found in a text; `start` and `end` count bytes of UTF-8. */
export interface LintFinding {
  code: string;
  severity: LintSeverity;
  sentence: string;
  span: { start: number; end: number; line: number; column: number };
}

/** The findings of a text; one that is untrusted is data, whatever it says. */
export interface LintReport {
  findings: LintFinding[];
  kind: LintKind;
  untrusted: boolean;
}

/** The next entry of a chain: `line` goes into the log, `record` into the next append. */
export interface AuditEntry {
  seq: number;
  entry_hash: string;
  line: string;
  record: string;
}

/** The first event that does not verify. */
export interface FirstBad {
  index: number;
  message: string;
  run_id: string | null;
  seq: number | null;
}

/** The chain of one run. */
export interface RunReport {
  run_id: string;
  closed: boolean;
  count: number;
  head: string;
}

/** Whether a log verifies, and where it first does not. */
export interface VerifyReport {
  verdict: AuditVerdict;
  /** Up to which event checkpoints show that nothing is missing or changed. */
  anchored: number | null;
  events: number;
  payloads: { expired: number; present: number } | null;
  /** Events that were deleted before the first, as the log says. */
  pruned: number;
  runs: RunReport[];
  first_bad: FirstBad | null;
}

/** The library behind the binding. */
export interface Version {
  name: string;
  version: string;
  rego: boolean;
}
