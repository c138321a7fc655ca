/** Slugs for records that come without one: from the name, with a short suffix when that slug is taken. */
import { ApplicationError } from '../errors';
import { plainLetters } from './latin-letters';

const longest = 100;

/**
 * The two slugs that a record may get from its name, the second for when the first is taken. The suffix comes from the
 * id, so that writing the same record again derives the same slugs.
 */
export function derivedSlugs(name: string, id: string): [plain: string, suffixed: string] {
  const suffix = id.slice(-6).toLowerCase();
  const bare = name
    .normalize('NFKD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase();
  // A transliteration package would cover other scripts too, at ten kilobytes in every bundle that writes; those names get
  // a slug by hand or by id.
  const words = plainLetters(bare)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join('-')
    .slice(0, longest)
    .replace(/-$/, '');
  // Of a hundred thousand suffixes, some five are one that was there before.
  return words === '' ? [suffix, id.toLowerCase()] : [words, `${words}-${suffix}`];
}

/** One of the two, or `current` where the name could have given that. */
export function slugOf(name: string, id: string, choice: 'plain' | 'suffixed', current?: string): string {
  const [plain, suffixed] = derivedSlugs(name, id);
  if (current === plain || current === suffixed) return current;
  return choice === 'plain' ? plain : suffixed;
}

/** The slug that a name gives; `current` is kept where the name could have given it. */
export type DeriveSlug = (name: string, current?: string) => string;

/** Derives slugs for a record, and knows whether it was asked to. */
export function newSlugDeriver(id: string, choice: 'plain' | 'suffixed'): { derive: DeriveSlug; isUsed: boolean } {
  const deriver = {
    isUsed: false,
    derive: (name: string, current?: string): string => {
      deriver.isUsed = true;
      return slugOf(name, id, choice, current);
    },
  };
  return deriver;
}

/**
 * Runs a write whose slug may be derived, and once more with the suffixed slug if the plain one turns out to be taken.
 * `write` calls `derive` only where the caller gave no slug: one that the caller chose is never replaced.
 */
export async function withDerivedSlug<Result>(
  id: string,
  write: (derive: DeriveSlug) => Promise<Result>,
): Promise<Result> {
  const plain = newSlugDeriver(id, 'plain');
  try {
    return await write(plain.derive);
  } catch (error) {
    const taken = error instanceof ApplicationError && error.code === 'slug_taken';
    if (!plain.isUsed || !taken) throw error;
    return write(newSlugDeriver(id, 'suffixed').derive);
  }
}
