/** A part of the page that is loaded when somebody wants it, and may not arrive: offline, or where a newer page has been deployed. */
import { Problem } from '../api/problem';

/** Throws `Problem`. */
export const arrived = <Part>(part: Promise<Part>): Promise<Part> =>
  part.catch(() => {
    throw new Problem(
      0,
      'unreachable',
      'A part of the page has not arrived: check your connection, or load the page anew',
    );
  });
