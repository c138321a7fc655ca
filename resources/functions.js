// The functions of the stack, and what the framework calls them in the template.
const { readdirSync } = require('node:fs');
const path = require('node:path');

/** Of all there are, the Lambda authorizer is deployed only where it is the one chosen. */
const deployedFunctions = (authorizer) =>
  readdirSync(path.join(__dirname, '..', 'functions'))
    .map((file) => path.parse(file).name)
    .filter((name) => name !== 'authorize' || authorizer === 'lambda');

// create-product becomes CreateDashproduct.
const logicalIdOf = (functionName) => (functionName[0].toUpperCase() + functionName.slice(1)).replaceAll('-', 'Dash');

module.exports = { deployedFunctions, logicalIdOf };
