/** docs/clients.md shows what `npm run test:clients` runs: the same commands, the same lines of the scripts, the same versions. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { clients } from '../clients/clients';

const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');
const page = read('docs/clients.md');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, text = '']) => text.trim());

/** The lines between the comments `docs`, moved to the margin. */
function shownLines(file: string): string {
  const regions = read(file)
    .split(/^[ \t]*(?:#|\/\/) docs\n/m)
    .filter((_, index) => index % 2 === 1)
    .map((region) => {
      const lines = region.replaceAll('\t', '  ').trimEnd().split('\n');
      const margin = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
      return lines.map((line) => line.slice(margin)).join('\n');
    });
  expect(regions).toHaveLength(3);
  return regions.join('\n\n');
}

it.each([
  ['ts', 'typescript/openapi-fetch.ts'],
  ['ts', 'typescript/hey-api.ts'],
  ['python', 'python/script.py'],
  ['go', 'go/main.go'],
  ['java', 'java/src/Script.java'],
])('shows as %s the lines of %s', (language, file) => {
  expect(blocks(language)).toContain(shownLines(`test/clients/${file}`));
});

it('shows the commands that make the clients', () => {
  const commands = clients.flatMap(({ build }) => build.map((command) => command.replace(/^venv\/bin\//, '')));
  expect(blocks('bash')).toHaveLength(5);
  expect(commands).toEqual(expect.arrayContaining(blocks('bash')));
});

it.each([
  [/"openapi-typescript": "([^"]+)"/, 'typescript/package.json'],
  [/"openapi-fetch": "([^"]+)"/, 'typescript/package.json'],
  [/"@hey-api\/openapi-ts": "([^"]+)"/, 'typescript/package.json'],
  [/^openapi-python-client==(.+)$/m, 'python/requirements.txt'],
  [/oapi-codegen\/v2 v(\S+)/, 'go/go.mod'],
  [/openapi-generator-cli<\/artifactId>\s*<version>([^<]+)/, 'java/pom.xml'],
])('names the version that %s finds in %s, which is exact', (pattern, file) => {
  const version = pattern.exec(read(`test/clients/${file}`))?.[1];
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(page).toMatch(new RegExp(`^\\|.*\\b${version?.replaceAll('.', '\\.')}\\b.*\\|$`, 'm'));
});
