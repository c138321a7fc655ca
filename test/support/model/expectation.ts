/** What an answer is expected to be, and what it does to the catalogue. */
import type { Answer } from '../events';
import type { Catalogue, CatalogueRequest } from './catalogue';

export interface Expectation {
  status: number;
  /** Members of the body that must be exactly so: all of a record, or code and facts of a problem. */
  body?: object | undefined;
  /** What becomes of the body before it is compared. */
  read?: (body: Answer['body']) => unknown;
  headers?: Record<string, string | undefined>;
  /** What it does to the catalogue. */
  change?: () => void;
}

/**
 * The answer that a catalogue in this state owes to a request. What only the server can know, an id and the time, is taken from
 * the answer; `alone` says that no other request was under way.
 */
export type Rule = (catalogue: Catalogue, request: CatalogueRequest, answer: Answer, alone: boolean) => Expectation;
