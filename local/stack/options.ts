/** What a start of the local stack is told. */
import type { StackInfo } from '../../deployment/stack-info';

export interface StackOptions {
  /** Holds the data, the logs and stack.json. */
  directory: string;
  ports: { api: number; cognito: number; dynamodb: number; identity: number; s3: number };
  authorizer: StackInfo['authorizer'];
  /** Parameters of a deploy, as `--param` gives them; the authorizer is one of them. */
  parameters: Readonly<Record<string, string>>;
  /** A DynamoDB that runs already; no engine is started then. */
  dynamodbEndpoint?: string | undefined;
  /** Begin without any data. */
  reset?: boolean | undefined;
  /** Where every event is posted. */
  webhook?: string | undefined;
  /** Called with a line for every event, where somebody wants to see them. */
  onEvent?: ((line: string) => void) | undefined;
  /** Called with a line where no event can be made of a change, or the webhook does not take it. */
  onEventFailure?: ((line: string) => void) | undefined;
  /** Called with every mail that the user pool sends. */
  onMail?: ((to: string, text: string) => void) | undefined;
  /** Called with every line that a function logs. */
  onLogLine?: ((line: string) => void) | undefined;
}
