/** What S3 answers in XML: its errors, as its API names them ("Error responses", S3 API reference), and its results. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

export class S3Error extends Error {
  override readonly name = 'S3Error';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Elements beside code and message. */
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }
}

export const accessDenied = (message = 'Access Denied') => new S3Error(403, 'AccessDenied', message);
export const invalidArgument = (message: string) => new S3Error(400, 'InvalidArgument', message);
export const noSuchKey = (key: string) =>
  new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });
export const signatureDoesNotMatch = () =>
  new S3Error(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );

/** Refuses what S3 could do and this cannot, instead of doing part of it. */
export const notImplemented = (what: string) =>
  new S3Error(501, 'NotImplemented', `The S3 of the local stack does not know ${what}.`);

type Content = string | number | readonly Element[];
type Element = readonly [name: string, content: Content];

export const sendXml = (response: ServerResponse, root: string, elements: readonly Element[]) =>
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(xml(root, elements, 'http://s3.amazonaws.com/doc/2006-03-01/'));

/** A document with this root; elements that are lists have elements in them. */
function xml(root: string, elements: readonly Element[], namespace = ''): string {
  const render = (content: Content): string =>
    typeof content === 'object'
      ? content.map(([name, inner]) => `<${name}>${render(inner)}</${name}>`).join('')
      : escaped(String(content));
  const attribute = namespace && ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${render(elements)}</${root}>`;
}

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that no XML may have are left out. */
const escaped = (text: string) =>
  text
    // eslint-disable-next-line no-control-regex -- These are the characters.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (character) => references[character] ?? '');

export const errorDocument = ({ code, message, details }: S3Error): string =>
  xml('Error', [['Code', code], ['Message', message], ...Object.entries(details), ['RequestId', randomUUID()]]);
