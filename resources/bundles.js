// Bundles all functions at once: serverless-esbuild has each bundled by itself, and the SDK read and minified for every one.
const { readdirSync } = require('node:fs');
const path = require('node:path');
const { build } = require('esbuild');

const folder = path.resolve(__dirname, '..', 'functions');

/** The bundle of each function under its name. */
async function bundleAll(options) {
  const entryPoints = readdirSync(folder).map((file) => path.join(folder, file));
  const { outputFiles } = await build({ ...options, plugins: [], entryPoints, write: false });
  return new Map(outputFiles.map(({ path: file, text }) => [path.parse(file).name, text]));
}

let bundles;

/** A plugin of esbuild, which gives it the bundle of a function where it asks for the source; there is nothing left to bundle. */
const madeBundles = {
  name: 'made-bundles',
  setup({ initialOptions, onLoad }) {
    bundles ??= bundleAll({ ...initialOptions });
    for (const option of ['bundle', 'mainFields', 'alias', 'external']) delete initialOptions[option];
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const contents = (await bundles).get(path.parse(file).name);
      return { contents, loader: 'js' };
    });
  },
};

module.exports = [madeBundles];
