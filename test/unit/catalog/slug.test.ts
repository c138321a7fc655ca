import fc from 'fast-check';
import { ulid } from 'ulid';
import * as z from 'zod/mini';
import { derivedSlugs, withDerivedSlug, type DeriveSlug } from '../../../src/catalog/slug';
import { slug } from '../../../src/catalog/text';
import { notFound, skuTaken, slugTaken } from '../../../src/errors';
import { anyCharacter } from '../../support/any-character';
import { rounds } from '../../support/depth';

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const suffix = '9g5fav';

describe('derivedSlugs', () => {
  it.each([
    ['Red Shoe', 'red-shoe'],
    ['  Red   --  Shoe!  ', 'red-shoe'],
    ['Größe', 'grosse'],
    ['GRÖẞE', 'grosse'],
    ['Äpfel & Öl', 'apfel-ol'],
    ['A\u0308pfel', 'apfel'],
    ['Smørrebrød', 'smorrebrod'],
    ['Ǿre', 'ore'],
    ['Łódź', 'lodz'],
    ['Þór Æsir Œuvre Đorđe', 'thor-aesir-oeuvre-dorde'],
    ['Ħal Għaxaq', 'hal-ghaxaq'],
    ['Eŋŋá Ŧuvlo ĸra', 'enna-tuvlo-kra'],
    ['Əliyev Ǝ ƏLİ', 'eliyev-e-eli'],
    ['Ɓaƙo Ɗan Ƴaya Ɔkpɔ Ɛwe', 'bako-dan-yaya-okpo-ewe'],
    ['İstanbul', 'istanbul'],
    ['Diyarbakır', 'diyarbakir'],
    ["L'été", 'lete'],
    ['Women’s shoes', 'womens-shoes'],
    ['Caffè ﬁno', 'caffe-fino'],
    ['ＡＢＣ １２３', 'abc-123'],
    ['Chanel №5', 'chanel-no5'],
    ['4K TV 55"', '4k-tv-55'],
    ['靴 Red', 'red'],
    ['👟 shoe', 'shoe'],
  ])('makes of "%s" the slug %s, and one with a suffix', (name, derived) => {
    expect(derivedSlugs(name, id)).toEqual([derived, `${derived}-${suffix}`]);
  });

  it.each(['靴', 'Обувь', '👟', '!!!', '’'])('takes of the id for "%s", which has no Latin letters', (name) => {
    expect(derivedSlugs(name, id)).toEqual([suffix, '01arz3ndektsv4rrffq69g5fav']);
  });

  it('keeps every Latin letter of the languages of Europe', () => {
    for (let code = 0xc0; code <= 0x17f; code += 1) {
      const letter = String.fromCodePoint(code);
      if (/\p{Script=Latin}/u.test(letter)) expect(derivedSlugs(letter, id)[0]).toMatch(/^[a-z]{1,2}$/);
    }
  });

  it.each([
    ['a long word', 'a'.repeat(200), 'a'.repeat(100)],
    ['many words', 'ab '.repeat(66), 'ab-'.repeat(33) + 'a'],
    ['a word that ends at the cut', `${'a'.repeat(99)} b`, 'a'.repeat(99)],
    ['letters that become two', 'ß'.repeat(200), 's'.repeat(100)],
  ])('cuts %s', (_, name, derived) => {
    expect(derivedSlugs(name, id)).toEqual([derived, `${derived}-${suffix}`]);
  });

  it('makes valid slugs, the same ones every time, of any name', () => {
    const name = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 250 }),
      fc.string({ unit: 'grapheme', maxLength: 250 }),
    );
    fc.assert(
      fc.property(name, fc.nat(), (anyName, time) => {
        const anyId = ulid(time);
        const slugs = derivedSlugs(anyName, anyId);
        expect(slugs.map((one) => z.safeParse(slug, one).success)).toEqual([true, true]);
        expect(derivedSlugs(anyName, anyId)).toEqual(slugs);
      }),
      { numRuns: rounds(1_000) },
    );
  });

  it('gives records of one name different suffixes', () => {
    const suffixed = Array.from({ length: 50 }, () => derivedSlugs('Shoe', ulid())[1]);
    expect(new Set(suffixed).size).toBe(50);
  });
});

describe('withDerivedSlug', () => {
  const taken = (value: string) => slugTaken('product', value);

  /** A write of the given slug, or of a derived one, to a catalogue where some slugs are taken. */
  const writer = (takenSlugs: string[], slugOf: (derive: DeriveSlug) => string) =>
    jest.fn((derive: DeriveSlug) => {
      const value = slugOf(derive);
      return takenSlugs.includes(value) ? Promise.reject(taken(value)) : Promise.resolve(value);
    });

  it('writes the plain slug where it is free', async () => {
    const write = writer([], (derive) => derive('Shoe'));
    await expect(withDerivedSlug(id, write)).resolves.toBe('shoe');
    expect(write).toHaveBeenCalledTimes(1);
  });

  it('writes the suffixed slug where the plain one is taken', async () => {
    const write = writer(['shoe'], (derive) => derive('Shoe'));
    await expect(withDerivedSlug(id, write)).resolves.toBe(`shoe-${suffix}`);
    expect(write).toHaveBeenCalledTimes(2);
  });

  it('gives up where both are taken', async () => {
    const write = writer(['shoe', `shoe-${suffix}`], (derive) => derive('Shoe'));
    await expect(withDerivedSlug(id, write)).rejects.toEqual(taken(`shoe-${suffix}`));
    expect(write).toHaveBeenCalledTimes(2);
  });

  it('never replaces a slug that the caller chose', async () => {
    const write = writer(['shoe'], () => 'shoe');
    await expect(withDerivedSlug(id, write)).rejects.toEqual(taken('shoe'));
    expect(write).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Error]>([
    ['a taken SKU', skuTaken('A-1')],
    ['a missing product', notFound('product')],
    ['any other error', new Error('broken')],
  ])('does not try again after %s', async (_, error) => {
    const write = jest.fn((derive: DeriveSlug) => Promise.reject(Object.assign(error, { tried: derive('Shoe') })));
    await expect(withDerivedSlug(id, write)).rejects.toBe(error);
    expect(write).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['keeps the plain slug of the name', 'Shoe', 'shoe', 'shoe'],
    ['keeps the suffixed slug of the name', 'Shoe', `shoe-${suffix}`, `shoe-${suffix}`],
    ['replaces the slug of another name', 'Shoe', 'boot', 'shoe'],
    ['replaces a suffix that is not its own', 'Shoe', 'shoe-123456', 'shoe'],
  ])('%s', async (_, name, current, expected) => {
    await expect(withDerivedSlug(id, (derive) => Promise.resolve(derive(name, current)))).resolves.toBe(expected);
  });
});
