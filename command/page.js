// Builds the page of the console, and keeps what comes out until the sources change.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { brotliCompressSync, constants } = require('node:zlib');

const projectRoot = path.resolve(__dirname, '..');
const sources = path.join(projectRoot, 'console');
// All else of ours that the page may be made of.
const shared = [
  'tsconfig.json',
  'src/access/policy.ts',
  'src/errors.ts',
  'src/normalization.ts',
  'deployment/failure.ts',
  'deployment/routes.ts',
  'cli/catalog',
  ...['catalog', 'changes', 'http', 'images'].map((name) => `src/${name}`),
].map((name) => path.join(projectRoot, name));
const cache = path.join(projectRoot, 'node_modules', '.cache', 'admin-catalog');

/** Puts the page into a folder, which has nothing else then: index.html and assets, each compressed, as in `index.html.br`. */
async function buildPage(folder) {
  const built = path.join(cache, `page-${versionOfSources()}`);
  if (!fs.existsSync(built)) await build(built);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(built, folder, { recursive: true });
}

/** Packages change with the lock file that npm leaves beside them. */
function versionOfSources() {
  const hash = createHash('sha256');
  const packages = path.join(projectRoot, 'node_modules', '.package-lock.json');
  for (const file of [sources, ...shared, __filename, packages].flatMap(filesIn)) {
    const name = path.relative(projectRoot, file).replaceAll(path.sep, '/');
    hash.update(name).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** A file, or those in a folder. */
const filesIn = (place) =>
  fs.statSync(place).isFile()
    ? [place]
    : fs
        .readdirSync(place, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort();

/** The files of the page as a browser reads them, each with its name before it, made of the present sources. */
async function makePage() {
  const { build } = await import('vite');
  // Whoever starts this may be a test, and the page would be one for development then, twice as large.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  const { output } = await build({
    root: sources,
    base: '/console/',
    configFile: false,
    logLevel: 'error',
    plugins: [besideFirstScript],
    // Files are read in a browser by what reads them at the command line.
    resolve: {
      alias: {
        'csv-parse/sync': 'csv-parse/browser/esm/sync',
        'csv-stringify/sync': 'csv-stringify/browser/esm/sync',
      },
    },
    build: {
      write: false,
      // Browsers that know Trusted Types, which the page is held to.
      target: ['chrome111', 'firefox114', 'safari16.4'],
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  });
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  const unknown = output
    .flatMap(({ moduleIds = [] }) => moduleIds)
    .filter((id) => id.startsWith(`${projectRoot}${path.sep}`) && !id.includes('node_modules'))
    .filter((id) => ![sources, ...shared].some((place) => id.startsWith(place)));
  if (unknown.length > 0)
    throw new Error(`command/page.js does not look at ${unknown.join(', ')}: an old page could be deployed.`);
  requireStyles(output);
  return output.map(({ fileName, code, source }) => [fileName, code ?? source]);
}

async function build(folder) {
  const half = `${folder}.${process.pid}`;
  for (const [name, content] of await makePage()) {
    const file = path.join(half, `${name}.br`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, compress(content));
    // Lambda reads them as another user, whoever has built them.
    fs.chmodSync(file, 0o644);
  }
  try {
    fs.renameSync(half, folder);
  } catch (error) {
    // Somebody else has built the same.
    if (!fs.existsSync(folder)) throw error;
    fs.rmSync(half, { recursive: true });
  }
}

/** A component of Mantine's names its classes in a module of its own, and has the rules for them in a file of its own. */
function requireStyles(output) {
  const styles = fs.readFileSync(path.join(sources, 'mantine.css'), 'utf8');
  const used = output
    .flatMap(({ modules = {} }) => Object.entries(modules).filter(([, { renderedLength }]) => renderedLength > 0))
    .flatMap(([id]) => /@mantine\/core\/.*\/(\w+)\.module\.mjs$/.exec(id)?.[1] ?? []);
  if (used.length === 0) throw new Error('command/page.js does not find any more where Mantine names its classes.');
  const unstyled = used.filter((name) => !styles.includes(`'@mantine/core/styles/${name}.css'`));
  if (unstyled.length > 0) throw new Error(`console/mantine.css lacks the styles of ${unstyled.join(', ')}.`);
}

/** What the first script starts is fetched beside it, and not after it; what that starts in its turn waits until somebody wants it. */
const besideFirstScript = {
  name: 'beside-first-script',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) =>
      Object.values(bundle)
        .filter(({ isEntry }) => isEntry)
        .flatMap(({ dynamicImports }) => dynamicImports)
        .flatMap((fileName) => [fileName, ...bundle[fileName].imports])
        .filter((fileName) => !bundle[fileName].isEntry)
        .map((fileName) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/console/${fileName}` },
          injectTo: 'head',
        })),
  },
};

const compress = (content) =>
  brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });

module.exports = { buildPage, makePage, versionOfSources };
