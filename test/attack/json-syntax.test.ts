/** The files of nst/JSONTestSuite as bodies of POST and PATCH: what is no JSON is refused as such, and nothing breaks. */
import * as z from 'zod/mini';
import { attackedStack } from '../support/attacked-stack';
import { inFlight } from '../support/in-flight';
import { jsonFiles, type JsonFile } from '../support/json-test-files';
import { send } from '../support/stack';
import { accessClaims, sign } from '../support/tokens';

const { apiUrl } = attackedStack();
const token = sign(accessClaims(attackedStack(), ['admin']));
const limit = 64 * 1024;

const category = { name: 'Attacked by JSON', slug: 'attacked-by-json', description: 'As it was' };
let address: string;
beforeAll(async () => {
  const created = await send(apiUrl, 'POST', '/categories', { token, body: category });
  address = `/categories/${created.body.id}`;
});

const writes = [
  { method: 'POST', path: () => '/categories', type: 'application/json' },
  { method: 'PATCH', path: () => address, type: 'application/json' },
  { method: 'PATCH', path: () => address, type: 'application/merge-patch+json' },
];

const problem = z.object({ code: z.optional(z.string()) });

/** Sends the files as they are, and answers what came of each: `400 invalid_json`. */
async function outcomes(
  { method, path, type }: (typeof writes)[number],
  files: JsonFile[],
): Promise<Record<string, string>> {
  const rows = await inFlight(files, 8, async ({ name, bytes }): Promise<[string, string]> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const response = await fetch(`${apiUrl}${path()}`, { method, headers, body: new Uint8Array(bytes) });
    const { code } = problem.parse(await response.json());
    return [name, code === undefined ? String(response.status) : `${response.status} ${code}`];
  });
  return Object.fromEntries(rows);
}

const all = (files: JsonFile[], outcome: unknown) => Object.fromEntries(files.map(({ name }) => [name, outcome]));

/** A patch may be empty. */
const nothingToChange = ({ method }: (typeof writes)[number], file: string) =>
  method === 'PATCH' ? { [file]: '200' } : {};

describe.each(writes)('$method with $type', (write) => {
  const tooLarge = ['n_structure_100000_opening_arrays.json', 'n_structure_open_array_object.json'];

  it('returns 400 invalid_json for the 188 files that are no JSON', async () => {
    // Two are over the limit for bodies; cut to fit, they are the same unfinished arrays.
    const files = jsonFiles('n').map(({ name, bytes }) => ({ name, bytes: bytes.subarray(0, limit) }));
    expect(files).toHaveLength(188);
    expect(await outcomes(write, files)).toEqual(all(files, '400 invalid_json'));
  });

  it('returns 413 for the two files that are over the limit for bodies', async () => {
    const files = jsonFiles('n').filter(({ bytes }) => bytes.length > limit);
    expect(files.map(({ name }) => name)).toEqual(tooLarge);
    expect(await outcomes(write, files)).toEqual(all(files, '413 body_too_large'));
  });

  it('reads the 95 files that are JSON, and returns 400 invalid_request for all that is no category', async () => {
    const files = jsonFiles('y');
    expect(files).toHaveLength(95);
    const empty = nothingToChange(write, 'y_object_empty.json');
    expect(await outcomes(write, files)).toEqual({ ...all(files, '400 invalid_request'), ...empty });
  });

  it('returns 400 for the 35 files that a parser may take or not', async () => {
    const files = jsonFiles('i');
    expect(files).toHaveLength(35);
    const refusal: unknown = expect.stringMatching(/^400 invalid_(?:json|request)$/);
    const empty = nothingToChange(write, 'i_structure_UTF-8_BOM_empty_object.json');
    expect(await outcomes(write, files)).toEqual({ ...all(files, refusal), ...empty });
  });
});

it('no file has changed the category', async () => {
  expect((await send(apiUrl, 'GET', address, { token })).body).toMatchObject(category);
});
