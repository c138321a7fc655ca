/** The order in which rows about categories can be done: what is above comes first, whatever the order of the file. */
import type { Readable, ReadRow } from './importer';
import { isBelowItself } from './known-tree';
import { describePlace } from './rejection';

interface Placed {
  /** A slug; `null` is the top, and undefined where the category is. */
  parent?: string | null | undefined;
}

/** The tree before any row. */
interface Before {
  has: (slug: string) => boolean;
  parentOf: (slug: string) => string | undefined;
}

/**
 * Level by level of what the tree is to be. A level begins when the one above is done; who moves goes alone, because it can be in
 * another's way. Rows that would put categories below themselves are unreadable.
 */
export function parentsFirst<Fields extends Placed>(
  rows: readonly ReadRow<Fields>[],
  before: Before,
): ReadRow<Fields>[] {
  const readable = rows.filter((row): row is Readable<Fields> => 'entry' in row);
  const wanted = new Map(readable.map((row) => [row.entry.key, row]));
  const parentOf = (slug: string) => {
    const parent = wanted.get(slug)?.entry.fields.parent;
    return parent === undefined ? before.parentOf(slug) : (parent ?? undefined);
  };
  const circles = new Map<string, string>();
  for (const { entry } of readable) {
    const circle = circleOf(entry.key, parentOf);
    if (circle)
      circles.set(
        entry.key,
        describeCircle(
          entry,
          circle.flatMap((slug) => wanted.get(slug) ?? []),
        ),
      );
  }
  const levels = new Map<string, number>();
  function levelOf(slug: string): number {
    const unknown: string[] = [];
    let next: string | undefined = slug;
    while (next !== undefined && !levels.has(next)) {
      unknown.push(next);
      // What is in a circle stays where it is.
      levels.set(next, 1);
      next = circles.has(next) ? undefined : parentOf(next);
    }
    let level = next === undefined ? 0 : (levels.get(next) ?? 0);
    for (const below of unknown.reverse()) levels.set(below, (level += 1));
    return levels.get(slug) ?? 1;
  }
  const isMove = ({ entry: { key, fields } }: Readable<Placed>) =>
    before.has(key) && fields.parent !== undefined && (fields.parent ?? undefined) !== before.parentOf(key);
  const ordered = readable
    .filter(({ entry }) => !circles.has(entry.key))
    .map((row) => ({ row, level: levelOf(row.entry.key), moves: isMove(row) }))
    .sort((a, b) => a.level - b.level || a.row.position - b.row.position);
  return [
    ...rows.flatMap((row) => {
      if (!('entry' in row)) return [row];
      const { entry, ...from } = row;
      const reason = circles.get(entry.key);
      return reason === undefined ? [] : [{ ...from, reason }];
    }),
    ...ordered.map(({ row, level, moves }, index) => {
      const previous = ordered[index - 1];
      return { ...row, waits: moves || previous?.moves === true || previous?.level !== level };
    }),
  ];
}

/** The categories of the circle that this one is in, if it is in one. */
function circleOf(slug: string, parentOf: (slug: string) => string | undefined): string[] | undefined {
  const above = new Set<string>();
  for (let next = parentOf(slug); next !== undefined && !above.has(next); next = parentOf(next)) {
    if (next === slug) return [slug, ...above];
    above.add(next);
  }
  return undefined;
}

function describeCircle({ key, fields }: Readable<Placed>['entry'], rows: Readable[]): string {
  const sorted = rows.toSorted((a, b) => a.position - b.position).map(describePlace);
  const last = sorted.pop();
  if (sorted.length === 0) return isBelowItself(key, fields.parent ?? '');
  return `parent: ${sorted.join(', ')} and ${String(last)} put these categories below each other, in a circle`;
}
