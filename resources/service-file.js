// serverless.yml as it is written, read once: for what the framework does not tell these files, or not yet.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { parse } = require('yaml');

module.exports = parse(readFileSync(path.join(__dirname, '..', 'serverless.yml'), 'utf8'));
