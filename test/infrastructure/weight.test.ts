/** docs/weight.md knows every dependency: `npm run weight` writes it anew, and asks why a heavy one stays. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { dependencies, devDependencies, optionalDependencies } from '../../package.json';

it('docs/weight.md has the dependencies of package.json', () => {
  const text = readFileSync(path.join(projectRoot, 'docs', 'weight.md'), 'utf8');
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const known = (name: string) => text.includes(`\`${name}\``) || text.includes(`\`${path.posix.dirname(name)}/*\``);
  expect(names.filter((name) => !known(name))).toEqual([]);
  expect(text).toContain(`: ${names.length} dependencies,`);
});
