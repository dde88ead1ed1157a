// The log of a tenant: checkpoints, proofs and signed notes.

/** Either `index` or `previous` is given. */
export interface AuditProveInput {
  log: string;
  checkpoint: string;
  index?: number;
  previous?: string;
}

/** `signing_keys` are secret: `PRIVATE+KEY+…` texts. */
export interface AuditCheckpointInput {
  log: string;
  signing_keys: string[];
  origin?: string | null;
  previous?: string | null;
  trusted_keys?: string[];
}

/** Either `proof` and one of `entry_hash` and `record`, or `previous`, `checkpoint` and `hashes`. */
export interface AuditCheckProofInput {
  keys: string[];
  checkpoint?: string;
  entry_hash?: string;
  hashes?: string[];
  origin?: string | null;
  previous?: string;
  proof?: string;
  record?: string;
  witnesses?: number;
}

export interface NoteVerifyInput {
  keys: string[];
  note: string;
}

/** A signed checkpoint of a log. */
export interface SignedLog {
  checkpoint: string;
  origin: string;
  root: string;
  size: number;
}

/** A `.tlog-proof` of an event, or the hashes that lead from an older checkpoint to a newer one. */
export interface LogProof {
  entry_hash: string | null;
  hashes: string[];
  proof: string | null;
}

/** A key that has signed; `time` is a witness's, in seconds since 1970. */
export interface SignedBy {
  id: string;
  name: string;
  time: number | null;
  witness: boolean;
}

/** What a believed checkpoint says. */
export interface CheckpointShown {
  origin: string;
  root: string;
  signed_by: SignedBy[];
  size: number;
}

/** Whether a proof holds, and why not. */
export interface ProofReport {
  checkpoint: CheckpointShown | null;
  code: string | null;
  index: number | null;
  message: string | null;
  valid: boolean;
}

/** Whether a trusted key has signed a note, and why it is not believed. */
export interface NoteReport {
  checkpoint: CheckpointShown | null;
  code: string | null;
  message: string | null;
  signed_by: SignedBy[];
  text: string | null;
  valid: boolean;
}
