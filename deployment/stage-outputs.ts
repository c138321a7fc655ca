/** What CloudFormation says of a stage: the outputs of its stack. */
import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { Failure } from './failure';
import { stackOf } from './service';

/** As in serverless.yml, so that a stage is looked for where it was deployed. */
const defaultRegion = 'eu-central-1';

/** Throws `Failure` where it cannot be one. */
export function readRegion(given: string | undefined): string {
  const region = given ?? (process.env['AWS_REGION'] || defaultRegion);
  if (!/^[a-z]+(?:-[a-z]+)+-\d+$/.test(region)) {
    throw new Failure(`"${region}" is no AWS region: give one such as eu-central-1, by --region or in AWS_REGION.`);
  }
  return region;
}

/** The table of a stage, and the region it is in. Throws `Failure`. */
export async function findTable(stage: string, givenRegion?: string): Promise<{ tableName: string; region: string }> {
  const region = readRegion(givenRegion);
  return { tableName: (await outputsOf(stage, region)).output('TableName'), region };
}

/** What makes events on a stage, and the queues that know of those that were not sent, or not delivered. Throws `Failure`. */
export async function findEvents(stage: string, givenRegion?: string) {
  const region = readRegion(givenRegion);
  const { outputs, output } = await outputsOf(stage, region);
  const unsent = outputs.get('UnsentEventsUrl');
  if (unsent === undefined) {
    throw new Failure(`The stage ${stage} has no events: deploy it again, without --param events=off.`);
  }
  return {
    region,
    tableName: output('TableName'),
    functionName: `${stackOf(stage)}-publish-events`,
    queues: [unsent, outputs.get('UndeliveredEventsUrl') ?? []].flat(),
  };
}

/** Throws `Failure` where there is no such stack, and `output` where it has no such output. */
export async function outputsOf(stage: string, region: string) {
  const stackName = stackOf(stage);
  const outputs = await readOutputs(stackName, region);
  const output = (name: string) => {
    const value = outputs.get(name);
    if (value === undefined) throw new Failure(`The stack ${stackName} has no output ${name}: deploy it again.`);
    return value;
  };
  return { outputs, output };
}

async function readOutputs(stackName: string, region: string): Promise<Map<string | undefined, string | undefined>> {
  const client = new CloudFormationClient({ region });
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return new Map(stack?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  } catch (error) {
    // CloudFormation has no error type for a stack that does not exist.
    const missing = error instanceof CloudFormationServiceException && error.message.endsWith('does not exist');
    if (!missing) throw error;
    throw new Failure(`There is no stack ${stackName} in ${region}: check --stage and --region, or deploy it first.`);
  } finally {
    client.destroy();
  }
}
