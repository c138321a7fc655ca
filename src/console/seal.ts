/** Seals what a cookie carries: whoever holds it can neither read nor change it. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** Each purpose has a key of its own, so that what is sealed for one opens for no other. */
export function sealFor(secret: string, purpose: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  return {
    /** A text for a cookie. Tokens are deflated first: a cookie has 4,096 bytes. */
    close(content: object): string {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, key, nonce);
      const parts = [nonce, cipher.update(deflateRawSync(JSON.stringify(content))), cipher.final()];
      return Buffer.concat([...parts, cipher.getAuthTag()]).toString('base64url');
    },

    /** What was sealed; undefined for a text that was not sealed with this secret, for this purpose. */
    open(text: string): unknown {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length < nonceLength + tagLength) return undefined;
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength), { authTagLength: tagLength });
        decipher.setAuthTag(bytes.subarray(-tagLength));
        const opened = [decipher.update(bytes.subarray(nonceLength, -tagLength)), decipher.final()];
        return JSON.parse(inflateRawSync(Buffer.concat(opened)).toString());
      } catch {
        return undefined;
      }
    },
  };
}
