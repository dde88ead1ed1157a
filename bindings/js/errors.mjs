/** An answer that could not be given, with the place in the input where there is one. */
export class PolicyError extends Error {
  constructor({ code, message, ...place }) {
    const { help = null, path = null, line = null, column = null, diagnostics = [] } = place;
    super(message);
    this.name = 'PolicyError';
    this.code = code;
    this.help = help;
    this.path = path;
    this.line = line;
    this.column = column;
    this.diagnostics = diagnostics;
  }
}

/** Returns what the native side threw as a `PolicyError`; anything else comes back as it is. */
export function translate(thrown) {
  const text = typeof thrown === 'string' ? thrown : thrown?.message;
  try {
    const fields = JSON.parse(text);
    if (typeof fields?.code === 'string' && typeof fields.message === 'string') {
      return new PolicyError(fields);
    }
  } catch {
    // Not one of ours.
  }
  return thrown;
}

/** Returns the error for a native side that failed in a way it could not report itself. */
export function internalError(cause) {
  const error = new PolicyError({
    code: 'internal_error',
    message: 'the native library failed',
    help: 'report this with the input that caused it',
  });
  error.cause = cause;
  return error;
}
