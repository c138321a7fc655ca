/** The Latin letters that Unicode does not take apart into a base letter and a mark, as plain ones. */

const letters: ReadonlyMap<string, string> = new Map(
  (
    'ß:ss æ:ae œ:oe þ:th ƕ:hv ƣ:gh ȣ:ou ȸ:db ȹ:qp đ:d ð:d ɖ:d ɗ:d ƌ:d ȡ:d ø:o ɔ:o ɵ:o ł:l ƚ:l ɫ:l ɬ:l ȴ:l ı:i ɨ:i ɩ:i ɪ:i ' +
    'ħ:h ɦ:h ⱨ:h ŋ:n ƞ:n ɲ:n ȵ:n ŧ:t ƭ:t ʈ:t ƫ:t ȶ:t ⱦ:t ĸ:k ƙ:k ə:e ǝ:e ɛ:e ɇ:e ƀ:b ɓ:b ƃ:b ƈ:c ȼ:c ƒ:f ǥ:g ɠ:g ɣ:g ȷ:j ɉ:j ' +
    'ɯ:m ɱ:m ƥ:p ɋ:q ɍ:r ʀ:r ɾ:r ʃ:s ȿ:s ʂ:s ʉ:u ʊ:u ʋ:v ʌ:v ƿ:w ⱳ:w ƴ:y ɏ:y ȝ:y ƶ:z ȥ:z ɀ:z ʒ:z ʐ:z ⱥ:a ɐ:a ɑ:a'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
);
const special = new RegExp(`[${[...letters.keys()].join('')}]`, 'g');

/** Lower-case text with those letters replaced; the others stay. */
export const plainLetters = (text: string): string => text.replace(special, (letter) => letters.get(letter) ?? '');
