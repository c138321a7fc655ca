/** Slugs for records that come without one: from the name, with a short suffix when that slug is taken. */
import { ApplicationError } from '../errors';

const longest = 100;

// The Latin letters that Unicode does not take apart into a base letter and a mark. A transliteration package would
// cover other scripts too, at ten kilobytes in every bundle that writes; those names get a slug by hand or by id.
const letters: ReadonlyMap<string, string> = new Map(
  (
    'ß:ss æ:ae œ:oe þ:th ƕ:hv ƣ:gh ȣ:ou ȸ:db ȹ:qp đ:d ð:d ɖ:d ɗ:d ƌ:d ȡ:d ø:o ɔ:o ɵ:o ł:l ƚ:l ɫ:l ɬ:l ȴ:l ı:i ɨ:i ɩ:i ɪ:i ' +
    'ħ:h ɦ:h ⱨ:h ŋ:n ƞ:n ɲ:n ȵ:n ŧ:t ƭ:t ʈ:t ƫ:t ȶ:t ⱦ:t ĸ:k ƙ:k ə:e ǝ:e ɛ:e ɇ:e ƀ:b ɓ:b ƃ:b ƈ:c ȼ:c ƒ:f ǥ:g ɠ:g ɣ:g ȷ:j ɉ:j ' +
    'ɯ:m ɱ:m ƥ:p ɋ:q ɍ:r ʀ:r ɾ:r ʃ:s ȿ:s ʂ:s ʉ:u ʊ:u ʋ:v ʌ:v ƿ:w ⱳ:w ƴ:y ɏ:y ȝ:y ƶ:z ȥ:z ɀ:z ʒ:z ʐ:z ⱥ:a ɐ:a ɑ:a'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
);
const another = new RegExp(`[${[...letters.keys()].join('')}]`, 'g');

/**
 * The two slugs that a record may get from its name, the second for when the first is taken. The suffix comes from the
 * id, so that writing the same record again derives the same slugs.
 */
export function derivedSlugs(name: string, id: string): [plain: string, suffixed: string] {
  const suffix = id.slice(-6).toLowerCase();
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .replace(another, (letter) => letters.get(letter) ?? '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join('-')
    .slice(0, longest)
    .replace(/-$/, '');
  return words === '' ? [suffix, suffix] : [words, `${words}-${suffix}`];
}

/** One of the two, or `current` where the name could have given that. */
export function slugOf(name: string, id: string, choice: 'plain' | 'suffixed', current?: string): string {
  const [plain, suffixed] = derivedSlugs(name, id);
  if (current === plain || current === suffixed) return current;
  return choice === 'plain' ? plain : suffixed;
}

/** The slug that a name gives; `current` is kept where the name could have given it. */
export type DeriveSlug = (name: string, current?: string) => string;

/**
 * Runs a write whose slug may be derived, and once more with the suffixed slug if the plain one turns out to be taken.
 * `write` calls `derive` only where the caller gave no slug: one that the caller chose is never replaced.
 */
export async function withDerivedSlug<Result>(
  id: string,
  write: (derive: DeriveSlug) => Promise<Result>,
): Promise<Result> {
  const use = { derived: false };
  const pick = (choice: 'plain' | 'suffixed'): DeriveSlug => {
    return (name, current) => {
      use.derived = true;
      return slugOf(name, id, choice, current);
    };
  };
  try {
    return await write(pick('plain'));
  } catch (error) {
    const taken = error instanceof ApplicationError && error.code === 'slug_taken';
    if (!use.derived || !taken) throw error;
    return write(pick('suffixed'));
  }
}
