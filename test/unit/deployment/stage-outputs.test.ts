/** The stack of a stage has the name that a deploy gives it, whatever the service is called. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type * as stageOutputs from '../../../deployment/stage-outputs';
import { mockClient } from '../../support/mock-client';

jest.mock('../../../resources/service-file', () => ({
  ...jest.requireActual<object>('../../../resources/service-file'),
  service: 'acme-shop',
}));
const cloudFormation = mockClient(CloudFormationClient);

it('findEvents asks for the stack and names the function of the service in serverless.yml', async () => {
  const outputs = { TableName: 'table', UnsentEventsUrl: 'queue' };
  const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  const stack = { StackName: 'acme-shop-dev', CreationTime: new Date(), StackStatus: 'CREATE_COMPLETE' as const };
  cloudFormation
    .on(DescribeStacksCommand, { StackName: stack.StackName })
    .resolves({ Stacks: [{ ...stack, Outputs }] });
  const { findEvents } = jest.requireActual<typeof stageOutputs>('../../../deployment/stage-outputs');
  expect(await findEvents('dev', 'eu-central-1')).toMatchObject({
    tableName: 'table',
    functionName: 'acme-shop-dev-publish-events',
  });
});
