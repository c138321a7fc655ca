/** An identity pool for the local stack, as far as AWS_IAM needs one: Cognito's GetId and GetCredentialsForIdentity over HTTP. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { answerOperation, type Operation } from '../aws-json/answer';
import { compiledTemplate } from './compiled-template';
import { getCredentialsForIdentity, getId, type IdentityPool } from './operations';
import { guarded } from '../loopback/guard';
import type { Service } from '../processes/processes';
import { sessionCredentials } from '../iam/session-credentials';
import { loginReader, type LoginReaderOptions } from './user-pool-login';

interface IdentityPoolOptions extends LoginReaderOptions {
  port: number;
  /** Whose web pages may come, besides programs. */
  origins: readonly string[];
  /** The compiled CloudFormation template; it may be written after the start. */
  templateFile: string;
  /** Known to the gateway as well, which checks what is issued here. */
  sessionSecret: string;
}

/** Resolves once it listens, on the loopback address. */
export async function startIdentityPool(options: IdentityPoolOptions): Promise<Service> {
  const { port, origins, templateFile, sessionSecret, userPoolId } = options;
  const pool: IdentityPool = {
    userPoolId,
    template: compiledTemplate(templateFile, options),
    readLogin: loginReader(options),
    issue: sessionCredentials(sessionSecret).issue,
  };
  const operations = new Map<string, Operation>([
    ['AWSCognitoIdentityService.GetId', (input) => getId(pool, input)],
    ['AWSCognitoIdentityService.GetCredentialsForIdentity', (input) => getCredentialsForIdentity(pool, input)],
  ]);
  const answer: RequestListener = (request, response) => void answerOperation(request, response, operations);
  const server = createServer(guarded(origins, answer));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const ended = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    ended,
    async stop() {
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}
