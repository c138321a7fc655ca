// Builds the page of the console, and keeps what comes out until the sources change.
const { createHash } = require('node:crypto');
const {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { Buffer } = require('node:buffer');
const path = require('node:path');
const { brotliCompressSync, constants } = require('node:zlib');

const projectRoot = path.resolve(__dirname, '..');
const sources = path.join(projectRoot, 'console');
const cache = path.join(projectRoot, 'node_modules', '.cache', 'admin-catalog');

/** Puts the page into a folder, which has nothing else then: index.html and assets, each compressed, as in `index.html.br`. */
async function buildPage(folder) {
  const built = path.join(cache, `page-${versionOfSources()}`);
  if (!existsSync(built)) await build(built);
  rmSync(folder, { recursive: true, force: true });
  cpSync(built, folder, { recursive: true });
}

/** Packages change with the lock file that npm leaves beside them. */
function versionOfSources() {
  const hash = createHash('sha256');
  const packages = path.join(projectRoot, 'node_modules', '.package-lock.json');
  for (const file of [...filesIn(sources), __filename, packages]) {
    hash.update(path.basename(file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();

async function build(folder) {
  const { build } = await import('vite');
  const { output } = await build({
    root: sources,
    base: '/console/',
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      // Browsers that know Trusted Types, which the page is held to.
      target: ['chrome111', 'firefox114', 'safari16.4'],
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  });
  const half = `${folder}.${process.pid}`;
  for (const { fileName, ...content } of output) {
    const file = path.join(half, `${fileName}.br`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, compress(Buffer.from(content.type === 'chunk' ? content.code : content.source)));
  }
  try {
    renameSync(half, folder);
  } catch (error) {
    // Somebody else has built the same.
    if (!existsSync(folder)) throw error;
    rmSync(half, { recursive: true });
  }
}

const compress = (content) =>
  brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });

module.exports = { buildPage };
