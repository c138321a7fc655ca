/** The stack of a stage as an upgrade changes it: its template as it was deployed, and an update to another one. */
import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  GetTemplateCommand,
  UpdateStackCommand,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { Failure } from '../deployment/failure';
import { stackOf } from '../deployment/service';
import { serviceHost } from '../src/aws/service-host';

const named = z.looseObject({ AttributeName: z.string() });
const index = z.looseObject({ IndexName: z.string() });

/** The part of a template that is the catalogue's table; all else is kept as it is. */
const templateShape = z.looseObject({
  Resources: z.looseObject({
    CatalogTable: z.looseObject({
      Properties: z.looseObject({
        AttributeDefinitions: z.array(named),
        GlobalSecondaryIndexes: z._default(z.array(index), []),
      }),
    }),
  }),
});
export type Template = z.infer<typeof templateShape>;

export interface Stack {
  stage: string;
  region: string;
}

const nameOf = ({ stage }: Stack) => stackOf(stage);

/** The template that the stack was last deployed with. */
export async function readTemplate(stack: Stack): Promise<Template> {
  const client = new CloudFormationClient({ region: stack.region });
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: nameOf(stack) }));
  const read = templateShape.safeParse(JSON.parse(TemplateBody));
  if (!read.success) throw new Failure(`The stack ${nameOf(stack)} has no table CatalogTable: deploy it again.`);
  return read.data;
}

/** In seconds. CloudFormation waits until DynamoDB has taken the index on, and not until it is filled. */
const longestUpdate = 900;

/**
 * Updates the stack to this template, and waits until it is. By way of the bucket that deploys use, since CloudFormation takes no more
 * than 51,200 bytes in a request. Throws `Failure` where CloudFormation has gone back to the template before.
 */
export async function updateTemplate(stack: Stack, template: Template): Promise<void> {
  const { region } = stack;
  const [cloudFormation, s3] = [new CloudFormationClient({ region }), new S3Client({ region })];
  const StackName = nameOf(stack);
  const { StackResourceDetail } = await cloudFormation.send(
    new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'ServerlessDeploymentBucket' }),
  );
  const place = { Bucket: StackResourceDetail?.PhysicalResourceId ?? '', Key: 'upgrade/template.json' };
  await s3.send(new PutObjectCommand({ ...place, Body: JSON.stringify(template) }));
  try {
    await cloudFormation.send(
      new UpdateStackCommand({
        StackName,
        TemplateURL: `https://${serviceHost('s3', region)}/${place.Bucket}/${place.Key}`,
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
      }),
    );
    const waiting = { client: cloudFormation, minDelay: 2, maxDelay: 10, maxWaitTime: longestUpdate };
    await waitUntilStackUpdateComplete(waiting, { StackName }).catch(() => {
      throw new Failure(
        `The stack ${StackName} has not come to be updated: its events in the CloudFormation console say why.`,
      );
    });
  } finally {
    // The template is removed again, so that the bucket stays as deploys leave it.
    await s3.send(new DeleteObjectCommand(place));
  }
}
