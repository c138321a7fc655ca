/** Everything in the account that a deployment could leave behind, by kind. */
import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from './account';

export type Inventory = Record<string, (string | undefined)[]>;

/** The account holds nothing else: the first page of each list is all. */
export async function takeInventory(): Promise<Inventory> {
  const settings = clientSettings();
  const [stacks, apis, alarms, logs, pools, tables, roles, functions, buckets, queues] = await Promise.all([
    new CloudFormationClient(settings).send(new DescribeStacksCommand({})),
    new ApiGatewayV2Client(settings).send(new GetApisCommand({})),
    new CloudWatchClient(settings).send(new DescribeAlarmsCommand({})),
    new CloudWatchLogsClient(settings).send(new DescribeLogGroupsCommand({})),
    new CognitoIdentityProviderClient(settings).send(new ListUserPoolsCommand({ MaxResults: 60 })),
    new DynamoDBClient(settings).send(new ListTablesCommand({})),
    new IAMClient(settings).send(new ListRolesCommand({})),
    new LambdaClient(settings).send(new ListFunctionsCommand({})),
    new S3Client(settings).send(new ListBucketsCommand({})),
    new SQSClient(settings).send(new ListQueuesCommand({})),
  ]);
  return {
    stacks: stacks.Stacks?.map(({ StackName }) => StackName) ?? [],
    apis: apis.Items?.map(({ ApiId }) => ApiId) ?? [],
    alarms: alarms.MetricAlarms?.map(({ AlarmName }) => AlarmName) ?? [],
    'log groups': logs.logGroups?.map(({ logGroupName }) => logGroupName) ?? [],
    'user pools': pools.UserPools?.map(({ Id }) => Id) ?? [],
    tables: tables.TableNames ?? [],
    roles: roles.Roles?.map(({ RoleName }) => RoleName) ?? [],
    functions: functions.Functions?.map(({ FunctionName }) => FunctionName) ?? [],
    queues: queues.QueueUrls ?? [],
    buckets: buckets.Buckets?.map(({ Name }) => Name) ?? [],
  };
}
