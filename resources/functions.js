// The functions of the stack, and what the framework calls them in the template.
const { readdirSync } = require('node:fs');
const path = require('node:path');

/** Of all there are: the Lambda authorizer only where it is the one chosen, and what sends events unless nobody is to hear of any. */
const deployedFunctions = ({ authorizer, events }) =>
  readdirSync(path.join(__dirname, '..', 'functions'))
    .map((file) => path.parse(file).name)
    .filter((name) => name !== 'authorize' || authorizer === 'lambda')
    .filter((name) => name !== 'publish-events' || events === 'on');

// create-product becomes CreateDashproduct.
const logicalIdOf = (functionName) => (functionName[0].toUpperCase() + functionName.slice(1)).replaceAll('-', 'Dash');

/** Lets a service of AWS take a role. */
const trust = (Service) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});

module.exports = { deployedFunctions, logicalIdOf, trust };
