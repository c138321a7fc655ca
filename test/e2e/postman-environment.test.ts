import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { startCloudFormation } from '../support/fake-cloudformation';
import { program } from '../../postman/environment';
import { runHere } from '../support/run-here';

describe('npm run postman:env', () => {
  const file = path.join(projectRoot, 'postman', 'written-by-test.postman_environment.json');
  const outputs = { HttpApiUrl: 'https://api.example.com', UserPoolId: 'eu-west-1_pool', UserPoolClientId: 'client' };

  afterAll(() => {
    rmSync(file, { force: true });
  });

  it('writes an environment filled from the outputs of the stage', async () => {
    const cloudFormation = await startCloudFormation({ 'admin-catalog-written-by-test': outputs });
    const { exitCode, stdout } = await runHere(program, ['--stage', 'written-by-test', '--region', 'eu-west-1'], {
      AWS_ACCESS_KEY_ID: 'someone',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url,
    });
    cloudFormation.stop();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('postman/written-by-test.postman_environment.json');
    const { values } = JSON.parse(readFileSync(file, 'utf8'));
    expect(Object.fromEntries(values.map(({ key, value }: { key: string; value: string }) => [key, value]))).toEqual({
      apiUrl: 'https://api.example.com',
      cognitoUrl: 'https://cognito-idp.eu-west-1.amazonaws.com',
      clientId: 'client',
      adminEmail: '',
      adminPassword: '',
      shopperEmail: '',
      shopperPassword: '',
      confirmationCode: '',
    });
  });

  it('asks for a stage', async () => {
    const { exitCode, stderr } = await runHere(program, []);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('--stage');
  });
});
