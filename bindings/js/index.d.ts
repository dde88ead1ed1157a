/** Types that `@bailiwick/node` and `@bailiwick/wasm` share. Field names are those on the wire. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Policy files: path below the policy root → text. */
export type PolicyFiles = { readonly [path: string]: string };

export type Effect = 'allow' | 'ask_approval' | 'deny';
export type DecisionKind = 'allowed' | 'ask_approval' | 'denied';
export type Sink =
  | 'model_context'
  | 'log_viewer'
  | 'trace_viewer'
  | 'shared_artifact'
  | 'judge_packet'
  | 'pull_request_body'
  | 'support_export';

export type AutonomyLevel =
  | 'analysis_only'
  | 'dry_run_patch'
  | 'local_branch'
  | 'draft_pr'
  | 'supervised_pr'
  | 'autonomous_pr'
  | 'fleet_campaign';
export type ChangeClass =
  | 'ci_workflow_change'
  | 'config_non_destructive'
  | 'dependency_major_upgrade'
  | 'dependency_patch_minor'
  | 'documentation_change'
  | 'generated_change'
  | 'instruction_change'
  | 'production_config_change'
  | 'source_change'
  | 'test_change';
export type ChangeStatus = 'added' | 'copied' | 'deleted' | 'modified' | 'renamed';
export type DataClass =
  'public' | 'internal' | 'confidential' | 'generated_sensitive' | 'regulated' | 'secret';
export type KillSwitchFlag =
  | 'block_all_agent_runs'
  | 'cancel_running_runs'
  | 'disable_autonomous_runs'
  | 'disable_git_push'
  | 'disable_model_calls'
  | 'disable_new_runs'
  | 'disable_pr_creation'
  | 'disable_shell'
  | 'disable_shell_network'
  | 'pause_waves';
export type KillSwitchScope = 'capability' | 'campaign' | 'global' | 'repository' | 'tenant';
export type Level =
  | 'platform'
  | 'organization'
  | 'team'
  | 'repository'
  | 'campaign'
  | 'task'
  | 'runtime'
  | 'tool_call';
export type RiskTier = 'low' | 'medium' | 'high' | 'regulated' | 'critical';
export type Role =
  | 'Viewer'
  | 'Operator'
  | 'Approver'
  | 'CampaignOwner'
  | 'PolicyAdmin'
  | 'PlatformAdmin'
  | 'Auditor';
export type VerifierResult = 'passed' | 'failed' | 'flaky';

export interface Subject {
  id: string;
  kind?: string;
  roles?: Role[];
  team?: string;
  tenant?: string;
}

export interface ChangedFile {
  path: string;
  added?: number;
  from?: string;
  generated?: boolean;
  removed?: number;
  status?: ChangeStatus;
  symlink_target?: string;
}

export interface ModelUse {
  data_class?: DataClass;
  model?: string;
  provider?: string;
  region?: string;
  tokens?: number;
  use_for?: string;
}

export interface PullRequest {
  base?: string;
  draft?: boolean;
  head?: string;
  number?: number;
  title?: string;
}

/** What an agent wants to do. Sparse: what does not belong to the action stays out. */
export interface PolicyRequest {
  tool?: string;
  action?: string;
  subject?: Subject;
  tenant?: string;
  organization?: string;
  team?: string;
  repo?: string;
  branch?: string;
  campaign_id?: string;
  task_id?: string;
  run_id?: string;
  tool_call_id?: string;
  workspace?: string;
  task_class?: string;
  change_class?: ChangeClass;
  autonomy_level?: AutonomyLevel;
  risk_tier?: RiskTier;
  data_class?: DataClass;
  changed_files?: (string | ChangedFile)[];
  path?: string;
  paths?: string[];
  links?: { [name: string]: string };
  argv?: string[];
  shell?: string;
  cwd?: string;
  env?: { [name: string]: string };
  git_hardened?: boolean;
  url?: string;
  host?: string;
  network_profile?: string;
  model?: ModelUse;
  target_count?: number;
  pr?: PullRequest;
  verifiers?: { [name: string]: VerifierResult };
  judge?: string;
  labels?: string[];
  /** Anything else that a policy may ask about. */
  attributes?: { [name: string]: Json };
}

/** One person's approval of one exact request under one exact effective policy. */
export interface Approval {
  approval_id: string;
  approver: Subject;
  effective_policy_hash: string;
  expires_at: string;
  granted_at: string;
  request_hash: string;
}

/** One kill switch that is on. */
export interface KillSwitch {
  flag: KillSwitchFlag;
  scope: KillSwitchScope;
  name?: string;
}

/** Live facts outside the request, as of an instant (RFC 3339 text). */
export interface State {
  as_of: string;
  now: string;
  version: string;
  approvals?: Approval[];
  kill_switches?: KillSwitch[];
  usage?: { [key: string]: number };
  usage_complete?: boolean;
}

export type ObligationKind =
  'draft_only' | 'label' | 'limit' | 'network_profile' | 'redact' | 'reviewer' | 'verifier';

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
  hosts: string[];
  network: boolean;
  paths: string[];
  pipes_remote_to_shell: boolean;
  programs: string[];
}

/** A decision and everything that it rests on. */
export interface DecisionRecord {
  decision: DecisionKind;
  action: string | null;
  matched_rules: MatchedRule[];
  reasons: Reason[];
  explanation: string;
  remedy: Remedy;
  obligations: Obligation[];
  unknowns: Unknown[];
  facts: Facts;
  approval_ids: string[];
  policy_set_hash: string;
  effective_policy_hash: string;
  request_hash: string;
  state_version?: string | null;
  decision_id?: string;
  run_id?: string;
  tool_call_id?: string;
  requested?: PolicyRequest;
  created_at?: string;
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

/** Everything that was found in a set of policy files. */
export interface CheckReport {
  diagnostics: Diagnostic[];
}

/** The answer of an operation whose fields the JSON Schema of `schema()` describes. */
export interface Answer {
  [field: string]: Json | object | undefined;
}

export interface CheckInput {
  strict?: boolean;
}
export interface DecideInput {
  request: PolicyRequest;
  state?: State | null;
  [field: string]: Json | object | undefined;
}
export interface DecideBatchInput {
  requests: PolicyRequest[];
  state?: State | null;
  [field: string]: Json | object | undefined;
}
/** The scope whose effective authority is wanted. */
export interface EffectiveInput {
  [field: string]: Json | object | undefined;
}
export interface TestInput {
  [field: string]: Json | object | undefined;
}
export interface RedactInput {
  text: string;
  sink?: Sink;
  [field: string]: Json | object | undefined;
}
export interface AuditInput {
  [field: string]: Json | object | undefined;
}

type WithPolicies<T> = T & { policies: PolicyFiles };

export declare function check(input: WithPolicies<CheckInput>): CheckReport;
export declare function effective(input: WithPolicies<EffectiveInput>): Answer;
export declare function decide(input: WithPolicies<DecideInput>): DecisionRecord;
export declare function decideBatch(input: WithPolicies<DecideBatchInput>): Answer;
export declare function explain(input: WithPolicies<DecideInput>): Answer;
export declare function test(input: WithPolicies<TestInput>): Answer;
export declare function redact(input: RedactInput): Answer;
export declare function auditAppend(input: AuditInput): Answer;
export declare function auditVerify(input: AuditInput): Answer;
export declare function schema(input?: { [field: string]: Json }): Answer;
export declare function version(): { version: string; [field: string]: Json };

/** A compiled policy set: load once, decide often. */
export declare class Policies {
  private constructor();
  static load(input: WithPolicies<{ strict?: boolean }>): Policies;
  check(input?: CheckInput): CheckReport;
  effective(input?: EffectiveInput): Answer;
  decide(input: DecideInput): DecisionRecord;
  decideBatch(input: DecideBatchInput): Answer;
  explain(input: DecideInput): Answer;
  test(input?: TestInput): Answer;
}

/** An answer that could not be given, with the place in the input where there is one. */
export declare class PolicyError extends Error {
  readonly code: string;
  readonly help: string | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
}
