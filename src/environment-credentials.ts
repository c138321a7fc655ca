/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (an alias in serverless.yml). Lambda puts a
 * function's credentials into the environment, so the chain that looks everywhere else is left out: it would be two
 * fifths of a bundle and a seventh of a cold start.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
