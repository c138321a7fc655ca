/** The stack with an identity pool: no emulator enforces what it promises, so it is packaged and looked into. */
import assert from 'node:assert/strict';
import { packagedFunctions } from '../support/packaging';
import { compiledTemplate, onlyResource, resourcesOf } from '../support/template';
import type { ProjectCopy } from './project-copy';

/** Throws unless the package has the identity pool, and the code of every function. Answers what there is. */
export async function packageIdentityPool(project: ProjectCopy): Promise<string> {
  await project.sls('package', '--param', 'authorizer=iam');
  const template = compiledTemplate(project.packageFolder);
  onlyResource(template, 'AWS::Cognito::IdentityPool');
  onlyResource(template, 'AWS::Cognito::IdentityPoolRoleAttachment');

  const deployed = resourcesOf(template, 'AWS::Lambda::Function').map(([, { Handler }]) => String(Handler));
  const packaged = packagedFunctions(project.packageFolder);
  for (const { name, files } of packaged) {
    const code = Object.keys(files).filter((file) => !file.startsWith('.console/page/'));
    assert.deepEqual(code, [`functions/${name}.js`]);
  }
  assert.deepEqual(packaged.map(({ name }) => `functions/${name}.handler`).sort(), deployed.sort());
  return `${packaged.length} functions`;
}
