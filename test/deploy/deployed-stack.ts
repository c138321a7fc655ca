/** What CloudFormation has deployed, and where the emulator answers for it. */
import { ApiGatewayV2Client, GetRoutesCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { findDeployment, type Deployment } from '../../deployment/deployment';
import { clientSettings, region, stackName, stage } from './account';
import { fillGaps } from './emulator-gaps';

const lambdaFunction = 'AWS::Lambda::Function';

export interface StackContents {
  /** By logical id: a resource that CloudFormation replaces gets another one. */
  physicalIds: Record<string, string>;
  /** The hash of every function's code, by the function's name. */
  code: Record<string, string>;
}

export async function readStack(): Promise<StackContents> {
  const [client, lambda] = [new CloudFormationClient(clientSettings()), new LambdaClient(clientSettings())];
  const contents: StackContents = { physicalIds: {}, code: {} };
  for await (const page of paginateListStackResources({ client }, { StackName: stackName })) {
    for (const { LogicalResourceId = '', PhysicalResourceId = '', ResourceType } of page.StackResourceSummaries ?? []) {
      contents.physicalIds[LogicalResourceId] = PhysicalResourceId;
      if (ResourceType !== lambdaFunction) continue;
      const configuration = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: PhysicalResourceId }),
      );
      contents.code[PhysicalResourceId.slice(stackName.length + 1)] = configuration.CodeSha256 ?? '';
    }
  }
  return contents;
}

/** The routes that the deployed API has. */
export async function deployedRoutes(apiId: string): Promise<string[]> {
  const client = new ApiGatewayV2Client(clientSettings());
  const { Items = [] } = await client.send(new GetRoutesCommand({ ApiId: apiId, MaxResults: '500' }));
  return Items.map(({ RouteKey = '' }) => RouteKey).sort();
}

export interface EmulatedDeployment extends Deployment {
  apiId: string;
  cognitoUrl: string;
}

/** The deployment that the stack's outputs tell of, at the addresses of the emulator in place of Amazon's. */
export async function findEmulated(endpoint: string): Promise<EmulatedDeployment> {
  const deployment = await findDeployment({ stage, region });
  const [apiId = ''] = new URL(deployment.apiUrl).hostname.split('.');
  const cognitoUrl = await fillGaps(endpoint, deployment);
  const apiUrl = `${cognitoUrl}/_aws/execute-api/${apiId}/$default`;
  return { ...deployment, apiId, apiUrl, cognitoUrl, cognitoEndpoint: cognitoUrl };
}
