/** CloudFormation's DescribeStacks, which nothing here can run: stages that are deployed as far as a CLI can tell. */
import { createServer } from 'node:http';
import { freePort } from '../../local/processes/ports';

export interface FakeCloudFormation {
  url: string;
  stop(): void;
}

/** Knows the given stacks by their outputs, and refuses to speak of others, by code and message. */
export async function startCloudFormation(
  stacks: Record<string, Record<string, string>>,
  refusals: Record<string, [code: string, message: string]> = {},
): Promise<FakeCloudFormation> {
  const answer = (name: string): [status: number, body: string] => {
    const outputs = stacks[name];
    const refusal = refusals[name];
    if (refusal) return [403, error(...refusal)];
    if (!outputs) return [400, error('ValidationError', `Stack with id ${name} does not exist`)];
    return [200, description(outputs)];
  };
  const server = createServer((request, response) => {
    let query = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (query += chunk));
    request.on('end', () => {
      const [status, body] = answer(new URLSearchParams(query).get('StackName') ?? '');
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

const element = (name: string, content: string) => `<${name}>${content}</${name}>`;

function description(outputs: Record<string, string>): string {
  const members = Object.entries(outputs).map(([key, value]) =>
    element('member', element('OutputKey', key) + element('OutputValue', value)),
  );
  const stack = element('member', element('Outputs', members.join('')));
  return element('DescribeStacksResponse', element('DescribeStacksResult', element('Stacks', stack)));
}

const error = (code: string, message: string) =>
  element('ErrorResponse', element('Error', element('Code', code) + element('Message', message)));
