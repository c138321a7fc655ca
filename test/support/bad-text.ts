/** Text that the catalogue takes in no field, whatever its length. */
export const badText: [description: string, text: string][] = [
  ['a NUL', 'a\0b'],
  ['an escape character', 'a\u001b[31m'],
  ['a C1 control character', 'a\u0085b'],
  ['a lone high surrogate', 'a\ud83d'],
  ['a lone low surrogate', '\udc5fa'],
  ['surrogates in the wrong order', '\udc5f\ud83d'],
  ['a right-to-left override', 'a\u202egnp.exe'],
  ['a bidirectional embedding', 'a\u202ab'],
  ['a bidirectional isolate', 'a\u2066b'],
  ['the replacement character', 'a\ufffdb'],
];

/** A JSON object nested this deep, as the gateway would let it through. */
export const deepObject = '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000);
export const deepArray = '['.repeat(10_000) + ']'.repeat(10_000);
