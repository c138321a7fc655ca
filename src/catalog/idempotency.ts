/** Requests that may be sent again: what tells the first one from its repetitions, and from others under the same key. */

/** A request that its sender may repeat without its being done twice. */
export interface RepeatableRequest {
  /** The caller's `sub`: everyone has keys of their own. */
  caller: string;
  /** What the caller sent as `Idempotency-Key`. */
  key: string;
  /** The same for requests that ask for the same thing. */
  fingerprint: string;
}

/** A record, and whether it was there already because the same request had come before. */
export interface Outcome<Result> {
  record: Result;
  replayed: boolean;
}
