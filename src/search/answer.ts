/** The search function's part: answers a question from the index of its process. */
import { ApplicationError } from '../errors';
import { log } from '../log';
import { LiveIndex } from './live-index';
import type { Question, Reply } from './question';

/** What the search function sends back; of a table that cannot keep up, that is all it says. */
export type Sent = Reply | { busy: true };

const live = new LiveIndex();

/** A question comes from our own functions alone, which have checked who asks and what. */
export async function answer(question: Question): Promise<Sent> {
  const started = performance.now();
  try {
    const askedAt = new Date().toISOString();
    const index = await live.current();
    const hits = index.search(question);
    const milliseconds = Math.round(performance.now() - started);
    log.info('search', { products: index.size, hits: hits.hits.length, milliseconds });
    return { ...hits, indexedAt: askedAt };
  } catch (error) {
    if (!(error instanceof ApplicationError)) throw error;
    log.info('search', { code: error.code });
    return { busy: true };
  }
}
