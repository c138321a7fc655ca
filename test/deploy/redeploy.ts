/** Deploying over what is deployed: nothing is replaced, no function changes but the one that has, and data stay. */
import assert from 'node:assert/strict';
import { send, signIn } from '../support/stack';
import { readStack, type EmulatedDeployment, type StackContents } from './deployed-stack';
import type { ProjectCopy } from './project-copy';
import { requireNone } from './require-none';
import { step } from './step';
import { admin } from './users';

const changedFunction = 'list-categories';

export async function redeploy(project: ProjectCopy, deployment: EmulatedDeployment): Promise<void> {
  const stack = await readStack();
  const checkCategory = await createCategory(deployment);
  await step('sls deploy, nothing changed', 60, async () => {
    assert.match(await project.sls('deploy'), /No changes to deploy/);
    await requireChanged(stack, []);
  });
  await step('sls deploy --force, nothing changed', 120, async () => {
    assert.match(await project.sls('deploy', '--force'), /Service deployed to stack/);
    await requireChanged(stack, []);
    await checkCategory();
  });
  await step(`sls deploy, ${changedFunction} changed`, 120, async () => {
    project.changeHandler(changedFunction);
    await project.sls('deploy');
    await requireChanged(stack, [changedFunction]);
    await checkCategory();
  });
}

async function requireChanged(before: StackContents, functions: string[]): Promise<void> {
  const after = await readStack();
  requireNone('these resources are not the same', differences(before.physicalIds, after.physicalIds));
  assert.deepEqual(differences(before.code, after.code), functions, 'the functions changed are not those expected');
}

const differences = (before: Record<string, string>, after: Record<string, string>) =>
  Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);

/** Creates a category; the check that it answers fails when that, or the admin's token from before, is good no more. */
async function createCategory({ apiUrl, ...pool }: EmulatedDeployment): Promise<() => Promise<void>> {
  const { AccessToken: token } = await signIn(pool, admin);
  const { status, body } = await send(apiUrl, 'POST', '/categories', { token, body: { name: 'Kept' } });
  assert.equal(status, 201);
  return async () => {
    const found = await send(apiUrl, 'GET', `/categories/${body.id}`, { token });
    assert.deepEqual({ status: found.status, body: found.body }, { status: 200, body });
  };
}
