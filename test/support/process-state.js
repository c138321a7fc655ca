/** What a test file may change of the process that it shares with others: globals and environment variables. */

const globals = () =>
  new Map(Reflect.ownKeys(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]));

/** Answers a function that makes them again what they are now. */
const rememberProcess = () => {
  const before = globals();
  const variables = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
    // Some of Jest's own can be neither deleted nor defined again, and stay.
    for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) Reflect.deleteProperty(globalThis, key);
    for (const [key, descriptor] of before) Reflect.defineProperty(globalThis, key, descriptor);
  };
};

module.exports = { rememberProcess };
