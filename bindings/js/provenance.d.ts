/** A provenance: the record, and what its signed statements say. */

import type { Json } from './inputs.js';

export type ProblemCode =
  | 'base64_invalid'
  | 'bundle_empty'
  | 'commit_mismatch'
  | 'digest_algorithm_unknown'
  | 'digest_invalid'
  | 'digest_missing'
  | 'digest_mixed'
  | 'document_mismatch'
  | 'keyid_missing'
  | 'keyid_other'
  | 'keyid_repeated'
  | 'member_missing'
  | 'member_repeated'
  | 'member_type'
  | 'member_unknown'
  | 'not_canonical'
  | 'not_json'
  | 'not_signed'
  | 'number_unsafe'
  | 'patch_mismatch'
  | 'payload_type_unknown'
  | 'predicate_type_unknown'
  | 'resource_empty'
  | 'signature_false'
  | 'signature_form'
  | 'statement_type_unknown'
  | 'statements_disagree'
  | 'subject_kind_missing'
  | 'subject_missing'
  | 'subject_repeated'
  | 'timestamp_invalid'
  | 'timestamp_order'
  | 'too_large'
  | 'too_many'
  | 'uri_invalid';

export type VersionedPart =
  | 'agent_runtime'
  | 'prompt_contract'
  | 'system_prompt'
  | 'tool_schema'
  | 'verifier_profile'
  | 'policy'
  | 'sandbox_image'
  | 'model_router'
  | 'repository_base'
  | 'context_manifest'
  | 'judge_rubric'
  | 'redaction_policy';

/** One thing that is wrong; line 0 where it is about no line of the bundle. */
export interface ProvenanceProblem {
  code: ProblemCode;
  line: number;
  message: string;
  path: string;
}

/** Exactly one of them. */
export type ProvenanceShowInput = { bundle: string } | { provenance: string };

export interface ProvenanceSignInput {
  /** Secret keys: base64 of 32 random bytes, or `PRIVATE+KEY+<name>+…`. */
  keys: string[];
  /** `agent_provenance`, YAML. */
  provenance: string;
}

export interface ProvenanceVerifyInput {
  /** The envelopes, one a line. */
  bundle: string;
  /** Trusted public keys: base64 of 32 bytes, or `<name>+<hash>+<base64>`. */
  keys: string[];
  commit?: string;
  document_digest?: string;
  patch_digest?: string;
  /** Ask for what `provenanceSign` writes and nothing else. */
  strict?: boolean;
  /** How many of the keys must have signed each statement; 1 where it is left out. */
  threshold?: number;
}

/** A statement of a bundle, and the trusted keys that signed it. */
export interface SignedStatement {
  build_type: string | null;
  builder_id: string | null;
  finished_on: string | null;
  invocation_id: string | null;
  line: number;
  signers: string[];
  started_on: string | null;
  subjects: string[];
}

/** What became of a bundle; it is verified where nothing is wrong. */
export interface ProvenanceReport {
  problems: ProvenanceProblem[];
  statements: SignedStatement[];
  verified: boolean;
}

/** The signed statements about a change, one envelope a line. */
export interface SignedProvenance {
  bundle: string;
  document_digest: string;
  key_ids: string[];
  public_keys: string[];
}

/** A statement as it stands, not verified. */
export interface ShownStatement {
  problems: ProvenanceProblem[];
  statement: string;
}

/** What a record or a bundle says. */
export interface ShownProvenance {
  missing_versions: VersionedPart[];
  provenance: { [name: string]: Json } | null;
  statements: ShownStatement[];
  text: string;
}
