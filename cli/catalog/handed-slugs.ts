/** Slugs that products hand on in one file: what one row gives up another may take, wherever in the file they are. */
import type { FieldChange, Outcome, ProductOutcome } from './api/outcome';
import type { EntryInFile } from './importer';

interface Options<Fields extends object> {
  send: (entries: EntryInFile<Fields>[]) => Promise<Map<number, ProductOutcome>>;
  /** Nothing is given up then: a row that will find its slug free is sent with one that nobody has. */
  dryRun: boolean;
}

export class HandedSlugs {
  private readonly free = new Set<string>();

  /** Outcomes by position. A row whose slug is not free yet may pass once another has given it up. */
  async send<Fields extends { slug?: string | null | undefined }>(
    entries: EntryInFile<Fields>[],
    { send, dryRun }: Options<Fields>,
  ): Promise<Map<number, Outcome>> {
    const standIns = new Map<number, string>();
    for (const { position, slug } of entries) if (this.isFree(slug)) standIns.set(position, standInFor(slug));
    const asked = entries.map((entry) => {
      const slug = dryRun ? standIns.get(entry.position) : undefined;
      return slug === undefined ? entry : { ...entry, fields: { ...entry.fields, slug } };
    });
    const outcomes = await send(asked);
    const told = entries.flatMap(({ position, slug }) => {
      const outcome = outcomes.get(position);
      return outcome ? [[position, this.hear(outcome, slug, standIns.get(position))] as const] : [];
    });
    return new Map(told);
  }

  /** `standIn` where the slug was known to be free. */
  private hear(outcome: ProductOutcome, slug: string | undefined, standIn: string | undefined): Outcome {
    if (outcome.action === 'rejected') {
      const { conflict, reason } = outcome;
      if (conflict === undefined || (conflict === 'product' && standIn !== undefined))
        return { action: 'rejected', reason };
      return { action: 'rejected', reason, mayPass: conflict === 'row' ? () => true : () => this.isFree(slug) };
    }
    const changes = outcome.changes.map((change) =>
      isSlug(change) && change.after === standIn ? { ...change, after: slug } : change,
    );
    for (const change of changes) if (isSlug(change) && typeof change.before === 'string') this.free.add(change.before);
    return { ...outcome, changes };
  }

  private isFree(slug: string | undefined): slug is string {
    return slug !== undefined && this.free.has(slug);
  }
}

const isSlug = ({ pointer }: FieldChange) => pointer === '/slug';

/**
 * As long as the slug itself, so that nothing depends on the length, but not so short that somebody is likely to have
 * it.
 */
const standInFor = (slug: string) =>
  crypto.randomUUID().replaceAll('-', '').repeat(7).slice(0, Math.max(slug.length, 20));
