/** Deploying over what is deployed: nothing is replaced but what has changed, and data and users stay. */
import assert from 'node:assert/strict';
import { send, signIn } from '../support/stack';
import { readStack, type EmulatedDeployment, type StackContents } from './deployed-stack';
import type { ProjectCopy } from './project-copy';
import { step } from './step';
import { admin } from './users';

const changedFunction = 'list-categories';

/** What comes and goes when the Lambda authorizer takes the place of the JWT authorizer. */
const ofAuthorizers = [
  'AuthorizeErrorsAlarm',
  'AuthorizeLambdaFunction',
  'AuthorizeLogGroup',
  'AuthorizeRole',
  'AuthorizeThrottlesAlarm',
  'GroupsLambdaAuthorizerPermissionHttpApi',
  'HttpApiAuthorizerCognito',
  'HttpApiAuthorizerGroups',
];

/** Deploys the stack four times more; at the end it has the Lambda authorizer. */
export async function redeploy(project: ProjectCopy, deployment: EmulatedDeployment): Promise<void> {
  const stack = await readStack();
  const checkCategory = await createCategory(deployment);
  await step('sls deploy, nothing changed', async () => {
    assert.match(await project.sls('deploy'), /No changes to deploy/);
    await requireChanged(stack, []);
  });
  await step('sls deploy --force, nothing changed', async () => {
    assert.match(await project.sls('deploy', '--force'), /Service deployed to stack/);
    await requireChanged(stack, []);
    await checkCategory();
  });
  await step(`sls deploy, ${changedFunction} changed`, async () => {
    project.changeHandler(changedFunction);
    await project.sls('deploy');
    await requireChanged(stack, [changedFunction]);
    await checkCategory();
  });
  await step('sls deploy, Lambda authorizer in place of the other', async () => {
    // With answers kept, the access matrix also shows that an allow for one route is not an allow for another.
    await project.sls('deploy', '--param', 'authorizer=lambda', '--param', 'authorizerCacheSeconds=300');
    await requireChanged(stack, ['authorize', changedFunction], ofAuthorizers);
    await checkCategory();
  });
}

async function requireChanged(before: StackContents, functions: string[], resources: string[] = []): Promise<void> {
  const after = await readStack();
  const changed = {
    functions: differences(before.code, after.code),
    resources: differences(before.physicalIds, after.physicalIds),
  };
  assert.deepEqual(changed, { functions, resources });
}

const differences = (before: Record<string, string>, after: Record<string, string>) =>
  Object.keys({ ...before, ...after })
    .filter((name) => before[name] !== after[name])
    .sort();

/** Creates a category; the check that it answers fails when that, or the admin's token from before, is good no more. */
async function createCategory({ apiUrl, ...pool }: EmulatedDeployment): Promise<() => Promise<void>> {
  const { AccessToken: token } = await signIn(pool, admin);
  const { status, body } = await send(apiUrl, 'POST', '/categories', { token, body: { name: 'Kept' } });
  assert.equal(status, 201);
  return async () => {
    const found = await send(apiUrl, 'GET', `/categories/${body.id}`, { token });
    // Read alone, a category tells its way from the top too.
    const { path: _, ...category } = found.body;
    assert.deepEqual({ status: found.status, body: category }, { status: 200, body });
  };
}
