/** How the code gets into a package. The rehearsal of a deploy goes the whole way; this holds what the framework may give. */

interface Options {
  stage?: string;
  param?: string[] | null;
}
const packagingOf = jest.requireActual<(given: { options: Options }) => object>('../../resources/packaging');

it.each<[string, Options]>([
  ['no parameter', { stage: 'prod', param: null }],
  ['no option at all', {}],
  ['other parameters', { stage: 'dev', param: ['reads=public'] }],
])('bundles each function with %s', (_, options) => {
  expect(packagingOf({ options })).toEqual({ plugins: ['serverless-esbuild'], package: { individually: true } });
});

it('bundles nothing with code=none', () => {
  expect(packagingOf({ options: { stage: 'dev', param: ['code=none'] } })).toEqual({
    plugins: [],
    package: { artifact: 'package.json' },
  });
});
