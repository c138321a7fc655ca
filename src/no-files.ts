/**
 * Stands in for `node:fs/promises` in the bundles (an alias in serverless.yml). There the SDK alone asks for it, to look for
 * configuration files in a home that has none: it goes on with the environment, as it does where it finds none.
 */
export const readFile = (file: string): Promise<never> =>
  Promise.reject(new Error(`${file} is not read: functions have no configuration files`));
