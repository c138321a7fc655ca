/** What a package has of the console, whatever the machine that makes it. */
import { execFileSync } from 'node:child_process';
import { projectRoot } from '../../../deployment/service';

/** The function as a deploy from Windows makes it: `node:path` is there what it is on Windows. */
const script = `
  const Module = require('node:module');
  const { win32 } = require('node:path');
  const load = Module._load;
  Module._load = (name, ...others) => (name === 'node:path' ? win32 : load(name, ...others));
  const variables = { 'self:custom.parameters': { code: 'none' }, 'sls:stage': 'dev' };
  require('./resources/console.js')({ resolveVariable: async (name) => variables[name] })
    .then(({ functions }) => console.log(JSON.stringify(functions.console)));
`;

it('finds its page on Lambda, which is Linux, where Windows has made the package', () => {
  const made = execFileSync(process.execPath, ['-e', script], { cwd: projectRoot, encoding: 'utf8' });
  expect(JSON.parse(made)).toMatchObject({
    package: { patterns: ['.console/page/**'] },
    environment: { CONSOLE_PAGE: '.console/page' },
  });
});
