// Jest's transformer: takes the types off, each file by itself, as esbuild does it for the deployed functions.
const { transformSync } = require('esbuild');

module.exports = {
  process(source, sourcefile, { transformerConfig }) {
    const loader = sourcefile.endsWith('.ts') ? 'ts' : 'js';
    return transformSync(source, { ...transformerConfig, loader, sourcefile, sourcemap: 'external' });
  },
};
