/** What `npm run events` says where it sends nothing again. */
import { program } from '../../../cli/events';
import { startCloudFormation, type FakeCloudFormation } from '../../support/fake-cloudformation';
import { runHere } from '../../support/run-here';

let cloudFormation: FakeCloudFormation;
beforeAll(async () => {
  cloudFormation = await startCloudFormation({ 'admin-catalog-quiet': { TableName: 'admin-catalog-quiet' } });
});
afterAll(() => {
  cloudFormation.stop();
});

it.each([
  ['replay', 'Name the stage whose events are to be sent again with --stage.'],
  ['replay --stage dev --until 2026-11-26', '--until goes with --since.'],
  ['replay --stage dev --since 2026-11-26 --until 2026-11-26', '--until must be after --since.'],
  ['replay --stage dev --since 2026-11-27T08:00Z --until 2026-11-27', '--until must be after --since.'],
  ['replay --stage quiet', 'The stage quiet has no events: deploy it again, without --param events=off.'],
  [
    'replay --stage dev --region eu-west-1',
    'There is no stack admin-catalog-dev in eu-west-1: check --stage and --region, or deploy it first.',
  ],
])('npm run events -- %s: %s', async (args, sentence) => {
  const env = {
    AWS_ACCESS_KEY_ID: 'someone',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url,
  };
  expect(await runHere(program, args.split(' '), env)).toEqual({ exitCode: 1, stdout: '', stderr: `${sentence}\n` });
});
