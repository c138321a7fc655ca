/**
 * CloudFormation and the bucket of deploys, as an update of a table's indexes finds them: a stack with the table of a test file, whose
 * updates are done to that table, one index at a time, and compared with the template before and not with the table.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { CreateTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { readService } from '../../deployment/service';
import { freePort } from '../../local/processes/ports';

const { table } = readService();
const bucket = 'admin-catalog-old-serverlessdeploymentbucket-1x2y3z';

type Index = (typeof table.GlobalSecondaryIndexes)[number];
type TableProperties = Omit<typeof table, 'GlobalSecondaryIndexes'> & { GlobalSecondaryIndexes: Index[] };

interface StackTemplate {
  Resources: { CatalogTable: { Properties: TableProperties }; Other: object };
}

export interface TableStack {
  template: StackTemplate;
  /** How many updates there were. */
  updates: number;
  /** Whether CloudFormation fails at the next update, and undoes it. */
  goesBack: boolean;
  /** What is in the bucket, by its path. */
  objects: ReadonlyMap<string, string>;
  env: NodeJS.ProcessEnv;
  stop(): void;
}

/** The properties of the table with these indexes alone. */
function propertiesWith(names: string[]): TableProperties {
  const GlobalSecondaryIndexes = table.GlobalSecondaryIndexes.filter(({ IndexName }) => names.includes(IndexName));
  const keys = [table, ...GlobalSecondaryIndexes].flatMap(({ KeySchema }) => KeySchema);
  const AttributeDefinitions = table.AttributeDefinitions.filter(({ AttributeName }) =>
    keys.some((key) => key.AttributeName === AttributeName),
  );
  return { ...table, AttributeDefinitions, GlobalSecondaryIndexes };
}

/** Creates the table with these indexes, and a stack `admin-catalog-old` that has it. */
export async function startTableStack(TableName: string, indexes: string[]): Promise<TableStack> {
  const dynamodb = new DynamoDBClient({ endpoint: process.env['DYNAMODB_ENDPOINT'] ?? '' });
  await dynamodb.send(new CreateTableCommand({ TableName, ...propertiesWith(indexes) }));
  const objects = new Map<string, string>();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let status = 'CREATE_COMPLETE';

  const stack: TableStack = {
    template: { Resources: { CatalogTable: { Properties: propertiesWith(indexes) }, Other: { Type: 'Kept' } } },
    ...{ updates: 0, goesBack: false, objects },
    env: {
      AWS_ENDPOINT_URL_CLOUDFORMATION: url,
      AWS_ENDPOINT_URL_S3: url,
      AWS_ENDPOINT_URL_DYNAMODB: process.env['DYNAMODB_ENDPOINT'],
    },
    stop() {
      dynamodb.destroy();
      server.close();
    },
  };

  /** As CloudFormation does it: what differs between the templates, whatever the table has. */
  async function update(next: StackTemplate): Promise<void> {
    stack.updates += 1;
    const before = stack.template.Resources.CatalogTable.Properties.GlobalSecondaryIndexes;
    const { GlobalSecondaryIndexes: after, AttributeDefinitions } = next.Resources.CatalogTable.Properties;
    const created = after.filter(({ IndexName }) => !before.some((index) => index.IndexName === IndexName));
    try {
      if (stack.goesBack) throw new Error('Resource creation cancelled');
      if (created.length > 1)
        throw new Error('Cannot perform more than one GSI creation or deletion in a single update');
      const GlobalSecondaryIndexUpdates = created.map((Create) => ({ Create }));
      await dynamodb.send(new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates }));
      stack.template = next;
      status = 'UPDATE_COMPLETE';
    } catch {
      status = 'UPDATE_ROLLBACK_COMPLETE';
    }
  }

  async function answer(request: IncomingMessage): Promise<string> {
    const body = await text(request);
    const key = request.url?.split('?')[0] ?? '';
    if (request.method === 'PUT') objects.set(key, body);
    if (request.method === 'DELETE') objects.delete(key);
    if (request.method !== 'POST') return '';
    const asked = new URLSearchParams(body);
    const action = asked.get('Action') ?? '';
    if (action === 'UpdateStack') {
      const place = (asked.get('TemplateURL') ?? '').replace('https://s3.eu-central-1.amazonaws.com', '');
      await update(JSON.parse(objects.get(place) ?? '') as StackTemplate);
    }
    const results: Record<string, string> = {
      DescribeStacks: `<Stacks><member><StackStatus>${status}</StackStatus><Outputs><member><OutputKey>TableName</OutputKey><OutputValue>${TableName}</OutputValue></member></Outputs></member></Stacks>`,
      DescribeStackResource: `<StackResourceDetail><PhysicalResourceId>${bucket}</PhysicalResourceId></StackResourceDetail>`,
      GetTemplate: `<TemplateBody>${JSON.stringify(stack.template)}</TemplateBody>`,
      UpdateStack: '<StackId>old</StackId>',
    };
    return `<${action}Response><${action}Result>${results[action] ?? ''}</${action}Result></${action}Response>`;
  }

  const server = createServer((request, response) => {
    void answer(request).then((xml) => response.writeHead(200, { 'content-type': 'text/xml' }).end(xml));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return stack;
}
