/** No file comes to import itself by way of others, types included: knip sees the circles of what is left of them in JavaScript alone. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { preProcessFile } from 'typescript';
import { projectRoot } from '../../deployment/service';

const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.js', '*.mjs'],
  {
    cwd: projectRoot,
    encoding: 'utf8',
  },
)
  .trim()
  .split('\n');

/** The file that a specifier stands for in this project, if it does. */
function target(importer: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const file = path.posix.join(path.posix.dirname(importer), specifier);
  return ['', '.ts', '.js', '.mjs']
    .map((extension) => file + extension)
    .find((candidate) => sources.includes(candidate));
}

function importsOf(file: string): string[] {
  const { importedFiles } = preProcessFile(readFileSync(path.join(projectRoot, file), 'utf8'), true, true);
  return importedFiles.flatMap(({ fileName }) => target(file, fileName) ?? []);
}

/** One way round, from a file back to itself; undefined where there is none. */
function findCircle(graph: ReadonlyMap<string, string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...way, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

it('no file imports itself by way of others', () => {
  const graph = new Map(sources.map((file) => [file, importsOf(file)]));
  expect(graph.get('functions/create-product.ts')).toContain('src/http/endpoint.ts');
  expect(findCircle(graph)).toBeUndefined();
});

it('a circle is found, of two files and of one', () => {
  expect(
    findCircle(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['b']],
      ]),
    ),
  ).toEqual(['b', 'c', 'b']);
  expect(findCircle(new Map([['a', ['a']]]))).toEqual(['a', 'a']);
});
