/** Why the local stack does not start, in one sentence that says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
