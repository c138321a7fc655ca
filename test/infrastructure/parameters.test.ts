/** A deploy with a parameter that cannot be meant ends before anything is made, with a sentence that names it. */
import * as z from 'zod/mini';
import { parameters } from '../support/packages';
import { packageService } from '../support/packaging';

interface Variables {
  resolveVariable: (address: string) => Promise<string>;
}
const files = ['gatekeeper', 'operations'].map((name) =>
  jest.requireActual<(variables: Variables) => Promise<unknown>>(`../../resources/${name}`),
);

const presets: Record<string, string> = {
  authorizer: 'jwt',
  reads: 'members',
  authorizerCacheSeconds: '0',
  corsOrigins: '',
  requestsPerSecond: '100',
  burst: '200',
  reservedConcurrency: '0',
};

/** What the files make of the presets and one other value. */
async function resolveWith(name: string, value: string): Promise<unknown> {
  const values = { ...presets, [name]: value };
  const resolveVariable = (address: string) => Promise.resolve(values[address.replace('param:', '')] ?? '');
  return Promise.all(files.map((file) => file({ resolveVariable })));
}

it.each([
  ['authorizer', 'foo', 'one of jwt, lambda, iam'],
  ['authorizer', 'JWT', 'one of jwt, lambda, iam'],
  ['reads', 'all', 'one of members, public'],
  ['authorizerCacheSeconds', '-1', 'a whole number'],
  ['authorizerCacheSeconds', '1.5', 'a whole number'],
  ['authorizerCacheSeconds', 'x', 'a whole number'],
  ['authorizerCacheSeconds', '', 'a whole number'],
  ['authorizerCacheSeconds', '3601', 'at most 3600'],
  ['requestsPerSecond', 'many', 'a whole number'],
  ['burst', '0x10', 'a whole number'],
  ['reservedConcurrency', '1e3', 'a whole number'],
])('refuses %s=%s: it must be %s', async (name, value, wanted) => {
  await expect(resolveWith(name, value)).rejects.toThrow(`The parameter ${name} must be ${wanted}, not "${value}".`);
});

it.each(['0', '3600'])('takes authorizerCacheSeconds=%s', async (value) => {
  await expect(resolveWith('authorizerCacheSeconds', value)).resolves.toHaveLength(files.length);
});

it('makes sls package fail, with the sentence at the end of what it prints', async () => {
  const printed = await packageService(parameters({ authorizer: 'foo' })).catch(
    (error: unknown) => z.object({ stdout: z.string() }).parse(error).stdout,
  );
  expect(printed.trimEnd().split('\n').at(-1)).toContain(
    'Error: The parameter authorizer must be one of jwt, lambda, iam, not "foo".',
  );
});
