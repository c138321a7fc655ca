/**
 * Queries by the thousand: signed by the SDK's signer and sent over its connections, but without what it does around each
 * request, which is most of the processor time that they take (decision 0016).
 */
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod/mini';
import { longestTry } from '../aws/bounded-tries';
import { config } from '../config';
import { deadlineSignal, isTimeFor } from '../deadline';
import { documents, tableName } from './client';
import type { Section } from './read';

const { credentials, endpointProvider, requestHandler } = documents.config;
const signer = new SignatureV4({
  ...{ service: 'dynamodb', region: config.region, credentials },
  sha256: Hash.bind(null, 'sha256'),
  applyChecksum: false,
});
const { url: endpoint } = endpointProvider({ Region: config.region, Endpoint: config.dynamodbEndpoint });

interface NumbersQuery extends Pick<Section, 'pk' | 'from' | 'to'> {
  consistent: boolean;
}

/** What DynamoDB answers where the attribute that is asked for is a number (Query, API reference). */
const answered = z.object({
  Items: z.array(z.record(z.string(), z.object({ N: z.string() }))),
  LastEvaluatedKey: z.optional(z.unknown()),
});

/**
 * The values other than zero that a numeric attribute has in a section. Undefined if anything goes wrong, such as
 * throttling: the caller then asks through the SDK, which tries again.
 */
export async function queryNumbers({ pk, from, to, consistent }: NumbersQuery, attribute: string) {
  if (!isTimeFor(longestTry)) return undefined;
  const body = JSON.stringify({
    TableName: tableName,
    ConsistentRead: consistent,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    FilterExpression: '#attribute <> :none',
    ProjectionExpression: '#attribute',
    ExpressionAttributeNames: { '#attribute': attribute },
    ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from }, ':to': { S: to }, ':none': { N: '0' } },
  });
  try {
    const request = new HttpRequest(await signer.sign(requestOf(body)));
    const sent: { response: HttpResponse } = await requestHandler.handle(request, { abortSignal: deadlineSignal() });
    const { response } = sent;
    // It has to be read to its end, for its connection to be used again.
    const answer = response.body instanceof Readable ? await text(response.body) : '';
    if (response.statusCode !== 200) return undefined;
    const { Items, LastEvaluatedKey } = answered.parse(JSON.parse(answer));
    return LastEvaluatedKey ? undefined : Items.map((item) => Number(item[attribute]?.N));
  } catch {
    return undefined;
  }
}

const requestOf = (body: string) =>
  new HttpRequest({
    ...{ method: 'POST', protocol: endpoint.protocol, hostname: endpoint.hostname, path: '/', body },
    ...(endpoint.port !== '' && { port: Number(endpoint.port) }),
    headers: {
      host: endpoint.host,
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-target': 'DynamoDB_20120810.Query',
    },
  });
