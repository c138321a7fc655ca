/** Sends bodies with one wrong member to POST, PUT and PATCH, and expects a 400 that points at it and changes nothing. */
import { send } from './catalog';
import { expectInvalid } from './problems';
import { leavesNoTrace } from './table-contents';

/** A wrong member, as a value or as the JSON text of an object where no value has that text; and what it is pointed at by. */
export type BadMember = [description: string, pointer: string, member: object | string];

interface Target {
  /** The route of POST; PUT and PATCH go to the same path with an id. */
  collection: string;
  parameter: string;
  id: () => string;
  /** A body that POST and PUT accept. */
  valid: () => object;
}

const textOf = (member: object | string) => (typeof member === 'string' ? member : JSON.stringify(member));

export function describeBadMembers(target: Target, everywhere: BadMember[], exceptInPatch: BadMember[]): void {
  const item = `${target.collection}/{${target.parameter}}`;

  describe.each([`POST ${target.collection}`, `PUT ${item}`, `PATCH ${item}`])('%s', (routeKey) => {
    leavesNoTrace();
    const patch = routeKey.startsWith('PATCH');

    it.each(patch ? everywhere : [...everywhere, ...exceptInPatch])(
      'returns 400 for %s',
      async (_, pointer, member) => {
        // The last of two members with one name counts.
        const body = patch
          ? textOf(member)
          : `${JSON.stringify(target.valid()).slice(0, -1)},${textOf(member).slice(1)}`;
        const headers: Record<string, string> = routeKey.startsWith('PUT') ? { 'if-match': '"1"' } : {};
        expectInvalid(await send(routeKey, { id: target.id(), body, headers }), 'body', pointer);
      },
    );
  });
}

const serverSet = ['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'productCount'];
const dangerous = ['constructor', 'prototype', 'toString'];
const stored = ['pk', 'sk', 'gsi1pk', 'ownerId'];

/** Members that no body may have at its top level. */
export const unknownMembers: BadMember[] = [
  ...[...serverSet, ...dangerous, ...stored, 'colour', 'Name', ''].map((name): BadMember => [
    `the field ${JSON.stringify(name)}`,
    `/${name}`,
    { [name]: 1 },
  ]),
  ['a field whose name needs escaping', '/a~1b~0c', { 'a/b~c': 1 }],
  ['__proto__', '/__proto__', '{"__proto__":{"name":"Polluted","isAdmin":true}}'],
  ['__proto__ as text', '/__proto__', '{"__proto__":"x"}'],
];
