/** Tokens whose parts are missing, changed, or not spelt as RFC 7515 has them. */
import { signText } from '../tokens';
import { mutants, partsOf, type Mutant } from './mutant';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The same bytes in base64url, spelt with the unused bits of the last character set. */
const withUnusedBits = (part: string) => part.slice(0, -1) + (alphabet[alphabet.indexOf(part.slice(-1)) ^ 1] ?? '');

/** Another text of the same length. */
const withAnother = (part: string, index: number) =>
  part.slice(0, index) + (part[index] === 'X' ? 'Y' : 'X') + part.slice(index + 1);

const decode = (part: string) => Buffer.from(part, 'base64url').toString();
const respell = (part: string, change: (json: string) => string) =>
  Buffer.from(change(decode(part))).toString('base64url');

/** A payload that ends within a character of base64url, as JSON may with a space after it. */
const withSpareBits = (payload: string) =>
  payload.length % 4 === 0 ? respell(payload, (json) => `${json} `) : payload;

export function structureMutants(token: string): Mutant[] {
  const [header, payload, signature] = partsOf(token);
  const json = { payload, signatures: [{ protected: header, header: { unknown: 'untrustworthy' }, signature }] };
  return mutants([
    [
      'another first character of the signature',
      'rejectsModifiedSignature',
      `${header}.${payload}.${withAnother(signature, 0)}`,
    ],
    [
      'another character amid the signature',
      'rejectsModifiedSignature',
      `${header}.${payload}.${withAnother(signature, 170)}`,
    ],
    ['no signature', 'rejectsMissingSignature', `${header}.${payload}.`],
    ['no signature and no dot', 'rejectsMissingSignatureAndSeparator', `${header}.${payload}`],
    [
      'another character of the payload',
      'rejectsModifiedPayload',
      `${header}.${withAnother(payload, 40)}.${signature}`,
    ],
    ['an empty payload', 'rejectsMissingPayload', `${header}..${signature}`],
    ['no payload', 'rejectsMissingPayloadAndSeparator', `${header}.${signature}`],
    [
      'another key id',
      'rejectsModifiedHeader',
      `${respell(header, (text) => text.replace(/("kid":")(.)/, (_, start: string, first) => start + (first === 'X' ? 'Y' : 'X')))}.${payload}.${signature}`,
    ],
    [
      'white space in the header, after signing',
      'rejectsModifiedHeader',
      `${respell(header, (text) => `${text} `)}.${payload}.${signature}`,
    ],
    ['an empty header', 'rejectsMissingHeader', `.${payload}.${signature}`],
    ['no header', 'rejectsMissingHeaderAndSeparator', `${payload}.${signature}`],
    ['no header and no signature', 'rejectsMissingHeaderAndSignature', `.${payload}.`],
    ['a payload alone', 'rejectsMissingHeaderSignatureAndSeparator', payload],
    ['a header alone', 'rejectsMissingHeaderSignatureAndSeparators', header],
    ['nothing', 'rejectsEmptyString', ''],
    ['a fourth part that is empty', 'rejectsExtraEmptyComponent', `${token}.`],
    ['a fourth part', 'rejectsExtraComponent', `${token}.foo`],
    ['five parts, as of encryption', undefined, `${header}.${payload}.${signature}.${payload}.${signature}`],
    ['JSON serialization', 'rejectsValidJsonSerialization', JSON.stringify(json)],
    [
      'flattened JSON serialization',
      'rejectsValidJsonSerialization',
      JSON.stringify({ protected: header, payload, signature }),
    ],
    ['dots alone', undefined, '..'],
  ]);
}

/** What base64url does not allow or leaves open. Whatever can be, is well signed: then the spelling alone is wrong. */
export function spellingMutants(token: string): Mutant[] {
  const [header, payload, signature] = partsOf(token);
  const content = `${header}.${payload}`;
  const spare = withSpareBits(payload);
  const signedOtherwise = (text: string) => `${text}.${partsOf(token)[2]}`;
  return mutants([
    ['spaces before the signature', 'rejectsSpacesInMac', `${content}.    ${signature}`],
    ['spaces after the signature', 'rejectsSpacesInMac', `${content}.${signature} .`],
    ['a ? before the signature', 'rejectsInvalidCharacterInsertedInMac', `${content}.?${signature}`],
    ['a ? after the signature', 'rejectsInvalidCharacterInsertedInMac', `${content}.${signature}?`],
    [
      'a ? for the first character of the signature',
      'rejects0ReplacedbyInvalidCharacter',
      `${content}.?${signature.slice(1)}`,
    ],
    ['??? at the start of the signature', 'rejectsInvalidCharacters', `${content}.????${signature.slice(4)}`],
    ['spaces in the header', 'spacesInHeader', signText(`    ${content}`)],
    ['spaces amid the header', 'spacesInHeader', signText(`${header.slice(0, 8)}  ${header.slice(8)}.${payload}`)],
    ['#### in the header', 'invalidCharactersInHeader', signText(`####${content}`)],
    ['padding of the header', 'invalidBase64Padding', signText(`${header}=.${payload}`)],
    ['padding of the header after signing', 'invalidBase64Padding', signedOtherwise(`${header}=.${payload}`)],
    ['spaces in the payload', 'spacesInPayload', signText(`${header}.    ${payload}`)],
    ['#### in the payload', 'invalidCharactersInPayload', signText(`${header}.####${payload}`)],
    ['padding of the payload', 'invalidBase64PaddingInPayload', signText(`${content}=`)],
    ['two signs of padding of the payload', 'invalidBase64PaddingInPayload', signText(`${content}==`)],
    ['padding of the payload after signing', 'invalidBase64PaddingInPayload', signedOtherwise(`${content}=`)],
    ['a ? in the payload', 'InvalidCharacterInPayload', signText(`${header}.?${payload}`)],
    [
      'unused bits of the payload set',
      'MacOfIncorrectlyEncodedMessage',
      signText(`${header}.${withUnusedBits(spare)}`),
    ],
    [
      'unused bits of the payload set after signing',
      'ModifiedUnusedBitsInPayload',
      `${header}.${withUnusedBits(spare)}.${partsOf(signText(`${header}.${spare}`))[2]}`,
    ],
    ['unused bits of the signature set', undefined, `${content}.${withUnusedBits(signature)}`],
    ['a padded signature', undefined, `${content}.${signature}=`],
    ['a signature padded to a multiple of four', undefined, `${content}.${signature}==`],
    ['the alphabet of plain base64', undefined, `${content}.${signature.replaceAll('-', '+').replaceAll('_', '/')}`],
    ['a percent-encoded dot', undefined, token.replace('.', '%2E')],
    ['quotes', undefined, `"${token}"`],
    ['a comma after it', undefined, `${token},`],
    ['another token after a comma', undefined, `${token},${token}`],
  ]);
}
