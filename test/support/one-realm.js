/**
 * Jest's environment for tests: the files of one process share its globals, the packages of node_modules (shared-packages.js), and
 * what V8 has compiled and optimised, which in a realm for each of two hundred files would be had anew. Each file still loads all
 * modules of the project for itself. What it leaves of globals, mocks, timers and environment variables is taken back at its end.
 */
const vm = require('node:vm');
const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { rememberProcess } = require('./process-state');

// Jest compiles a module for the context that an environment names, and a process's own is none that can be named.
const ownRealm = vm.createContext({});
const { compileFunction } = vm;
const compiled = new Map();
vm.compileFunction = (code, parameters, { parsingContext, ...options }) => {
  if (parsingContext !== ownRealm) return compileFunction(code, parameters, { ...options, parsingContext });
  const key = [options.filename, ...parameters].join();
  let known = compiled.get(key);
  if (known?.code !== code) compiled.set(key, (known = { code, run: compileFunction(code, parameters, options) }));
  return known.run;
};

module.exports = class {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  putBack = rememberProcess();

  constructor({ projectConfig: config }) {
    const { global, moduleMocker } = this;
    const timerConfig = { idToRef: (timer) => timer, refToId: (timer) => timer };
    this.fakeTimers = new LegacyFakeTimers({ config, global, moduleMocker, timerConfig });
    this.fakeTimersModern = new ModernFakeTimers({ config, global });
  }

  async setup() {}

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    this.putBack();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return ownRealm;
  }
};
