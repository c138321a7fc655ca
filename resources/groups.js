// The groups of the user pool, as the policy has them.
const tsx = require('tsx/cjs/api');
const refusal = require('./refusal');

const access = tsx.require('../src/access/policy.ts', __filename);
const { policyFaults } = tsx.require('../src/access/policy-faults.ts', __filename);

/** The framework's own naming, which no two groups share: movies-group becomes MoviesDashgroupGroup. */
const logicalIdOf = (name) => `${(name[0].toUpperCase() + name.slice(1)).replaceAll('-', 'Dash')}Group`;

/** Each group with its logical id and the routes that let it in. Refuses a policy that cannot be enforced. */
function readGroups() {
  const faults = policyFaults(access);
  if (faults.length > 0) throw refusal(`src/access/policy.ts: ${faults.join('; ')}.`);
  return Object.entries(access.groups).map(([name, settings]) => ({
    ...settings,
    name,
    logicalId: logicalIdOf(name),
    routes: Object.keys(access.policy).filter((routeKey) => access.allowedGroups[routeKey].includes(name)),
  }));
}

// On a stage that keeps its data the pool outlives the stack, and so do its groups with their members.
const keepData = '${param:keepData}';

module.exports = () => ({
  Resources: Object.fromEntries(
    readGroups().map(({ logicalId, name, description, precedence }) => [
      logicalId,
      {
        Type: 'AWS::Cognito::UserPoolGroup',
        DeletionPolicy: keepData,
        UpdateReplacePolicy: keepData,
        Properties: {
          UserPoolId: { Ref: 'CognitoUserPoolCatalog' },
          GroupName: name,
          Description: description,
          Precedence: precedence,
        },
      },
    ]),
  ),
});

module.exports.readGroups = readGroups;
