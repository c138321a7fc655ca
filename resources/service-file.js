// serverless.yml as it is written, read once: for what the framework does not tell these files, or not yet.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { load } = require('js-yaml');

module.exports = load(readFileSync(path.join(__dirname, '..', 'serverless.yml'), 'utf8'));
