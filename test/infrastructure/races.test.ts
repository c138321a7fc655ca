/** What `npm test` leaves to `npm run test:aws-limits`, which has the same tests at their full depth, is what that runs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';

const { projects } = z
  .object({ projects: z.array(z.object({ displayName: z.string(), testMatch: z.array(z.string()) })) })
  .parse(jest.requireActual('../../jest.config.js'));
const { scripts } = z
  .object({ scripts: z.object({ test: z.string() }) })
  .parse(JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')));

it('npm test leaves out the files of integration that test:aws-limits runs, and no others', () => {
  const folders = ['unit', 'integration', 'infrastructure', 'aws-limits'];
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(projectRoot, 'test', folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => `<rootDir>/test/${folder}/${file}`),
  );
  const ignored = new RegExp(/--testPathIgnorePatterns '([^']+)'/.exec(scripts.test)?.[1] ?? '$.');
  const globs = projects.find(({ displayName }) => displayName === 'aws-limits')?.testMatch ?? [];
  // A star is all that the globs have.
  const runs = globs.map((glob) => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`));
  const isInLimits = (file: string) => runs.some((name) => name.test(file));
  const leftOut = files.filter((file) => ignored.test(file));
  expect(leftOut).toEqual(files.filter((file) => isInLimits(file) && file.startsWith('<rootDir>/test/integration/')));
  expect(leftOut.length).toBeGreaterThan(0);
});
