/** `npm run postman:env -- --stage dev`: writes the Postman environment of a deployed stage, filled from its outputs. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newCommand } from '../deployment/command';
import { findDeployment } from '../deployment/deployment';
import { runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { print } from '../deployment/terminal';
import { addressesOf } from './addresses';
import template from './aws.postman_environment.json';

export const program = newCommand('postman:env', { examples: ['--stage dev'] })
  .description('Writes the Postman environment of a deployed stage, filled from its outputs.')
  .requiredOption('--stage <stage>', 'a deployed stage; AWS credentials come from the usual places')
  .option('--region <region>', 'where the stage is deployed (default: AWS_REGION, else eu-central-1)')
  .action(({ stage, region }: { stage: string; region?: string }) =>
    runCommand(async () => {
      const addresses = new Map(Object.entries(addressesOf(await findDeployment({ stage, region }))));
      const values = template.values.map((variable) => ({
        ...variable,
        value: addresses.get(variable.key) ?? variable.value,
      }));
      const file = path.join(__dirname, `${stage}.postman_environment.json`);
      const content = { ...template, id: undefined, name: `Catalog ${stage}`, values };
      await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
      print(`Import ${path.relative(process.cwd(), file)} into Postman, and fill in addresses and passwords there.`);
    }),
  );

export const main = (): Promise<void> => runProgram(program);
