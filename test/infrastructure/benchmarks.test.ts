/** docs/benchmarks.md is what the benchmark writes: nothing in it is of an unknown time or of no section. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sections } from '../../bench/sections';
import { projectRoot } from '../../deployment/service';

const page = readFileSync(path.join(projectRoot, 'docs', 'benchmarks.md'), 'utf8');
const [, ...parts] = page.split(/^## /m);
const written = new Map(parts.map((part) => [part.split('\n')[0] ?? '', part.replaceAll('\n', ' ')]));

it('docs/benchmarks.md has the sections of `npm run bench` and no others, in its order', () => {
  expect([...written.keys()]).toEqual(sections.map(({ title }) => title));
});

it.each(sections)('docs/benchmarks.md says how $name was measured, when, on what and under which load', (section) => {
  const { name, title } = section;
  const how = `${title} +Measured by \`npm run bench -- ${name}\` on 20\\d\\d-\\d\\d-\\d\\d[^.]*: [^.]+, \\d+ cores, Node [\\d.]+; the load .+ as it began\\.`;
  expect(written.get(title)).toMatch(new RegExp(`^${how}`));
});
