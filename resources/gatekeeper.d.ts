/** For the local stack, which reads the configuration of the Lambda authorizer. */
export const gatekeepers: {
  lambda(settings: { clients: { own: string; console: string }; cacheSeconds: number }): unknown;
};
