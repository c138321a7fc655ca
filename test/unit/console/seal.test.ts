import fc from 'fast-check';
import { sealFor } from '../../../src/console/seal';

const seal = sealFor('secret', 'session');
const content = { refreshToken: 'a refresh token', ключ: ['ü', 1, null] };

it('opens what it has closed, and closes the same differently each time', () => {
  const texts = [seal.close(content), seal.close(content)];
  expect(texts.map((text) => seal.open(text))).toEqual([content, content]);
  expect(new Set(texts).size).toBe(2);
});

it('shows nothing of the content', () => {
  const text = seal.close(content);
  expect(text).toMatch(/^[\w-]+$/);
  expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('refresh');
});

it.each([
  ['another secret', sealFor('another', 'session')],
  ['another purpose', sealFor('secret', 'login')],
])('does not open what was closed with %s', (_, other) => {
  expect(seal.open(other.close(content))).toBeUndefined();
});

it('does not open a text that differs in one bit', () => {
  const bytes = Buffer.from(seal.close(content), 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(seal.open(changed.toString('base64url'))).toBeUndefined();
  }
});

it('does not open a part of a text, or any other', () => {
  const text = seal.close(content);
  for (let length = 0; length < text.length - 4; length += 1) expect(seal.open(text.slice(0, length))).toBeUndefined();
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (any) => seal.open(any) === undefined));
});

it('makes a session with tokens as long as those of Cognito fit into a cookie', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const random = (length: number) => Array.from({ length }, () => letters[Math.floor(Math.random() * 64)]).join('');
  const session = { email: `${'a'.repeat(64)}@example.com`, refreshToken: random(1_800), token: random(1_100) };
  expect(seal.close(session).length).toBeLessThan(4_000);
});
