/** Loaded into a Node process (NODE_OPTIONS=--require): as it ends, it writes the most memory that it had, in MB, to the file PEAK_MEMORY. */
const { writeFileSync } = require('node:fs');

// Those who run it as a child, and hand their environment on, are of no interest.
const { PEAK_MEMORY: file } = process.env;
delete process.env.PEAK_MEMORY;
if (file) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS / 1e3)));
