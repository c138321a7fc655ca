// The functions of the stack, and what the framework calls them in the template.
const { readdirSync } = require('node:fs');
const path = require('node:path');
const { custom } = require('./service-file');

/**
 * The functions that this deployment has: the Lambda authorizer only if it is chosen, the one that publishes events
 * unless they are off, and those of pictures unless there are none.
 */
function deployedFunctions({ authorizer, events, images }) {
  const left = [
    ...(authorizer === 'lambda' ? [] : ['authorize']),
    ...(events === 'on' ? [] : ['publish-events']),
    ...(images === 'on' ? [] : Object.keys(custom.imageFunctions)),
  ];
  return readdirSync(path.join(__dirname, '..', 'functions'))
    .map((file) => path.parse(file).name)
    .filter((name) => !left.includes(name));
}

// create-product becomes CreateDashproduct.
const logicalIdOf = (functionName) => (functionName[0].toUpperCase() + functionName.slice(1)).replaceAll('-', 'Dash');

/** Lets a service of AWS take a role. */
const trust = (Service) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});

module.exports = { deployedFunctions, logicalIdOf, trust };
