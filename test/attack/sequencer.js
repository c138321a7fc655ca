// The order of the attacks: by name, and the search for secrets last, when there is something to search.
const { default: Sequencer } = require('@jest/test-sequencer');

const isSearch = ({ path }) => path.endsWith('/secrets.test.ts');

module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => isSearch(a) - isSearch(b) || (a.path < b.path ? -1 : 1));
  }
};
