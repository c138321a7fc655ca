// Ends the process in one sentence where Node is older than package.json says: every command comes here first. It has to run on
// those versions, and so uses nothing newer than ES2015.
const engines = require('../package.json').engines;

const [major, minor] = /(\d+)\.(\d+)/.exec(engines.node).slice(1).map(Number);
const [thisMajor, thisMinor] = process.versions.node.split('.').map(Number);

if (thisMajor < major || (thisMajor === major && thisMinor < minor)) {
  console.error(
    `This needs Node ${major}.${minor} or newer, and Node ${process.versions.node} is what runs it: "nvm install" in this ` +
      'folder brings one that fits, and so does https://nodejs.org.',
  );
  process.exit(1);
}
