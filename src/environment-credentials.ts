/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (an alias in serverless.yml). Lambda puts a
 * function's credentials into the environment. The rest of the chain, which looks for them in other places, is left
 * out: it would be two fifths of a bundle and a seventh of a cold start.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
