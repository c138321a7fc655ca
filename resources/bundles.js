// Bundles all functions at once: serverless-esbuild has each bundled by itself, and the SDK read and minified for every one.
const { mkdtempSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { build } = require('esbuild');

const folder = path.resolve(__dirname, '..', 'functions');

// serverless-esbuild leaves a folder for each function in the system's temporary one: all of them go with this process.
const temporary = mkdtempSync(path.join(tmpdir(), 'admin-catalog-'));
process.env.TMPDIR = temporary;
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));

/** The bundle of each function under its name. */
async function bundleAll(options) {
  const entryPoints = readdirSync(folder).map((file) => path.join(folder, file));
  const settings = { ...options, plugins: [], entryPoints, write: false, logLevel: 'silent' };
  const { outputFiles } = await build(settings).catch(endWith);
  return new Map(outputFiles.map(({ path: file, text }) => [path.parse(file).name, text]));
}

/** Here and now: serverless-esbuild would have esbuild tell of it once for each function, and then never come to an end. */
function endWith({ message, errors = [{ text: message }] }) {
  const faults = errors.map(({ location, text }) =>
    location ? `${location.file}:${location.line}:${location.column}: ${text}` : text,
  );
  console.error(`The functions cannot be bundled: ${faults.join('; ')}`);
  process.exit(1);
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
