// How the functions' code gets into a package: bundled, or not at all for whoever wants the template alone (`--param code=none`).
// The local stack bundles by itself, in a fraction of the time.

// The framework reads this file before it makes a client of the SDK, which has seven lines to say on coming versions of Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** The framework needs its plugins before it knows parameters. */
module.exports = ({ options: { stage, param } }) => {
  // Without any parameter, the framework has null for them. Any file will do for the code.
  if (param?.includes('code=none')) return { plugins: [], package: { artifact: 'package.json' } };
  const plugin = stage === 'local' ? 'serverless-offline' : 'serverless-esbuild';
  return { plugins: [plugin], package: { individually: true } };
};
