/** What a test file may change of the process that it shares with others: globals, environment variables, what promises carry. */
const asyncHooks = require('node:async_hooks');

const globals = () =>
  new Map(Reflect.ownKeys(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]));

/**
 * From now on, what is made of AsyncLocalStorage is remembered. Answers a function that ends it. Node copies the value of each that
 * was once used to every promise: when those of a hundred files had come together, that was a fifth of what their tests took.
 */
const rememberStorages = () => {
  const original = Object.getOwnPropertyDescriptor(asyncHooks, 'AsyncLocalStorage');
  const made = [];
  const value = class extends asyncHooks.AsyncLocalStorage {
    constructor(...options) {
      super(...options);
      made.push(this);
    }
  };
  Object.defineProperty(asyncHooks, 'AsyncLocalStorage', { value, configurable: true, enumerable: true });
  return () => {
    Object.defineProperty(asyncHooks, 'AsyncLocalStorage', original);
    for (const storage of made) storage.disable();
  };
};

/** Answers a function that makes them again what they are now. */
const rememberProcess = () => {
  const before = globals();
  const variables = { ...process.env };
  const endStorages = rememberStorages();
  return () => {
    endStorages();
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
    // Some of Jest's own can be neither deleted nor defined again, and stay.
    for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) Reflect.deleteProperty(globalThis, key);
    for (const [key, descriptor] of before) Reflect.defineProperty(globalThis, key, descriptor);
  };
};

module.exports = { rememberProcess };
