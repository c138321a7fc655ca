// The groups of the user pool, as the policy has them.
const path = require('node:path');
const vm = require('node:vm');
const { buildSync } = require('esbuild');
const refusal = require('./refusal');

/** What the policy and its check export, which are TypeScript. */
function readAccess() {
  const stdin = {
    contents: "export * from './policy'; export * from './policy-faults';",
    resolveDir: path.join(__dirname, '..', 'src', 'access'),
  };
  const { outputFiles } = buildSync({ stdin, bundle: true, format: 'iife', globalName: 'access', write: false });
  return vm.runInThisContext(`(() => { ${outputFiles[0].text} return access; })()`);
}

const { policyFaults, ...access } = readAccess();

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
